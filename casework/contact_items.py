"""How attempts to get in touch read in the timeline of a case."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.case_items import Items
from casework.case_timeline import Item
from casework.models import Attempt, Result
from casework.models.followup import NOT_SAFE

ICONS = {
    Result.REACHED: "phone",
    Result.MESSAGE: "message",
    Result.NO_ANSWER: "phone",
    Result.UNSAFE: "shield",
    Result.STOPPED: "shield",
    Result.ASKED_TO_STOP: "door",
}


def attempt(items: Items, each: Attempt) -> Item:
    """The reason of an attempt outside the plan follows notes: it may stay closed after a hand-over."""
    own = each.by_id == items.standing.user.pk
    may_strike = items.can_write and not each.struck_at and (own or items.standing.supervises)
    strike = {"strike": reverse("attempt_strike", args=[items.case.code, each.pk])}
    return Item(
        id=each.pk,
        moment=each.at,
        kind="contact",
        icon=ICONS[Result(each.result)],
        title=str(Result(each.result).label),
        who=each.by.name,
        facts=(str(each.get_way_kind_display()),) if each.way_kind else (),
        marks=_marks(each),
        words=each.outside_reason if items.opens(each.at) else "",
        struck=bool(each.struck_at),
        links=strike if may_strike else {},
    )


def _marks(each: Attempt) -> tuple[tuple[str, str, str], ...]:
    if each.result in NOT_SAFE:
        return (("look", _("to talk about"), "look"),)
    return (("plain", _("outside the plan"), "shield"),) if each.outside_plan else ()
