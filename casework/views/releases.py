"""Releases of a case: the list, one release, the steps it is written in, signing and taking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from casework import access, release_paper, release_prefill, release_steps
from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.forms.releases import HowForm, ReadForm, RevokeForm, SignForm, StepForm, WhatForm, WhoForm
from casework.harm_reading import HarmReading
from casework.release_reading import ReleaseReading, Row
from casework.services import releases as service
from casework.views import saving
from clients.models import Release
from vault import uploads


@require_safe
def releases(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    reading = ReleaseReading(request.case, request.standing)
    return render(request, "casework/releases/list.html", {"reading": reading})


@require_safe
def release(request: CaseRequest, release: UUID) -> HttpResponse:
    reading, row = find(request, release)
    one = row.release
    context = {
        "reading": reading,
        "row": row,
        "release": one,
        "words_open": reading.words_open(one),
        "parts": release_paper.parts(one) if reading.words_open(one) else [],
        "signed_lines": release_paper.signed_lines(one) if reading.words_open(one) else [],
        "drawings": release_paper.drawings(one) if reading.words_open(one) else [],
        "left": list(one.disclosures.select_related("by")),
        "steps": release_steps.tabs(one) if row.is_open else [],
        "next_step": release_steps.next_step(one),
        "revoke_form": RevokeForm(),
        "languages": release_steps.LANGUAGES,
    }
    return render(request, "casework/releases/page.html", context)


def find(request: CaseRequest, pk: UUID) -> tuple[ReleaseReading, Row]:
    reading = ReleaseReading(request.case, request.standing)
    row = next((each for each in reading.rows if each.release.pk == pk), None)
    if row is None or request.case.client.is_erased:
        raise Http404
    return reading, row


# --- Writing, in steps --------------------------------------------------------------------------

PAGES = {
    "who": "casework/releases/who.html",
    "what": "casework/releases/what.html",
    "how": "casework/releases/how.html",
    "read": "casework/releases/read.html",
}


@saving.writing
@sensitive_post_parameters()
def release_new(request: CaseRequest) -> HttpResponse:
    """The first step. ``?recipient=`` an agency of the directory, ``items`` codes, ``next`` a page of
    this case, ``replaces`` a release that stands now: each is looked up again, never trusted."""
    given = release_steps.given(request)
    form = WhoForm(request.POST or None, ref=given.ref, listed=given.name, initial=given.initial)
    if request.method == "POST" and form.is_valid():
        made: list[Release] = []
        if saving.saved(form, request, lambda: made.append(_begin(form, request, given)), "release"):
            release_steps.remember_next(request, made[0], given.next)
            return redirect("release_step", request.case.code, made[0].pk, "what")
    restored = request.method == "GET" and saving.restore_draft(form, request, "release")
    context = {
        "form": form,
        "restored": restored,
        "given": given,
        "steps": release_steps.tabs(None),
        "step": "who",
        "draft_key": "release",
    }
    return render(request, "casework/releases/who.html", context)


def _begin(form: WhoForm, request: CaseRequest, given: release_steps.Given) -> Release:
    facts = form.facts
    if given.items:
        known = _known(request)
        facts |= {"items": given.items, "said": {item: known.get(item, "") for item in given.items}}
    elif given.replaces and ReleaseReading(request.case, request.standing).words_open(given.replaces):
        facts |= release_steps.taken_over(given.replaces)
    own_id = form.cleaned_data["form_id"]
    return service.begin(
        case=request.case, by=request.user, release_id=own_id, replaces=given.replaces, **facts
    )


def _known(request: CaseRequest) -> dict[str, str]:
    return release_prefill.from_record(request.case, HarmReading(request.case, request.standing))


@saving.writing
@sensitive_post_parameters()
def release_step(request: CaseRequest, release: UUID, step: str) -> HttpResponse:
    _reading, row = find(request, release)
    if step not in PAGES:
        raise Http404
    if not row.is_open:
        messages.info(request, _("This release is signed: it stays as it is. Write a new one instead."))
        return redirect("release", request.case.code, release)
    one, key = row.release, f"release_{step}-{release}"
    form = _form(request, one, step)
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _write(form, request, one), key):
                return redirect(_after(request, one, step))
        except ChangedMeanwhile as newer:
            meanwhile = True
            saving.newer_version(form, newer.current)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    context = {
        "form": form,
        "restored": restored,
        "meanwhile": meanwhile,
        "release": one,
        "row": row,
        "steps": release_steps.tabs(one, step),
        "step": step,
        "draft_key": key,
        **(_text(form, one) if step == "read" else {}),
    }
    return render(request, PAGES[step], context)


def _form(request: CaseRequest, one: Release, step: str) -> StepForm:
    data = request.POST or None
    if step == "who":
        return WhoForm(data, release=one, ref=one.recipient_ref, listed=one.recipient_name)
    if step == "what":
        return WhatForm(data, release=one, known=_known(request))
    if step == "how":
        theirs = {name: getattr(request.case.client, name) for name in ("language", "interpreter")}
        return HowForm(data, release=one, initial=theirs if one.last_day is None else {})
    return ReadForm(data, release=one, initial={"statement": _language(request, one)})


def _language(request: CaseRequest, one: Release) -> str:
    """The one asked for, else theirs where it is one of ours, else the reader's."""
    asked = request.GET.get("language", "")
    wanted = (asked, one.statement, one.language, request.case.client.language, get_language() or "")
    known = [code for code, _name in release_steps.LANGUAGES]
    return next((each for each in wanted if each in known), known[0])


