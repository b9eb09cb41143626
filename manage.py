#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from importlib import import_module

# For whoever doubts our reports: files in, answer out. No settings, no secret, no database.
WITHOUT_SETTINGS = {"attack_release": "reporting.attacker.command"}
# Where nothing at all is configured, commands work on the demo of this folder, as ``make demo`` does.
# The site itself (gunicorn, worker, beat) does not: without its settings it refuses to start.
SAYS_WHERE = (
    "CASEWORK_MODE",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DATABASE_URL",
    "KEYS_DATABASE_URL",
    "ALLOWED_HOSTS",
)

if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in WITHOUT_SETTINGS:
        sys.exit(import_module(WITHOUT_SETTINGS[sys.argv[1]]).main(sys.argv[2:]))
    if not any(name in os.environ for name in SAYS_WHERE):
        os.environ["CASEWORK_MODE"] = "demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
