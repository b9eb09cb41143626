"""The project package and the app that holds cases.

Celery's application is loaded with Django so that tasks find it by name.
"""

from casework.celery import app as celery_app

__all__ = ["celery_app"]
