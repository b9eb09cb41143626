"""The first contact: with somebody who may come back, or with somebody who gave no name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import role_required
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import duplicates
from casework.exceptions import NotPossible
from casework.forms.intake import AnonymousForm, IntakeForm
from casework.forms.person import AllOf, blocks_in, harm_forms, is_any_said
from casework.forms.restoring import as_posted, fill, fill_set, restore
from casework.models import Case
from casework.services import anonymous, drafts
from casework.services import intake as intakes

with_clients = role_required(ADVOCATE, SUPERVISOR)


@with_clients
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _blank(request)
    if "add_harm" in request.POST:
        return _as_typed(request, blocks=blocks_in(request.POST) + 1)
    form, harm = IntakeForm(request.POST, user=request.user), harm_forms(request.POST)
    if not (form.is_valid() & harm.is_valid()):
        return _page(request, form, harm)
    if not form.cleaned_data["confirm"] and duplicates.may_be_known(request.user, said_in(form)):
        return _page(request, form, harm, hint=True)
    try:
        case = intakes.take_intake(
            by=request.user,
            form_id=form.cleaned_data["form_id"],
            team=form.cleaned_data["team"],
            person=form.person(),
            harm=[one.fields_said() for one in harm if not one.is_blank],
            walled=form.cleaned_data["walled"],
            case=form.case(),
        )
    except NotPossible as error:
        form.add_error(error.field if form.has_choice_of_team else None, str(error))
        return _page(request, form, harm)
    return _opened(request, case)


def _opened(request: HttpRequest, case: Case) -> HttpResponse:
    """Whoever put themselves behind the wall has seen the case for the last time: no code, no link."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        messages.success(request, _("Case %(code)s is open.") % {"code": case.code})
        return redirect("case", code=case.code)
    messages.info(request, _("Saved. The case is with the supervisor now, and you will not see it."))
    return redirect("today")


@with_clients
@require_POST
def intake_hint(request: HttpRequest) -> HttpResponse:
    """Whether a file may be there already: a part of the page for htmx, the whole page without it."""
    form = IntakeForm(request.POST, user=request.user)
    form.is_valid()
    known = duplicates.may_be_known(request.user, said_in(form))
    if request.headers.get("HX-Request"):
        return render(request, "casework/desk/_hint.html", {"hint": known, "form": form})
    return _as_typed(request, blocks=blocks_in(request.POST), hint=known, asked=True)


def said_in(form: IntakeForm) -> dict[str, Any]:
    data = form.cleaned_data
    born = data.get("birth_date")
    return {
        "name": data.get("name"),
        "alias": data.get("alias"),
        "phones": data.get("phones"),
        "birth_date": born.isoformat() if born else "",
    }


def _blank(request: HttpRequest) -> HttpResponse:
    draft = drafts.initial_for(request.user, intakes.KEY)
    typed = as_posted(drafts.typed_in(draft)) if draft else None
    form, harm = IntakeForm(user=request.user), harm_forms(blocks=blocks_in(typed or ()))
    if typed is not None:
        fill(form, typed)
        fill_set(harm, typed)
    return _page(request, form, harm, draft=draft)


def _as_typed(request: HttpRequest, *, blocks: int, **more: Any) -> HttpResponse:
    """The same page again with everything typed, before anything is judged or saved."""
    form, harm = IntakeForm(user=request.user), harm_forms(blocks=blocks)
    fill(form, request.POST, fresh=())
    fill_set(harm, request.POST)
    return _page(request, form, harm, **more)


def _page(request: HttpRequest, form: IntakeForm, harm: Any, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "harm": harm,
        "harm_errors": AllOf(harm),
        "draft": None,
        "draft_key": intakes.KEY,
        "hint": False,
        "asked": False,
        "harm_is_open": is_any_said(harm) or harm.total_form_count() > 1,
        "folds": form.open_folds(),
        "ways": _ways("intake"),
        **more,
    }
    return render(request, "casework/desk/intake.html", context)


@with_clients
@require_http_methods(["GET", "HEAD", "POST"])
def intake_anonymous(request: HttpRequest) -> HttpResponse:
    draft = None
    if request.method == "POST":
        form = AnonymousForm(request.POST, user=request.user)
        if form.is_valid():
            anonymous.record_contact(
                by=request.user, form_id=form.cleaned_data["form_id"], contact=form.contact()
            )
            messages.success(request, _("The contact is written down. Nothing says who it was."))
            return redirect("today")
    else:
        form = AnonymousForm(user=request.user)
        draft = drafts.initial_for(request.user, anonymous.KEY)
        restore(form, draft)
    context = {"form": form, "draft": draft, "draft_key": anonymous.KEY, "ways": _ways("intake_anonymous")}
    return render(request, "casework/desk/intake_anonymous.html", context)


def _ways(current: str) -> list[dict[str, Any]]:
    """The choice at the top of both pages."""
    return [
        {"text": text, "url": reverse(name), "current": name == current}
        for name, text in (
            ("intake", _("Name or alias")),
            ("intake_anonymous", _("No name")),
        )
    ]
