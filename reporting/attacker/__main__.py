"""``python -m reporting.attacker RELEASE.json …``: the same without ``manage.py``."""

import sys

from reporting.attacker.command import main

sys.exit(main(sys.argv[1:]))
