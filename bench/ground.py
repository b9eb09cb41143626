"""Sets Django up for a process of the bench. Import it first."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
django.setup()
