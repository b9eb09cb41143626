"""Autosave for every form, and the list of what was left unfinished."""

import json
import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import second_factor
from accounts.access import role_required
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from casework import access, drafting
from casework.codes import CodeConverter, tidy
from casework.exceptions import NotPossible
from casework.models import Case
from casework.services import drafts, intake
from casework.templatetags.house import local

IS_CODE = re.compile(CodeConverter.regex)


@login_not_required  # answers for itself, so that a session that ended is said in JSON
@require_POST
def draft_save(request: HttpRequest) -> JsonResponse:
    """Kept, or a plain reason why not: 401 signed out, 404 no such case, 403 only read, 413 too long."""
    if not second_factor.passed(request):
        return JsonResponse({"signed_in": False}, status=401)
    if not access.works_with_cases(request.user):
        return JsonResponse({"said": _("Drafts are kept for people who work with cases.")}, status=403)
    case = _case_or_404(request)
    if case is not None and not access.standing_of(request.user, case).can_write:
        return JsonResponse({"said": _("You can read this case, not write in it.")}, status=403)
    fields = _fields(request)
    if fields is None:
        return JsonResponse({"said": _("This could not be read.")}, status=400)
    if case is None and intake.was_saved(fields):
        return JsonResponse({"saved_at": "", "signed_in": True})
    try:
        draft = drafts.save_draft(by=request.user, key=request.POST.get("key", ""), fields=fields, case=case)
    except NotPossible as error:
        return JsonResponse({"said": str(error)}, status=413)
    return JsonResponse({"saved_at": local(draft.saved_at, "time"), "signed_in": True})


@role_required(ADVOCATE, SUPERVISOR)
@require_POST
def draft_throw_away(request: HttpRequest) -> HttpResponse:
    case = _case_or_404(request)
    if drafts.throw_away(by=request.user, key=request.POST.get("key", "")[:60], case=case):
        messages.info(request, _("What you typed is gone."))
    return redirect(_next(request))


@role_required(ADVOCATE, SUPERVISOR)
@require_GET
def draft_list(request: HttpRequest) -> HttpResponse:
    rows = drafting.rows(drafts.drafts_of(request.user))
    trail.record("draft.list", details={"cases": [row.code for row in rows if row.code]})
    return render(request, "casework/desk/drafts.html", {"rows": rows})


def _case_or_404(request: HttpRequest) -> Case | None:
    """The case named in the form, through the door's rule; nobody learns whether another exists."""
    typed = request.POST.get("case", "")
    if not typed:
        return None
    code = tidy(typed)
    case = (
        Case.objects.visible_to(request.user).filter(code=code).first() if IS_CODE.fullmatch(code) else None
    )
    if case is None:
        trail.record("case.write", details={"form": "draft"}, outcome="refused")
        raise Http404
    return case


def _fields(request: HttpRequest) -> dict[str, list[str]] | None:
    """``fields`` as JSON (name to list of texts) when the page's script sends it."""
    try:
        found: Any = json.loads(request.POST.get("fields", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {
        str(name)[:200]: [str(value) for value in values]
        for name, values in list(found.items())[:2000]
        if isinstance(values, list)
    }


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if fine else "drafts"
