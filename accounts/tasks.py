from celery import shared_task

from accounts import sessions


@shared_task(name="accounts.tasks.clear_sessions")
def clear_sessions() -> None:
    sessions.clear()