def _text(form: StepForm, one: Release) -> dict[str, Any]:
    language = form["statement"].value() or "en"
    return {
        "language": language,
        "languages": release_steps.LANGUAGES,
        "text": release_paper.text(one, language),
        "missing": release_steps.missing(one),
    }


def _write(form: StepForm, request: CaseRequest, one: Release) -> Callable[[], Release]:
    common: dict[str, Any] = {"case": request.case, "release": one, "by": request.user}
    version = form.cleaned_data["version"]
    if isinstance(form, ReadForm):
        data = form.cleaned_data
        return lambda: service.read_together(
            **common,
            version=version,
            language=data["statement"],
            interpreter_name=data["interpreter_name"],
        )
    return lambda: service.write(**common, version=version, **form.facts)


def _after(request: CaseRequest, one: Release, step: str) -> str:
    code = request.case.code
    following = {"who": "what", "what": "how", "how": "read"}.get(step)
    if following:
        return reverse("release_step", args=[code, one.pk, following])
    return reverse("release_sign", args=[code, one.pk])


@require_POST
def release_put_away(request: CaseRequest, release: UUID) -> HttpResponse:
    _reading, row = find(request, release)
    try:
        service.put_away(case=request.case, release=row.release, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is put away. Nothing was shared."))
    return redirect("releases", request.case.code)


# --- Signing, taking back ------------------------------------------------------------------------


@saving.writing
@sensitive_post_parameters()
def release_sign(request: CaseRequest, release: UUID) -> HttpResponse:
    _reading, row = find(request, release)
    one, key = row.release, f"release_sign-{release}"
    if not row.is_open:
        return redirect("release", request.case.code, release)
    if one.statement_shown_at is None:
        messages.info(request, _("Read it together first."))
        return redirect("release_step", request.case.code, release, "read")
    large = request.method == "POST" and uploads.too_large(request)
    form = SignForm(request.POST or None, request.FILES or None, release=one, too_large=large)
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _sign(form, request, one), key):
                messages.success(request, _("It is signed, and holds from now on."))
                return redirect(release_steps.forget_next(request, one))
        except ChangedMeanwhile as newer:
            meanwhile = True
            saving.newer_version(form, newer.current)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    context = {
        "form": form,
        "restored": restored,
        "meanwhile": meanwhile,
        "release": one,
        "row": row,
        "steps": release_steps.tabs(one, "sign"),
        "draft_key": key,
        "with_adult": "minor_adult|guardian",
        "languages": release_steps.LANGUAGES,
    }
    return render(request, "casework/releases/sign.html", context)


def _sign(form: SignForm, request: CaseRequest, one: Release) -> Callable[[], Release]:
    version = form.cleaned_data["version"]
    return lambda: service.sign(
        case=request.case, release=one, by=request.user, version=version, **form.facts
    )


@access.needs(access.VIEW)
@require_POST
def release_revoke(request: CaseRequest, release: UUID) -> HttpResponse:
    """Whoever stands in the case takes it down: sharing less is never a question of rank."""
    _reading, row = find(request, release)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("release", request.case.code, release)
    try:
        service.revoke(case=request.case, release=row.release, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _(
                "It is taken back: nothing more is shared under it. This cannot be undone; should they"
                " want it again, write a new one."
            ),
        )
    return redirect("release", request.case.code, release)
