"""What is known about the person, changed later: the same questions as at intake."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access
from casework.exceptions import ChangedMeanwhile
from casework.forms.fields import Version, Words
from casework.forms.person import AllOf, HarmForm, PersonForm, blocks_in, harm_forms, is_any_said
from casework.forms.restoring import as_posted, fill, fill_set
from casework.services import drafts
from casework.services.person import KEY, change_person
from clients.models import Client


class ChangeForm(PersonForm):
    version = Version()


@dataclass(frozen=True)
class Difference:
    label: Any
    now: str


@access.needs(access.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: access.CaseRequest) -> HttpResponse:
    client = request.case.client
    on_file = [HarmForm.initial_of(each) for each in client.people_who_harmed.all()]
    if request.method != "POST":
        return _blank(request, client, on_file)
    if "add_harm" in request.POST:
        return _as_typed(request, on_file, blocks=blocks_in(request.POST) + 1)
    form, harm = ChangeForm(request.POST), harm_forms(request.POST, people=on_file)
    if not (form.is_valid() & harm.is_valid()):
        return _page(request, form, harm)
    try:
        change_person(
            case=request.case,
            version=form.cleaned_data["version"],
            by=request.user,
            person=form.person(),
            harm=[(one.cleaned_data.get("id"), one.fields_said()) for one in harm if _counts(one)],
        )
    except ChangedMeanwhile as changed:
        return _once_more(request, changed.current)
    messages.success(request, _("Saved."))
    return redirect("case", code=request.case.code)


def _counts(one: HarmForm) -> bool:
    """Somebody on file stays on file even when every answer was taken back."""
    return bool(one.cleaned_data.get("id")) or not one.is_blank


def _initial(client: Client) -> dict[str, Any]:
    return {**PersonForm.initial_of(client), "version": client.version}


def _blank(request: access.CaseRequest, client: Client, on_file: list[dict[str, Any]]) -> HttpResponse:
    draft = drafts.initial_for(request.user, KEY, request.case)
    typed = as_posted(drafts.typed_in(draft)) if draft else None
    blocks = max(len(on_file), 1, blocks_in(typed or ()))
    form, harm = ChangeForm(initial=_initial(client)), harm_forms(people=on_file, blocks=blocks)
    if typed is not None:
        fill(form, typed)
        fill_set(harm, typed)
    return _page(request, form, harm, draft=draft)


def _as_typed(
    request: access.CaseRequest, on_file: list[dict[str, Any]], *, blocks: int, **more: Any
) -> HttpResponse:
    form, harm = ChangeForm(initial=_initial(request.case.client)), harm_forms(people=on_file, blocks=blocks)
    fill(form, request.POST)
    fill_set(harm, request.POST)
    return _page(request, form, harm, **more)


def _once_more(request: access.CaseRequest, current: Client) -> HttpResponse:
    """Everything typed stays; what a colleague saved meanwhile stands beside it; saving again decides."""
    request.case.client = current
    on_file = [HarmForm.initial_of(each) for each in current.people_who_harmed.all()]
    data = request.POST.copy()
    data["version"] = str(current.version)
    form, harm = ChangeForm(data), harm_forms(data, people=on_file)
    form.is_valid()
    return _page(request, form, harm, differences=differences(form, current), changed=True)


def differences(form: ChangeForm, current: Client) -> list[Difference]:
    """What now stands, for each answer that is not as typed."""
    stands = ChangeForm(initial=_initial(current))
    found = []
    for name, field in form.fields.items():
        typed, now = form[name].value(), stands[name].value()
        if name != "version" and _plain(field, typed) != _plain(field, now):
            found.append(Difference(field.label, _said(field, now)))
    return found


def _plain(field: forms.Field, value: Any) -> Any:
    return (
        sorted(map(str, value)) if isinstance(value, list | tuple) else str(value or "").replace("\r\n", "\n")
    )


def _said(field: forms.Field, value: Any) -> str:
    """In the words of the list, for a coded answer."""
    if isinstance(field, Words) or not hasattr(field, "choices"):
        return str(value or "")
    labels = dict(_flat(field.choices))
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(labels.get(code, code)) for code in codes if code)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(value, label)])
    return flat


def _page(request: access.CaseRequest, form: ChangeForm, harm: Any, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "harm": harm,
        "harm_errors": AllOf(harm),
        "case": request.case,
        "draft": None,
        "draft_key": KEY,
        "differences": [],
        "changed": False,
        "harm_is_open": is_any_said(harm) or harm.total_form_count() > 1,
        "folds": form.open_folds(),
        **more,
    }
    return render(request, "casework/desk/person_edit.html", context)
