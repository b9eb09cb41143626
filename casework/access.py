"""The door: who may see a case, who may write in it, and nothing else.

Access comes from an open assignment, from supervising the case's team, or from a dated
grant in force (cover, consultation, emergency). A wall beats all of these and hides that
the case exists. No branch for superusers: there are none.

``visible`` is the one set anyone lists, searches, counts or exports from. ``CaseDoor``
stands before every URL with a case code in it, whichever app serves the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts import second_factor
from accounts.models import TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from audit.errors import TrailUnavailable
from casework import errors
from casework.models import Assignment, Case, CaseUserPermission, Grant, Note, Wall
from vault.errors import KeyDestroyed, KeyStoreUnavailable

if TYPE_CHECKING:
    from casework.models.case import CaseQuerySet

READING = frozenset({"GET", "HEAD", "OPTIONS"})
VIEW, CHANGE, SUPERVISE = "view_case", "change_case", "supervise_case"
View = TypeVar("View", bound=Callable[..., HttpResponse])


class CaseRequest(HttpRequest):
    """A request that came through the door."""

    user: User
    case: Case
    standing: "Standing"


# --- The rule as sets -------------------------------------------------------------------


def works_with_cases(user: User) -> bool:
    """Active staff with a role that meets clients. Other roles see no case, whatever is on file."""
    return bool(user.is_authenticated and user.is_active and user.has_role(ADVOCATE, SUPERVISOR))


def visible(cases: "CaseQuerySet", user: User, at: datetime | None = None) -> "CaseQuerySet":
    """``cases`` that ``user`` may see at ``at`` (aware; now by default)."""
    if not works_with_cases(user):
        return cases.none()
    assigned = Assignment.objects.current().filter(case=OuterRef("pk"), user=user)
    granted = granted_to(user, at or timezone.now()).filter(
        content_object=OuterRef("pk"), permission__codename=VIEW
    )
    reasons = Q(Exists(assigned)) | Q(Exists(granted))
    if user.has_role(SUPERVISOR):
        reasons |= Q(Exists(supervision_of(user).filter(team=OuterRef("team_id"))))
    return cases.filter(~walled_off(user, "client_id"), reasons)


def walled_off(user: User, client: str) -> Exists:
    """True for rows whose client (at the path ``client``) is behind a wall from ``user``."""
    return Exists(Wall.objects.standing().filter(user=user, client=OuterRef(client)))


def supervision_of(user: User) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.current().filter(user=user, supervises=True)


def granted_to(user: User, at: datetime) -> QuerySet[CaseUserPermission]:
    """guardian's rows of ``user`` whose grant is in force at ``at``."""
    return CaseUserPermission.objects.filter(
        user=user, grant__starts_at__lte=at, grant__ends_at__gt=at, grant__ended_at=None
    )


def caseload_of(user: User) -> QuerySet[Assignment]:
    """The open assignments of ``user`` that are not behind a wall: the daily path."""
    if not works_with_cases(user):
        return Assignment.objects.none()
    return Assignment.objects.current().filter(~walled_off(user, "case__client_id"), user=user)


def supervised_teams(user: User) -> list[Any]:
    """Ids of the teams ``user`` supervises now."""
    if not (user.is_active and user.has_role(SUPERVISOR)):
        return []
    return list(supervision_of(user).values_list("team_id", flat=True))


def record_list(event: str, cases: Iterable[Case], **details: Any) -> None:
    """One trail entry for a whole list: which cases were shown."""
    trail.record(event, details={"cases": [case.code for case in cases], **details})


# --- The rule for one case ----------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Why somebody stands inside a case, and what follows from it."""

    user: User
    assignment: Assignment | None
    supervises: bool
    grants: tuple[Grant, ...] = ()
    granted_change: bool = False

    @property
    def can_write(self) -> bool:
        return bool(self.assignment or self.supervises or self.granted_change)

    @property
    def is_emergency(self) -> bool:
        return not self.can_write and any(grant.kind == Grant.Kind.EMERGENCY for grant in self.grants)

    @property
    def reads_since(self) -> datetime | None:
        """Narrative written before this moment stays closed; ``None`` means all of it is open.

        A cover reads what the covered advocate reads; emergency and consultation read all.
        """
        if self.supervises:
            return None
        if self.assignment:
            return None if self.assignment.sees_earlier else self.assignment.started_at
        since = [self._covered_since(grant) for grant in self.grants]
        return None if None in since else min((moment for moment in since if moment), default=None)

    def _covered_since(self, grant: Grant) -> datetime | None:
        if grant.cover is None:
            return None
        covered = Assignment.objects.current().filter(case=grant.case_id, user=grant.cover.away_id).first()
        if covered is None:  # the assignment has just ended: nothing earlier stays open by mistake
            return grant.starts_at
        return None if covered.sees_earlier else covered.started_at

    def allows(self, permission: str) -> bool:
        if permission == SUPERVISE:
            return self.supervises
        return self.can_write if permission == CHANGE else True


