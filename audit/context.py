"""Who is acting right now: a person in a request, a task, a command.

Held in a context variable, lazily: nobody is looked up until an entry is written.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

UNNAMED = "unnamed"  # code outside any request, task or command that said who it is


def _nobody() -> Any:
    return None


def _nowhere() -> str:
    return ""


@dataclass
class Health:
    """Whether an entry of this request could not be written; shared by nested contexts."""

    broken: bool = False


@dataclass(frozen=True)
class Acting:
    actor: Callable[[], Any] = _nobody
    system: str = ""
    address: str | None = None
    path_name: Callable[[], str] = _nowhere
    health: Health = field(default_factory=Health)

    def actor_id(self) -> Any:
        user = self.actor()
        return user.pk if user is not None and user.is_authenticated else None


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting:
    return _acting.get() or Acting(system=UNNAMED)


@contextmanager
def entered(acting: Acting) -> Iterator[Acting]:
    token = _acting.set(acting)
    try:
        yield acting
    finally:
        _acting.reset(token)


def nested(user: Any, system: str, address: str | None) -> Acting:
    """The present context with another actor; address and page stay unless given."""
    outer = _acting.get() or Acting()
    return replace(
        outer,
        actor=(lambda: user),
        system=system or ("" if user is not None else outer.system),
        address=address or outer.address,
    )
