from uuid import UUID

from celery import shared_task

from audit import trail
from reporting import ledger
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


@shared_task(name="reporting.tasks.attack_everything_released")
def attack_everything_released() -> None:
    """Every night: what was released is tried again, all of it together."""
    with trail.acting(system="beat"):
        ledger.re_audit()
