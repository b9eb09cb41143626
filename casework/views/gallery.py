"""One page with every piece of the house on it, to look at and to test against."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import role_required
from accounts.roles import ROLES

UNSAID = [("declined", "Declined"), ("not_asked", "Not asked"), ("unknown", "Unknown")]
NAMES = ["Ana Ortiz", "Ben Adler", "Chidi Okafor", "Dr. Maximiliana von Hohenstein-Wackernagel", "Eve"]
LONG = (
    "The first sentence says what happened. The second one says what was asked for, and what could be "
    "had. A third goes on for a while, because people tell things in the order in which they come to mind, "
    "and a note keeps that order.\n\nA second paragraph follows, with a line of its own.\nLike this one."
)


class GalleryForm(forms.Form):
    """Made-up fields, one of each kind."""

    name = forms.CharField(label="What to call them", help_text="A first name or any word they choose.")
    name_unsaid = forms.ChoiceField(
        label="No name because", choices=UNSAID, widget=forms.RadioSelect, required=False
    )
    kind = forms.ChoiceField(
        label="Kind of contact",
        choices=[("phone", "Phone"), ("walk_in", "Walk-in"), ("message", "Message")],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    called_from = forms.CharField(label="Called from", required=False)
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(label="Minutes", required=False)
    county = forms.ChoiceField(label="County", choices=[("", "Choose…"), ("n", "North"), ("s", "South")])
    needs = forms.MultipleChoiceField(
        label="What was asked for",
        choices=[("bed", "A bed"), ("money", "Money"), ("lawyer", "A lawyer"), ("doctor", "A doctor")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        required=False,
    )
    words = forms.CharField(label="In their words", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="They agreed to this note", required=False)


@role_required(*ROLES)
def gallery(request: HttpRequest) -> HttpResponse:
    form = GalleryForm(initial={"name_unsaid": "declined", "kind": "phone"})
    return render(request, "gallery.html", {"form": form, "wrong": wrong_form(), **pieces(), **drawings()})


def wrong_form() -> forms.Form:
    form = GalleryForm({"kind": "phone", "minutes": "a few"}, prefix=None, auto_id="wrong_%s")
    form.full_clean()
    return form


def pieces() -> dict[str, Any]:
    now = timezone.now()
    return {
        "now": now,
        "long": LONG,
        "tabs": [
            {"text": "All", "url": "?", "current": True, "count": 128},
            {"text": "Notes", "url": "?kind=note", "current": False, "count": 64},
            {"text": "Services", "url": "?kind=service", "current": False},
        ],
        "cases": [
            {"code": "K7QF", "kind": "safe", "state": "open", "team": "North", "at": now, "notes": 12},
            {"code": "R2ND", "kind": "later", "state": "quiet", "team": "North", "at": now, "notes": 1204},
            {"code": "9WXA", "kind": "look", "state": "hand-over", "team": "South", "at": None, "notes": 0},
        ],
    }


def drawings() -> dict[str, Any]:
    months = [f"{date(2026, month, 1):%b}" for month in range(1, 13)]
    return {
        "loads": [(name, load) for name, load in zip(NAMES, [31, 22, 18, 27, 0], strict=True)],
        "mixes": [
            (name, mix)
            for name, mix in zip(NAMES, [[18, 9, 4], [12, 10], [9, 9], [20, 3, 4], [0, 0]], strict=True)
        ],
        "parts": ["Open", "Quiet", "Waiting"],
        "months": months,
        "series": [
            ("Opened", [41, 38, 52, 47, 60, 58, 49, 44, 63, 71, 66, 58]),
            ("Closed", [30, 35, 33, 41, 39, 50, 47, 42, 48, 55, 61, 52]),
        ],
        "moments": [
            (datetime(2026, month, day, tzinfo=timezone.get_current_timezone()), words)
            for month, day, words in [
                (1, 4, "in contact"),
                (3, 19, "weighing it"),
                (4, 2, "no contact"),
                (9, 30, "in contact"),
            ]
        ],
        "no_rows": [],
    }
