"""The canary: a name that must never reach a log, however the log is called."""

import logging
import subprocess
import sys
from uuid import uuid4

import pytest
import structlog

from casework import logs

CANARY = "Quillonbird"
ID = uuid4()


@pytest.fixture
def log():
    """A logger whose lines are kept in ``log.lines``."""
    lines = []
    handler = logging.Handler()
    handler.setFormatter(logs.formatter())
    handler.emit = lambda record: lines.append(handler.format(record))
    logger = logging.getLogger(f"test.{uuid4().hex}")
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    logger.lines = lines
    return logger


def fail(name):
    try:
        {"Ana": 1}[name]
    except KeyError as error:
        raise ValueError(f"no such person: {name}") from error


def caught(log):
    try:
        fail(CANARY)
    except ValueError:
        log.exception("could not save %s", CANARY)


def test_an_exception_is_its_type_and_its_places(log):
    caught(log)

    assert "exception=builtins.ValueError" in log.lines[0]
    assert "cause=builtins.KeyError" in log.lines[0]
    assert "tests/frame/test_logs.py" in log.lines[0]
    assert CANARY not in log.lines[0]
    assert "\n" not in log.lines[0]


@pytest.mark.parametrize(
    "call",
    [
        lambda log: log.info("saved %s", CANARY),
        lambda log: log.info("saved %r and %d", [CANARY], 3),
        lambda log: log.info("saved %(name)s", {"name": f"{CANARY} Smith"}),
        lambda log: log.info(f"saved {CANARY}"),
        lambda log: log.info("saved", extra={"name_given": CANARY}),
        lambda log: log.info("too few %s %s", CANARY),
        lambda log: log.info("too many", CANARY),
        lambda log: log.info({"name": CANARY}),
        lambda log: log.warning("failed", exc_info=ValueError(CANARY)),
        lambda log: log.info("with the stack", stack_info=True),
        lambda log: structlog.get_logger(log.name).info("note.saved", name=CANARY, text=[CANARY]),
        lambda log: structlog.get_logger(log.name).info(f"saved {CANARY} Smith"),
        lambda log: structlog.get_logger(log.name).info("saved %s", CANARY),
        lambda log: (
            structlog.get_logger(log.name)
            .bind(client=CANARY)
            .error("note.saved", exc_info=ValueError(CANARY))
        ),
        caught,
    ],
)
def test_no_value_reaches_a_line(log, call):
    call(log)

    assert len(log.lines) == 1
    assert CANARY not in log.lines[0]


def test_ids_and_numbers_stay(log):
    log.info("sealed %d entries of %s", 5, ID)
    structlog.get_logger(log.name).info("seal.written", seal_id=str(ID), entries=5, task="audit.tasks.seal")

    assert f"sealed 5 entries of {ID}" in log.lines[0]
    assert "seal.written" in log.lines[1]
    assert f"seal_id={ID}" in log.lines[1]
    assert "entries=5" in log.lines[1]
    assert "task=audit.tasks.seal" in log.lines[1]


def test_celery_says_which_task_and_not_what_it_was_given(log):
    message = "Task %(name)s[%(id)s] succeeded in %(runtime)ss: %(return_value)s"

    log.info(message, {"name": "audit.tasks.seal", "id": str(ID), "runtime": 0.2, "return_value": CANARY})

    assert f"Task audit.tasks.seal[{ID}] succeeded in 0.2s: …" in log.lines[0]


def test_the_whole_site_logs_this_way():
    code = (
        "import django, logging; django.setup();"
        "logging.getLogger('django.request').error('%s', 'Quillonbird');"
        "logging.getLogger('anything').error('x', 'Quillonbird')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr
    assert CANARY not in done.stderr + done.stdout
