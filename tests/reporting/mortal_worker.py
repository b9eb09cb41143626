"""Celery's application, whose worker is killed inside the step ``MORTAL_STEP`` before it commits."""

import os
import signal

from celery.signals import worker_init

from casework.celery import app

__all__ = ["app"]


@worker_init.connect
def be_mortal(**kwargs):
    from reporting.services import months

    if "MORTAL_STEP" not in os.environ:
        return
    last, real = int(os.environ["MORTAL_STEP"]), months._steps

    def steps(month):
        found = real(month)

        def dies(month):
            found[last](month)
            os.kill(os.getpid(), signal.SIGKILL)

        return [*found[:last], dies, *found[last + 1 :]]

    months._steps = steps
