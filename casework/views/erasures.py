"""What the privacy officer erases on request, by case code: never with a look inside."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import role_required
from accounts.models import User
from accounts.roles import PRIVACY
from audit import trail
from casework import access
from casework.exceptions import NotPossible
from casework.forms.emergency import TypedCodeForm
from casework.models import Erasure
from casework.paging import page
from casework.services import erasure as services


@role_required(PRIVACY)
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    mine = shown_to(request.user)
    asked = list(mine.filter(done_at=None).order_by("asked_at", "pk"))
    order = ("-done_at", "id")
    done = page(mine.filter(done_at__isnull=False), order=order, cursor=request.GET.get("cursor"))
    trail.record("erasure.list", details={"cases": [each.case_code for each in [*asked, *done.rows]]})
    context = {
        "asked": [(each, each.asked_by_id == request.user.pk) for each in asked],
        "done": done.rows,
        "newer": f"?cursor={done.newer}" if done.newer else "",
        "older": f"?cursor={done.older}" if done.older else "",
    }
    return render(request, "casework/upkeep/erasures.html", context)


def shown_to(user: User) -> "QuerySet[Erasure]":
    """Not withdrawn. An officer who also works with cases may stand behind a wall: it hides here too."""
    standing = Erasure.objects.filter(~access.walled_off(user, "case__client_id"), withdrawn_at=None)
    return standing.select_related("asked_by", "done_by")


@role_required(PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_carry_out(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """The last page before it cannot be undone: what goes, what stays, the code typed once more."""
    found = get_object_or_404(shown_to(request.user).filter(done_at=None), pk=erasure)
    form = TypedCodeForm(request.POST or None, expected=found.case_code)
    if form.is_bound and form.is_valid() and _carry_out(form, found, request):
        said = _("%(code)s is erased. The certificate is below.")
        messages.success(request, said % {"code": found.case_code})
        return redirect("erasures")
    trail.record("erasure.list", details={"cases": [found.case_code]})
    context = {"form": form, "erasure": found, "own": found.asked_by_id == request.user.pk}
    return render(request, "casework/upkeep/erasure_carry_out.html", context)


def _carry_out(form: TypedCodeForm, erasure: Erasure, request: HttpRequest) -> bool:
    try:
        services.carry_out(erasure=erasure, by=request.user)
    except NotPossible as error:
        form.add_error(None, str(error))
        return False
    return True
