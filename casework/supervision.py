"""What a supervisor talks about with advocates: load, attempts outside plans, unsafe answers.

Windows that close without anybody having tried are a question about an advocate's load,
never about a client and never a ranking: names stand in the order of the alphabet.
Four questions whatever the size of the agency; walls hide here too.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework import access, followup_words
from casework.models import Agreement, Assignment, Attempt, Case, Occurrence, Result
from casework.models.followup import NOT_SAFE
from casework.services.grants import today
from casework.templatetags.house import local
from clients.contact_safety import WE, Reason
from clients.models import ContactPlan
from vault import keys

SOON = timedelta(days=2)
LATELY = timedelta(days=30)
SHOWN = 50


@dataclass(frozen=True)
class Closing:
    name: str
    count: int
    words: str
    url: str


@dataclass(frozen=True)
class Flagged:
    code: str
    url: str
    who: str
    when: str
    result: str
    marks: tuple[tuple[str, str, str], ...]
    spoke_against: str
    reason: str
    struck: bool


@dataclass(frozen=True)
class Unasked:
    name: str
    count: int
    cases: tuple[tuple[str, str], ...]


class Supervision:
    def __init__(self, user: User) -> None:
        self.user = user
        self.teams = access.supervised_teams(user)
        self.shown: list[Case] = []

    # --- Load ---------------------------------------------------------------------------------

    def closing(self) -> list[Closing]:
        """By name: how many windows close within two days in which nobody has tried."""
        day = today()
        tried = Attempt.objects.filter(occurrence=OuterRef("pk"), struck_at=None)
        windows = Occurrence.objects.to_come(day).filter(
            ~Exists(tried), case=OuterRef("case"), opens_on__lte=day, closes_on__lte=day + SOON
        )
        closed = (
            ContactPlan.objects.in_force().exclude(who_initiates=WE).filter(client=OuterRef("case__client"))
        )
        rows = self._assignments().filter(Exists(windows), ~Exists(closed), next_open__lte=day)
        sums = rows.order_by().values("user", "user__name").annotate(count=Count("*"))
        said = sorted(sums, key=lambda row: (row["user__name"].casefold(), str(row["user"])))
        return [_closing(row) for row in said]

    def _assignments(self) -> QuerySet[Assignment]:
        """Open ones in my teams, less those of cases behind a wall."""
        mine = Assignment.objects.current().filter(team_id__in=self.teams)
        return mine.filter(~access.walled_off(self.user, "case__client_id"))

    # --- Attempts -------------------------------------------------------------------------------

    def flagged(self) -> list[Flagged]:
        """Outside the plan, or not safe, in the last thirty days; newest first."""
        rows = self._flagged().select_related("case__client", "by", "plan").order_by("-at", "pk")[:SHOWN]
        found = list(rows)
        keys.preload({each.case.client_id for each in found})
        self.shown += [each.case for each in found]
        return [_flagged(each) for each in found]

    def _flagged(self) -> QuerySet[Attempt]:
        wanted = Q(outside_plan=True) | Q(result__in=["unsafe", "stopped"])
        mine = Attempt.objects.filter(
            wanted, team_id__in=self.teams, case__team__in=self.teams, at__gte=timezone.now() - LATELY
        )
        return mine.filter(~access.walled_off(self.user, "case__client_id"), case__client__erased_at=None)

    # --- Not asked yet ----------------------------------------------------------------------------

    def unasked(self) -> list[Unasked]:
        """By advocate: cases in which nobody has asked yet how they would like it."""
        asked = Agreement.objects.in_force().filter(case=OuterRef("case")).exclude(kind="not_discussed")
        rows = self._assignments().filter(~Exists(asked)).select_related("case", "user")
        found = list(rows.order_by("user__name", "user", "started_at", "pk")[: SHOWN * 4])
        self.shown += [each.case for each in found[:SHOWN]]
        return _by_advocate(found)


def _closing(row: dict[str, Any]) -> Closing:
    words = ngettext(
        "%(n)d agreed window closes within two days, and nobody has tried yet.",
        "%(n)d agreed windows close within two days, and nobody has tried yet.",
        row["count"],
    )
    url = reverse("advocate_cases", args=[row["user"]])
    return Closing(row["user__name"], row["count"], words % {"n": row["count"]}, url)


def _flagged(each: Attempt) -> Flagged:
    against = [followup_words.reason(Reason(code)) for code in each.reasons if code not in ABOUT_SOMETHING]
    return Flagged(
        code=each.case.code,
        url=reverse("case", args=[each.case.code]),
        who=each.by.name,
        when=local(each.at),
        result=str(Result(each.result).label),
        marks=tuple(_marks(each)),
        spoke_against=" ".join(against),
        reason=each.outside_reason,
        struck=each.struck_at is not None,
    )


ABOUT_SOMETHING = {"purpose", "stale", "window_later"}  # sentences that need a day or a word


def _marks(each: Attempt) -> list[tuple[str, str, str]]:
    marks = []
    if each.result in NOT_SAFE:
        marks.append(("look", str(Result(each.result).label), "look"))
    if each.for_life:
        marks.append(("look", _("danger to life"), "look"))
    elif each.outside_plan:
        marks.append(("plain", _("outside the plan"), "shield"))
    if each.struck_at:
        marks.append(("plain", _("entered in error"), "edit"))
    return marks


def _by_advocate(found: list[Assignment]) -> list[Unasked]:
    counts = Counter((each.user_id, each.user.name) for each in found)
    shown = {each.pk for each in found[:SHOWN]}
    return [
        Unasked(
            name=name,
            count=count,
            cases=tuple(
                (each.case.code, reverse("followup", args=[each.case.code]))
                for each in found
                if each.user_id == user and each.pk in shown
            ),
        )
        for (user, name), count in counts.items()
    ]
