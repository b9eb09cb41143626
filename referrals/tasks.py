from uuid import UUID

from celery import shared_task

from audit import trail
from referrals.services import imports


@shared_task(name="referrals.tasks.carry_on_import")
def carry_on_import(job_id: str) -> None:
    with trail.acting(system="import"):
        imports.carry_on(UUID(job_id))


@shared_task(name="referrals.tasks.carry_on_imports")
def carry_on_imports() -> None:
    """What was not begun, or was left by a worker that is gone."""
    with trail.acting(system="beat"):
        for job_id in imports.waiting():
            imports.carry_on(job_id)
