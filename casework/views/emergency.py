"""Two hours in a case that is not one's own, and the look somebody else takes at it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import role_required
from accounts.roles import ADVOCATE, PRIVACY, SUPERVISOR
from audit import trail
from casework import emergencies
from casework.exceptions import NotPossible
from casework.forms import restoring
from casework.forms.emergency import EmergencyForm, ReviewForm
from casework.models import Case, EmergencyAccess
from casework.paging import page
from casework.services import drafts, grants

DRAFT = "emergency"


@role_required(ADVOCATE, SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    form = EmergencyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if Case.objects.visible_to(request.user).filter(code=code).exists():
            messages.info(request, _("You can open this case already."))
            return redirect("case", code)
        if _open(form, request):
            return redirect("case", code)
    if not form.is_bound:
        restoring.restore(form, drafts.initial_for(request.user, DRAFT))
    return render(request, "casework/upkeep/emergency.html", {"form": form})


def _open(form: EmergencyForm, request: HttpRequest) -> bool:
    link = request.build_absolute_uri(reverse("emergency_reviews"))
    try:
        grants.open_emergency(by=request.user, link=link, **form.cleaned_data)
    except NotPossible as error:
        form.add_error(error.field or None, str(error))
        return False
    drafts.drop(request.user, DRAFT)
    return True


@role_required(PRIVACY, SUPERVISOR)
@require_safe
def emergency_reviews(request: HttpRequest) -> HttpResponse:
    """What nobody has looked at yet stands first, all of it; then the rest, by page."""
    mine = emergencies.reviewed_by_role(request.user)
    waiting = list(mine.filter(reviewed_at=None).order_by("asked_at", "pk"))
    order = ("-asked_at", "id")
    done = page(mine.filter(reviewed_at__isnull=False), order=order, cursor=request.GET.get("cursor"))
    codes = [each.grant.case.code for each in [*waiting, *done.rows]]
    trail.record("grant.list", details={"cases": codes})
    context = {
        "waiting": emergencies.rows(waiting, request.user),
        "done": emergencies.rows(done.rows, request.user),
        "newer": f"?cursor={done.newer}" if done.newer else "",
        "older": f"?cursor={done.older}" if done.older else "",
    }
    return render(request, "casework/upkeep/emergency_reviews.html", context)


@role_required(PRIVACY, SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency_review(request: HttpRequest, access: UUID) -> HttpResponse:
    found = get_object_or_404(emergencies.reviewed_by_role(request.user), pk=access)
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid() and _review(form, found, request):
        messages.success(request, _("Thank you. Your look at it is on record."))
        return redirect("emergency_reviews")
    trail.record("grant.list", case=found.grant.case)
    (row,) = emergencies.rows([found], request.user)
    return render(request, "casework/upkeep/emergency_review.html", {"form": form, "row": row})


def _review(form: ReviewForm, access: EmergencyAccess, request: HttpRequest) -> bool:
    try:
        grants.review_emergency(access=access, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        form.add_error(None, str(error))
        return False
    return True
