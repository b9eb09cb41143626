"""Who is away, and who covers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import role_required
from accounts.models import User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import covering
from casework.exceptions import NotPossible
from casework.forms.covers import CoverForm
from casework.models import Cover
from casework.services import grants


@role_required(ADVOCATE, SUPERVISOR)
@require_safe
def covers(request: HttpRequest) -> HttpResponse:
    today = grants.today()
    rows = covering.rows(covering.shown_to(request.user, today), request.user, today)
    context = {
        "now": [row for row in rows if row.is_now],
        "later": [row for row in rows if not row.is_now],
        "supervises": request.user.has_role(SUPERVISOR),
    }
    return render(request, "casework/caseloads/covers.html", context)


@role_required(ADVOCATE, SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_new(request: HttpRequest) -> HttpResponse:
    """A supervisor plans for anybody in their teams; everybody else for themselves."""
    form = _form(request)
    if form.is_bound and form.is_valid() and _plan(form, request.user):
        messages.success(request, _("The absence is written down."))
        return redirect("covers")
    context = {"form": form, "own": "away" not in form.fields}
    return render(request, "casework/caseloads/cover_new.html", context)


def _form(request: HttpRequest) -> CoverForm:
    people = covering.supervised_people(request.user)
    form = CoverForm(
        request.POST or None,
        away=people,
        covering=covering.possible_covers(request.user),
        initial={"first_day": grants.today()},
    )
    return form if people else form.for_oneself()


def _plan(form: CoverForm, user: User) -> bool:
    chosen = {"away": user, **form.cleaned_data}
    form.check_days(chosen["away"])
    if form.errors:
        return False
    try:
        grants.plan_absence(**chosen, by=user)
    except NotPossible as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


@role_required(ADVOCATE, SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_end(request: HttpRequest, cover: UUID) -> HttpResponse:
    """Asked once more, since the colleague who covers loses the cases at once."""
    ending = get_object_or_404(Cover.objects.select_related("away", "covering"), pk=cover)
    if not covering.can_end(request.user, ending):
        raise Http404
    if request.method == "POST":
        grants.end_absence(cover=ending, by=request.user)
        messages.success(request, _("The absence has ended."))
        return redirect("covers")
    return render(request, "casework/caseloads/cover_end.html", {"cover": ending})
