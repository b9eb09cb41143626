"""The referrals of a case: the list, one of them, and everything that is done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.views import saving
from referrals import beginning, loop, referral_page
from referrals.errors import NotReleased
from referrals.forms.referrals import ChangeForm, EndForm, EventForm, PutOffForm, ReferralForm
from referrals.loop import State
from referrals.models import Referral
from referrals.reading import Reading
from referrals.services import referral_events, referrals


def find(request: CaseRequest, pk: UUID) -> Referral:
    """Out of this case's own; anything else is the 404 of a stranger."""
    referral = request.case.referrals.select_related("service", "replaces").filter(pk=pk).first()
    if referral is None:
        raise Http404
    referral.case = request.case
    return referral


@require_safe
def referral_list(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    reading = Reading(request.case, request.standing)
    return render(request, "referrals/case/list.html", {"reading": reading, "code": request.case.code})


@require_safe
def referral_one(request: CaseRequest, referral: UUID) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    page = referral_page.Page(find(request, referral), Reading(request.case, request.standing))
    return render(request, "referrals/case/referral.html", {"page": page, "referral": page.referral})


@saving.writing
def referral_new(request: CaseRequest) -> HttpResponse:
    begin = beginning.Beginning(request.case, request.standing, request.POST or request.GET)
    if begin.asks_for_another_case:
        raise Http404
    form = begin.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Referral] = []
        if saving.saved(form, request, lambda: made.append(_start(form, begin, request)), "referral"):
            return _gone_on(request, made[0])
    restored = request.method == "GET" and begin.is_bare and saving.restore_draft(form, request, "referral")
    return render(request, "referrals/case/new.html", {"form": form, "begin": begin, "restored": restored})


def _start(form: ReferralForm, begin: beginning.Beginning, request: CaseRequest) -> Referral:
    own_id = form.cleaned_data["form_id"]
    return referrals.start(
        case=request.case, by=request.user, referral_id=own_id, service=begin.service,
        replaces=begin.replaces, **form.facts,
    )  # fmt: skip


def _gone_on(request: CaseRequest, made: Referral) -> HttpResponse:
    """Kept as a draft, or one step further where nothing is in the way."""
    if request.POST.get("then") == "on":
        step = referrals.make_ready if made.is_assisted else referrals.give
        _tried(request, _said(made), lambda: step(referral=made, by=request.user))
    else:
        messages.success(request, _("Kept as a draft. Nothing has left."))
    return redirect("referral", request.case.code, made.pk)


def _said(made: Referral) -> str:
    if made.is_assisted:
        return _("It is ready: a release covers it. Nothing has left yet.")
    return _("Written down: they have the details. Nothing about them has left.")


@saving.writing
def referral_edit(request: CaseRequest, referral: UUID) -> HttpResponse:
    record, key, now = find(request, referral), f"referral-{referral}", None
    form = ChangeForm.of(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _change(form, record, request), key):
                messages.success(request, _("Saved."))
                return redirect("referral", request.case.code, record.pk)
        except ChangedMeanwhile as meanwhile:
            now = meanwhile.current
            saving.newer_version(form, now)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    context = {"form": form, "referral": record, "restored": restored, "draft_key": key, "now": now}
    return render(request, "referrals/case/edit.html", context)


def _change(form: ChangeForm, record: Referral, request: CaseRequest) -> Callable[[], Any]:
    version = form.cleaned_data["version"]
    return lambda: referrals.change(referral=record, version=version, by=request.user, **form.content)


# --- Steps -----------------------------------------------------------------------------------------


