#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from importlib import import_module

# For whoever doubts our reports: files in, answer out. No settings, no secret, no database.
WITHOUT_SETTINGS = {"attack_release": "reporting.attacker.command"}

if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in WITHOUT_SETTINGS:
        sys.exit(import_module(WITHOUT_SETTINGS[sys.argv[1]]).main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
