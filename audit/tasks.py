"""Beat calls these; the work is in ``audit.services`` and ``audit.verification``."""

from celery import shared_task

from audit import services


@shared_task(name="audit.tasks.seal", ignore_result=True)
def seal(full: bool = False) -> int:
    """Seal everything that waits; says how many seals that took."""
    made = 0
    while services.seal(full=full) is not None:
        made += 1
    return made