@require_POST
def referral_step(request: CaseRequest, referral: UUID) -> HttpResponse:
    """One click to a state that needs nothing more to be said."""
    record, to = find(request, referral), request.POST.get("to", "")
    steps: dict[str, Callable[[], Any]] = {
        State.GIVEN: lambda: referrals.give(referral=record, by=request.user),
        State.READY: lambda: referrals.make_ready(referral=record, by=request.user),
        State.ENTERED_IN_ERROR: lambda: referrals.strike(referral=record, by=request.user),
        **{
            state: lambda: referrals.move(referral=record, to=to, by=request.user)
            for state in (State.ACCEPTED, State.WAITLISTED, State.IN_SERVICE)
        },
    }
    if to not in steps:
        return redirect("referral", request.case.code, record.pk)
    said = _("It now stands at “%(state)s”.") % {"state": State(to).label}
    _tried(request, said, steps[to], record)
    return redirect("referral", request.case.code, record.pk)


@saving.writing
def referral_send(request: CaseRequest, referral: UUID) -> HttpResponse:
    """Everything that would leave, shown before it does; sent once, by pressing the button."""
    record = find(request, referral)
    if request.method == "POST":
        write = lambda: referrals.send(referral=record, by=request.user)  # noqa: E731
        said = _("It is sent, and stands on record with everything that was said.")
        _tried(request, said, write, record)
        return redirect("referral", request.case.code, record.pk)
    page = referral_page.Page(record, Reading(request.case, request.standing))
    if record.state != State.READY:
        return redirect("referral", request.case.code, record.pk)
    return render(request, "referrals/case/send.html", {"page": page, "referral": record})


@saving.writing
def referral_end(request: CaseRequest, referral: UUID) -> HttpResponse:
    record, asked = find(request, referral), (request.POST or request.GET).get("to", "")
    if asked not in loop.TERMINAL - {State.ENTERED_IN_ERROR}:
        return redirect("referral", request.case.code, record.pk)
    to = State(asked)
    form = EndForm(request.POST or None, to=to)
    if request.method == "POST" and form.is_valid():
        write = lambda: referrals.end(referral=record, to=to, by=request.user, **form.facts)  # noqa: E731
        if saving.saved(form, request, write):
            messages.success(request, _("It is written down what became of it."))
            return redirect("referral", request.case.code, record.pk)
    return render(request, "referrals/case/end.html", {"form": form, "referral": record, "to": to})


# --- What happens on the way ---------------------------------------------------------------------------


@saving.writing
def referral_event(request: CaseRequest, referral: UUID) -> HttpResponse:
    """One click from the referral's page; the form where a time or words are to be said."""
    record = find(request, referral)
    form = EventForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        write = lambda: referral_events.happened(referral=record, by=request.user, **form.facts)  # noqa: E731
        if saving.saved(form, request, write):
            messages.success(request, _("It is written down."))
            return redirect("referral", request.case.code, record.pk)
    kind = str(form["kind"].value() or "")
    if kind not in loop.Event.values:
        return redirect("referral", request.case.code, record.pk)
    context = {
        "form": form,
        "referral": record,
        "kind": loop.Event(kind),
        "timed": kind in loop.WITH_APPOINTMENT,
    }
    return render(request, "referrals/case/event.html", context)


@require_POST
def referral_asking(request: CaseRequest, referral: UUID) -> HttpResponse:
    """Put off, switched off, or on again."""
    record, form = find(request, referral), PutOffForm(request.POST)
    if "on" in request.POST:
        on = request.POST["on"] == "yes"
        said = _("It will be suggested again.") if on else _("It will not be suggested for this referral.")
        _tried(request, said, lambda: referral_events.suggest(referral=record, on=on, by=request.user))
    elif form.is_valid():
        until = form.cleaned_data["until"]
        _tried(
            request,
            _("Put off."),
            lambda: referral_events.put_off(referral=record, until=until, by=request.user),
        )
    else:
        messages.error(request, _("Choose a day that is still to come."))
    return redirect("referral", request.case.code, record.pk)


def _tried(request: CaseRequest, said: str, write: Callable[[], Any], record: Referral | None = None) -> None:
    try:
        write()
    except NotPossible as error:
        if record is not None and isinstance(error, NotReleased):
            trail.record("referral.moved", case=request.case, obj=record, outcome="refused")
        messages.error(request, str(error))
    else:
        messages.success(request, said)
