from celery import shared_task

from audit import trail
from casework import digest
from casework.services import grants, safety_plans, windows


@shared_task(name="casework.tasks.end_expired_access")
def end_expired_access() -> None:
    with trail.acting(system="beat"):
        grants.end_expired()


@shared_task(name="casework.tasks.materialise_followups")
def materialise_followups() -> None:
    with trail.acting(system="beat"):
        windows.keep_all()


@shared_task(name="casework.tasks.send_digests")
def send_digests() -> None:
    with trail.acting(system="beat"):
        digest.send()


@shared_task(name="casework.tasks.erase_plan_texts")
def erase_plan_texts() -> None:
    with trail.acting(system="beat"):
        safety_plans.erase_on_their_dates()
        safety_plans.finish_erasing()
