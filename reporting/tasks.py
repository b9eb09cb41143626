from uuid import UUID

from celery import shared_task

from audit import trail
from reporting.services import months


@shared_task(name="reporting.tasks.propose_months")
def propose_months() -> None:
    with trail.acting(system="beat"):
        months.propose()


@shared_task(name="reporting.tasks.close_month")
def close_month(month_id: str) -> None:
    with trail.acting(system="worker"):
        months.work_off(UUID(month_id))


@shared_task(name="reporting.tasks.resume_months")
def resume_months() -> None:
    with trail.acting(system="beat"):
        months.resume()
