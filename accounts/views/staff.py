"""The administrator's pages about people: who works here, in which roles, and how they sign in."""

from collections.abc import Callable
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.access import role_required
from accounts.errors import AccountsError
from accounts.forms import InviteForm, RolesForm, StaffFilter
from accounts.models import TeamMembership, User, UserQuerySet
from accounts.roles import ADMINISTRATOR, ROLES
from accounts.second_factor import KINDS
from accounts.sessions import open_sessions
from audit import trail

PAGE = 50


@role_required(ADMINISTRATOR)
def staff(request: HttpRequest) -> HttpResponse:
    form = StaffFilter(request.POST or None, initial={"state": StaffFilter.ACTIVE})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = list(people(asked).filter(after(request.POST.get("after")))[: PAGE + 1])
    trail.record("staff.list", details={"shown": min(len(found), PAGE)})
    context = {
        "form": form,
        "people": [row(each) for each in found[:PAGE]],
        "after": found[PAGE - 1].pk if len(found) > PAGE else None,
        "roles": ROLES.values(),
    }
    return render(request, "accounts/staff.html", context)


def row(someone: User) -> dict:
    return {
        "name": someone.name,
        "url": reverse("accounts:person", args=[someone.pk]),
        "roles": ", ".join(str(ROLES[key].name) for key in ROLES if key in someone.role_keys),
        "teams": ", ".join(dict.fromkeys(each.team.name for each in someone.memberships.all())),
        "state": sign_in_state(someone),
    }


def sign_in_state(someone: User) -> dict:
    """In one word and picture: closed, invited, without a second step, or ready."""
    if not someone.is_active:
        return {"kind": "plain", "text": _("Closed"), "icon": ""}
    if not someone.has_usable_password():
        return {"kind": "later", "text": _("Invited"), "icon": "letter"}
    if settings.SECOND_FACTOR_REQUIRED and not someone.has_second_factor:
        return {"kind": "look", "text": _("No second step"), "icon": "key"}
    return {"kind": "safe", "text": _("Ready"), "icon": ""}


def people(asked: dict) -> UserQuerySet:
    found = with_second_factor(User.objects.all()).prefetch_related(
        Prefetch("memberships", TeamMembership.objects.current().select_related("team"))
    )
    state = asked.get("state") or StaffFilter.ACTIVE
    if state != StaffFilter.ALL:
        found = found.filter(is_active=state == StaffFilter.ACTIVE)
    if asked.get("role"):
        found = found.with_role(asked["role"])
    if asked.get("team"):
        found = found.filter(
            pk__in=TeamMembership.objects.current().filter(team=asked["team"]).values("user")
        )
    if asked.get("q"):
        found = found.filter(Q(name__icontains=asked["q"]) | Q(email__icontains=asked["q"]))
    return found


def after(last: str | None) -> Q:
    """The next page starts after the last person shown, by name and then id."""
    try:
        person = User.objects.filter(pk=UUID(last)).first() if last else None
    except ValueError:
        person = None
    return Q(name__gt=person.name) | Q(name=person.name, pk__gt=person.pk) if person else Q()


def with_second_factor(users: UserQuerySet) -> UserQuerySet:
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=KINDS)
    return users.annotate(has_second_factor=Exists(own))


@role_required(ADMINISTRATOR)
def person(request: HttpRequest, user_id: str) -> HttpResponse:
    someone = get_person(user_id)
    form = RolesForm(request.POST or None, initial={"roles": sorted(someone.role_keys)})
    if form.is_bound and form.is_valid():
        attempt(
            request,
            _("Roles saved."),
            lambda: services.set_roles(user=someone, roles=form.cleaned_data["roles"], by=request.user),
        )
        return redirect("accounts:person", user_id)
    trail.record("staff.read", obj=someone)
    return render(request, "accounts/person.html", {"form": form, **about(someone, request.user)})


def about(someone: User, looking: User) -> dict:
    is_other = someone != looking
    signed_in = open_sessions(someone).count()
    return {
        "person": someone,
        "state": sign_in_state(someone),
        "roles": ROLES.values(),
        "memberships": someone.memberships.current().select_related("team").order_by("team__name"),
        "open_sessions": signed_in,
        "second_step": _("Second step is set up.") if someone.has_second_factor else _("No second step yet."),
        "waits": someone.is_active and not someone.has_usable_password(),
        "can_end_sessions": signed_in and is_other,
        "can_reset": someone.has_second_factor and is_other,
        "can_close": someone.is_active and is_other,
        "can_open": not someone.is_active,
    }


def get_person(user_id: str) -> User:
    return get_object_or_404(with_second_factor(User.objects.all()), pk=user_id)


def attempt(request: HttpRequest, done: str, act: Callable[[], object]) -> None:
    """Do it and say so, or say in plain words why it was not done."""
    try:
        act()
    except AccountsError as declined:
        messages.warning(request, declined.message)
    else:
        messages.success(request, done)


@role_required(ADMINISTRATOR)
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            new = services.invite(**form.cleaned_data, by=request.user, link=link_for(request))
        except AccountsError as declined:
            form.add_error("email", declined.message)
        else:
            messages.success(request, _("The invitation is on its way. It can be used for seven days."))
            return redirect("accounts:person", new.pk)
    context = {"form": form, "roles": ROLES.values()}
    return render(request, "accounts/invite.html", context)


def link_for(request: HttpRequest) -> services.Link:
    return lambda token: request.build_absolute_uri(reverse("accounts:accept_invitation", args=[token]))


@role_required(ADMINISTRATOR)
@require_POST
def invite_again(request: HttpRequest, user_id: str) -> HttpResponse:
    someone = get_person(user_id)
    attempt(
        request,
        _("A new invitation is on its way; earlier ones no longer work."),
        lambda: services.resend_invitation(user=someone, by=request.user, link=link_for(request)),
    )
    return redirect("accounts:person", user_id)


@role_required(ADMINISTRATOR)
def deactivate(request: HttpRequest, user_id: str) -> HttpResponse:
    """A page of its own, since what it does is felt at once."""
    someone = get_person(user_id)
    if request.method == "POST":
        attempt(
            request,
            _("The account is closed."),
            lambda: services.deactivate(user=someone, by=request.user),
        )
        return redirect("accounts:person", user_id)
    return render(request, "accounts/deactivate.html", {"person": someone})


@role_required(ADMINISTRATOR)
@require_POST
def reactivate(request: HttpRequest, user_id: str) -> HttpResponse:
    someone = get_person(user_id)
    attempt(
        request, _("The account is open again."), lambda: services.reactivate(user=someone, by=request.user)
    )
    return redirect("accounts:person", user_id)


@role_required(ADMINISTRATOR)
def reset_second_factor(request: HttpRequest, user_id: str) -> HttpResponse:
    someone = get_person(user_id)
    if request.method == "POST":
        attempt(
            request,
            _("They will set up a new second step at their next sign-in."),
            lambda: services.reset_second_factor(user=someone, by=request.user),
        )
        return redirect("accounts:person", user_id)
    return render(request, "accounts/reset_second_factor.html", {"person": someone})


@role_required(ADMINISTRATOR)
@require_POST
def end_sessions(request: HttpRequest, user_id: str) -> HttpResponse:
    someone = get_person(user_id)
    attempt(
        request,
        _("They are signed out everywhere."),
        lambda: services.end_sessions(user=someone, by=request.user),
    )
    return redirect("accounts:person", user_id)
