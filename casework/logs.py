"""Logs hold events and ids, never what somebody wrote.

An exception's message often carries the value that broke something (a name, a phone
number), so only its type and the places it came through are printed. Of a message with
arguments, the message is printed and of its arguments only numbers and ids. A message put
together before it reached the log cannot be told from its values: such text is printed for
the libraries below alone, whose messages are about themselves.
"""

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import structlog
from django.utils.timezone import now

ROOT = Path(__file__).resolve().parent.parent
SPEAK_OF_THEMSELVES = ("celery", "kombu", "gunicorn", "django.utils.autoreload")
NAMING = re.compile(r"(id|code|task|queue|page|status|kind|mode|table|seal|\w+_id)")
TASK_KEYS = {"name", "id"}  # of Celery's own messages: which task, not what it was given
NAME = re.compile(r"[A-Za-z0-9_.:\-]{1,80}")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdrifx]")
WITHHELD = "…"
CAUSES, FRAMES = 5, 12  # as many as are printed


def formatter() -> logging.Formatter:
    """One line an event. Also sends structlog's own loggers this way, so that none goes round it."""
    logging.raiseExceptions = False  # its report of a broken log call prints the arguments
    structlog.configure(
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return Events()


class Events(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        head = [f"{now():%Y-%m-%dT%H:%M:%SZ}", record.levelname.lower(), record.name]
        error = record.exc_info
        if isinstance(record.msg, dict) and hasattr(record, "_logger"):  # an event of structlog
            event = dict(record.msg)
            error = event.pop("exc_info", None)
            said = [name_or_withheld(event.pop("event", "")), *(pair(key, event[key]) for key in event)]
        else:
            said = [without_values(record), f"at={place(record.pathname)}:{record.lineno}"]
        return " ".join([*head, *said, *described(error)])


def name_or_withheld(value: Any) -> str:
    return value if isinstance(value, str) and NAME.fullmatch(value) else WITHHELD


def pair(key: str, value: Any) -> str:
    """Ids and names of ours as they are, anything else withheld."""
    if NAMING.fullmatch(key) and name_or_withheld(value) != WITHHELD:
        return f"{key}={value}"
    return f"{key}={shown(value)}"


def without_values(record: logging.LogRecord) -> str:
    """A record of the standard library: its message with ids filled in, the rest withheld."""
    message, args = record.msg, record.args
    if not isinstance(message, str):
        return WITHHELD
    if not args:
        return message if record.name.startswith(SPEAK_OF_THEMSELVES) else name_or_withheld(message)
    if isinstance(args, Mapping):
        return PLACEHOLDER.sub(lambda found: named(found[1], args.get(found[1])), message)
    values = iter(args)
    return PLACEHOLDER.sub(lambda _found: shown(next(values, None)), message)


def named(key: str, value: Any) -> str:
    return name_or_withheld(value) if key in TASK_KEYS else shown(value)


def shown(value: Any) -> str:
    """Numbers, ids and nothing else."""
    if value is None or isinstance(value, bool | int | float | UUID):
        return str(value)
    try:
        return str(UUID(str(value)))
    except ValueError:
        return WITHHELD


def described(error: Any) -> Iterator[str]:
    """Type and places of an exception and of what caused it; never its message."""
    if error is True:
        error = sys.exc_info()
    exception = error[1] if isinstance(error, tuple) else error
    for number in range(CAUSES):
        if not isinstance(exception, BaseException):
            return
        kind = type(exception)
        yield f"{'cause' if number else 'exception'}={kind.__module__}.{kind.__qualname__}"
        yield f"through={'>'.join(places(exception.__traceback__))}"
        exception = exception.__cause__ or exception.__context__


def places(traceback: TracebackType | None) -> list[str]:
    found = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        found.append(f"{place(code.co_filename)}:{traceback.tb_lineno}:{code.co_name}")
        traceback = traceback.tb_next
    return found[-FRAMES:]


def place(filename: str) -> str:
    """The file within the project or within its library, without the machine's own folders."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
