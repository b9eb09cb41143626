"""The advocate's day, read in five seconds."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access, day_rows, drafting, listing
from casework.day import Day
from casework.models import Assignment, Grant
from casework.places import address, places_for
from casework.services import drafts
from casework.views.my_cases import covers_of

SHOWN = 8  # of each kind; the rest is one click away


@dataclass(frozen=True)
class HandOver:
    row: listing.Row
    note: str
    by: str
    acknowledge_url: str


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    elsewhere = _elsewhere(request.user)
    if elsewhere:
        return redirect(elsewhere)
    day = Day(request.user, covers_of(request.user))
    named = {line.code for line in day.lines}
    beside = [held.case for held in day.all if held.case.code in named]
    access.record_list("today.list", list(dict.fromkeys([*(held.case for held in day.shown), *beside])))
    unfinished = drafting.rows(drafts.drafts_of(request.user)[: SHOWN + 1])
    context = {
        "today": date_format(timezone.localtime(day.now), pgettext("date format", "l, j F · H:i")),
        "safe_now": day_rows.open_rows(day.safe_now, day.now),
        "safe_later": day_rows.open_rows(day.safe_later, day.now),
        "week": day_rows.week(day),
        "opens_this_week": any(opening for _day, opening in day.week),
        "lapsing": day_rows.lapsing(day),
        "to_confirm": day_rows.to_confirm(day),
        "lines": day.lines[: SHOWN * 2],
        "they_contact_us": day_rows.they_contact_us(day),
        "hand_overs": _hand_overs([held.row for held in day.handed_over[:SHOWN]]),
        "drafts": unfinished[:SHOWN],
        "more_drafts": len(unfinished) > SHOWN,
        "covers": _covers([held.row for held in day.covered]),
        "held": len(day.assigned),
        "held_words": _held_words(len(day.assigned)),
        "supervises": request.user.has_role(SUPERVISOR),
    }
    return render(request, "casework/desk/today.html", context)


def _held_words(held: int) -> str:
    return ngettext("You work with %(count)d case.", "You work with %(count)d cases.", held) % {"count": held}


def _elsewhere(user: User) -> str:
    """Where this day is not at this desk: the first place of the roles held; empty if it is."""
    if user.has_role(ADVOCATE):
        return ""
    if user.has_role(SUPERVISOR) and (access.caseload_of(user).exists() or covers_of(user).exists()):
        return ""
    names = [place.url_name for place in places_for(user.role_keys) if place.url_name != "today"]
    return next((name for name in names if address(name)), "accounts:me")


def _hand_overs(assignments: list[Assignment]) -> list[HandOver]:
    return [
        HandOver(
            row,
            assignment.handover_note,
            assignment.assigned_by.name,
            reverse("case_acknowledge", args=[row.code]),
        )
        for assignment, row in zip(assignments, listing.assignment_rows(assignments), strict=True)
    ]


def _covers(covered: list[Grant]) -> list[dict[str, Any]]:
    """Whose cases, how many, until when."""
    grants = [grant for grant in covered if grant.cover]
    dates = listing.Dates()
    told = []
    for cover, cases in groupby(grants, key=lambda grant: grant.cover):
        count = len(list(cases))
        told.append(
            {
                "away": cover.away.name,
                "until": dates(cover.last_day),
                "words": ngettext("%(count)d case", "%(count)d cases", count) % {"count": count},
            }
        )
    return told
