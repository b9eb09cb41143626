"""What every form of a case does when it is sent: save once, keep what was typed, say what is in the way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access
from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.forms import restoring
from casework.services import drafts

View = Callable[..., HttpResponse]
KEPT_FRESH = frozenset({"form_id"})


def writing(view: View) -> View:
    """A page with a form. In a closed case there is nothing to write: back to the case, with a word.

    What somebody sends to a case that was closed meanwhile comes back to them with what
    they typed (the service says no); an erased one has no key even for that.
    """

    @wraps(view)
    def guarded(request: CaseRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        case = request.case
        if case.client.is_erased or (request.method != "POST" and not case.is_open):
            messages.info(request, _("This case is closed: nothing can be added or changed now."))
            return redirect("case", case.code)
        return view(request, *args, **kwargs)

    return access.needs(access.CHANGE)(require_http_methods(["GET", "HEAD", "POST"])(guarded))


def restore_draft(form: BaseForm, request: CaseRequest, key: str) -> str:
    """Put back what was being typed when a session ended, and say its key.

    The version stays unless the draft has one.
    """
    draft = drafts.initial_for(request.user, key, request.case)
    if draft is None:
        return ""
    version = form.initial.get("version")
    restoring.fill(form, restoring.as_posted(drafts.typed_in(draft)), KEPT_FRESH)
    if version and not form.initial.get("version"):
        form.initial["version"] = version
    return key


def saved(form: BaseForm, request: CaseRequest, write: Callable[[], Any], key: str = "") -> bool:
    """Write and let go of the draft, both or neither. ``NotPossible`` becomes a sentence in the form."""
    try:
        with transaction.atomic():
            write()
            if key:
                drafts.drop(request.user, key, request.case)
    except NotPossible as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    mention_what_was_taken_out(form, request)
    return True


def mention_what_was_taken_out(form: BaseForm, request: CaseRequest) -> None:
    if any(getattr(field, "took_out", False) for field in form.fields.values()):
        messages.info(request, _("A character that no screen can show was taken out of your text."))


def newer_version(form: BaseForm, current: Any) -> None:
    """The form comes back as typed, now knowing the version that stands: saving again is a choice."""
    form.data = form.data.copy()
    form.data["version"] = str(current.version)


def done(request: CaseRequest, said: str, page: str = "case") -> HttpResponse:
    messages.success(request, said)
    return redirect(page, request.case.code)


def offer_undo(request: CaseRequest, said: str, address: str) -> None:
    """Shown once, on the next look at this case."""
    request.session["undo"] = {"case": request.case.code, "said": said, "address": address}


def undo_offered(request: CaseRequest) -> dict[str, str] | None:
    offer = request.session.get("undo")
    if not offer:
        return None
    del request.session["undo"]
    return offer if offer["case"] == request.case.code else None
