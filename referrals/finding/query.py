"""What may be asked of the directory, and what comes back. Plain values."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from referrals.freshness import Freshness
from referrals.models import SearchText, Service
from referrals.opening import Opening

PAGE, MOST = 20, 200  # results on a page, and in all: whoever gets more asks more closely


class Means(TextChoices):
    """How one gets in touch with a service."""

    PHONE = "phone", _("by phone")
    ONLINE = "online", _("online")
    WALK_IN = "walk_in", _("walking in")


class Access(TextChoices):
    WHEELCHAIR = "wheelchair", _("with a wheelchair")
    HEARING = "hearing", _("deaf or hard of hearing")
    SEEING = "seeing", _("blind or low vision")


@dataclass(frozen=True)
class Query:
    """Of several needs, languages or means any one is enough; different things are all asked for."""

    words: str = ""
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    area: str = ""
    age: int | None = None
    open_now: bool = False
    means: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    page: str = ""  # where the next page begins, from ``Found``


@dataclass(frozen=True)
class Result:
    service: Service
    text: SearchText
    opening: Opening
    fresh: Freshness
    why: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """``at_most``: there are no more hits than this; ``is_capped``: there may be more than we look at."""

    results: list[Result] = field(default_factory=list)
    next_page: str = ""
    at_most: int = 0
    is_capped: bool = False
    first: int = 1  # the place of the first result among all