def standing_of(user: User, case: Case, at: datetime | None = None) -> Standing:
    """For a ``case`` already fetched from ``visible``."""
    at = at or timezone.now()
    rows = list(granted_to(user, at).filter(content_object=case).select_related("grant__cover", "permission"))
    return Standing(
        user=user,
        assignment=Assignment.objects.current().filter(case=case, user=user).first(),
        supervises=user.has_role(SUPERVISOR) and supervision_of(user).filter(team=case.team_id).exists(),
        grants=tuple({row.grant_id: row.grant for row in rows}.values()),
        granted_change=any(row.permission.codename == CHANGE for row in rows),
    )


def readable_notes(case: Case, standing: Standing) -> QuerySet[Note]:
    """The notes of ``case`` open to this reader.

    "Kept to me and my supervisor" means its author and the team's supervisors; notes from
    before a hand-over are open only if the supervisor said so.
    """
    notes = case.notes.all()
    if not standing.supervises:
        notes = notes.filter(Q(kept_close=False) | Q(author=standing.user))
    if standing.reads_since:
        notes = notes.filter(created_at__gte=standing.reads_since)
    return notes


def needs(permission: str) -> Callable[[View], View]:
    """A view that asks for another permission than its method implies."""

    def declare(view: View) -> View:
        view.case_permission = permission  # type: ignore[attr-defined]
        return view

    return declare


# --- The door itself -----------------------------------------------------------------------


class CaseDoor:
    """Takes ``code`` out of the URL and puts ``request.case`` and ``request.standing`` in.

    A stranger, a walled colleague and a wrong code get the same 404; a reader who may not
    write gets 403; a trail or a key store that does not answer gives 503 and no content.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if "code" not in kwargs:
            return None
        try:
            enter(cast(CaseRequest, request), kwargs.pop("code"), permission_for(request, view))
        except (TrailUnavailable, KeyStoreUnavailable):
            return errors.unavailable(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """``KeyDestroyed``: erased while the page was being read; asked again, it says so."""
        if isinstance(exception, TrailUnavailable | KeyStoreUnavailable | KeyDestroyed):
            return errors.unavailable(request)
        return None


def permission_for(request: HttpRequest, view: Any) -> str:
    implied = VIEW if request.method in READING else CHANGE
    return getattr(view, "case_permission", implied)


def enter(request: CaseRequest, code: str, permission: str) -> None:
    """Let the request through to the case, or raise ``Http404`` or ``PermissionDenied``."""
    case = find(request, code)
    standing = standing_of(request.user, case)
    if not standing.allows(permission):
        trail.record("case.write", case=case, outcome="refused")
        raise PermissionDenied
    request.case, request.standing = case, standing
    record_entry(request, case)


def find(request: CaseRequest, code: str) -> Case:
    cases = Case.objects.select_related("client", "team")
    if second_factor.passed(request):
        case = cases.visible_to(request.user).filter(code=code).first()
        if case is not None:
            return case
    hidden = cases.filter(code=code).first()
    trail.record("case.read", case=hidden, outcome="refused")
    raise Http404


def record_entry(request: CaseRequest, case: Case) -> None:
    """Every look is on record; parts of a page recorded in the last minute write nothing more."""
    recent = f"read:{request.user.pk}:{case.pk}"
    if request.method not in READING:
        trail.record("case.write", case=case)
    elif not (request.headers.get("HX-Request") and cache.get(recent)):
        trail.record("case.read", case=case, details={"as": why(request.standing)})
        cache.set(recent, True, 60)


def why(standing: Standing) -> str:
    """The path that opened the door, for the trail."""
    if standing.assignment:
        return "assignment"
    if standing.supervises:
        return "team"
    return standing.grants[0].kind
