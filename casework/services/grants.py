"""The one place where guardian's rows are written and deleted, with the grant they belong to.

Days are the agency's: a grant until a day holds to the last moment of that day in the
agency's zone, and one that nobody sweeps away opens nothing after it all the same.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ADVOCATE, PRIVACY, SUPERVISOR
from audit import trail
from casework import mail
from casework.exceptions import NotPossible
from casework.models import Assignment, Case, CaseUserPermission, Cover, EmergencyAccess, Grant, Wall

EMERGENCY_LENGTH = timedelta(hours=2)
GUESSES, GUESSING = 5, timedelta(hours=1)  # codes are short enough to say, so they could be tried
DOUBLE_CLICK = timedelta(minutes=1)
LONGEST_CONSULTATION = timedelta(days=31)
FARTHEST_ABSENCE = timedelta(days=366)
READ = ("view_case",)
READ_AND_WRITE = ("view_case", "change_case")


# --- Days -----------------------------------------------------------------------------------


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def day_starts(day: date) -> datetime:
    """The first moment of ``day`` in the agency's zone, in UTC.

    A midnight that a change of clocks leaves out becomes the moment of the change; of one
    that comes twice, the first.
    """
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


# --- Grants and guardian's rows -------------------------------------------------------------


def _open_grant(
    *,
    case: Case,
    user: User,
    kind: Grant.Kind,
    starts_at: datetime,
    ends_at: datetime,
    codenames: tuple[str, ...],
    by: User,
    cover: Cover | None = None,
) -> Grant:
    grant = Grant.objects.create(
        case=case, user=user, kind=kind, starts_at=starts_at, ends_at=ends_at, given_by=by, cover=cover
    )
    for permission in _permissions(codenames):
        CaseUserPermission.objects.create(permission=permission, user=user, content_object=case, grant=grant)
    trail.record(f"grant.{kind}", case=case, obj=user, details={"until": ends_at.isoformat()})
    return grant


def _permissions(codenames: tuple[str, ...]) -> list[Permission]:
    of_case = ContentType.objects.get_for_model(Case)
    return list(Permission.objects.filter(content_type=of_case, codename__in=codenames))


def _close_grant(grant: Grant, *, at: datetime | None = None, event: str = "grant.ended") -> None:
    grant.ended_at = at or timezone.now()
    grant.save(update_fields=["ended_at"])
    grant.permissions.all().delete()
    trail.record(event, case=grant.case, obj=grant.user)


def _locked_grants(grants: "QuerySet[Grant]") -> "QuerySet[Grant]":
    return grants.filter(ended_at=None).select_for_update(of=("self",)).select_related("case", "user")


@transaction.atomic
def end_grant(*, grant: Grant, by: User) -> None:
    """From now on it opens nothing. Ending it twice is fine."""
    for still_open in _locked_grants(Grant.objects.filter(pk=grant.pk)):
        _close_grant(still_open)


@transaction.atomic
def end_expired(*, at: datetime | None = None) -> int:
    """Sweep grants that have run out: they open nothing any more, this removes their rows."""
    gone = list(_locked_grants(Grant.objects.filter(ends_at__lte=at or timezone.now())))
    for grant in gone:
        _close_grant(grant, at=grant.ends_at, event="grant.expired")
    return len(gone)


# --- Cover for a dated absence --------------------------------------------------------------


@transaction.atomic
def plan_absence(*, away: User, covering: User | None, first_day: date, last_day: date, by: User) -> Cover:
    """``away`` is absent on the agency's days ``first_day`` to ``last_day``, both included.

    While it lasts, ``covering`` reads and writes in the cases assigned to ``away`` (walls
    stand; "kept to me and my supervisor" stays so). Raises ``NotPossible`` naming the field.
    """
    _check_absence(away, covering, first_day, last_day)
    cover = Cover.objects.create(
        away=away, covering=covering, first_day=first_day, last_day=last_day, created_by=by
    )
    trail.record("absence.added", obj=away)
    _sync(cover, by=by)
    return cover


def _check_absence(away: User, covering: User | None, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise NotPossible(_("The last day lies before the first day."), field="last_day")
    if last_day < today():
        raise NotPossible(_("These days have gone by."), field="last_day")
    if last_day > today() + FARTHEST_ABSENCE:
        raise NotPossible(_("Choose days within a year; please check the year."), field="last_day")
    if covering == away:
        raise NotPossible(_("Choose somebody else to cover."), field="covering")
    if covering and not works_with_cases(covering):
        raise NotPossible(_("This person does not work with cases at the moment."), field="covering")


def check_days_are_free(away: User, covering: User | None, first_day: date, last_day: date) -> None:
    """Asked by the page before it plans. Overlapping covers do no harm (what they open adds up),
    but they are nearly always a double click or a slip. Raises ``NotPossible``."""
    absences = Cover.objects.filter(ended_at=None, first_day__lte=last_day, last_day__gte=first_day)
    if absences.filter(away=away).exists():
        sentence = _("Some of these days are written down already. Choose others, or end that absence.")
        raise NotPossible(sentence, field="first_day")
    if covering and absences.filter(away=covering).exists():
        sentence = _("%(name)s is away on some of these days. Choose somebody else, or two shorter times.")
        raise NotPossible(sentence % {"name": covering.name}, field="covering")


def works_with_cases(user: User) -> bool:
    return user.is_active and user.has_role(ADVOCATE, SUPERVISOR)


@transaction.atomic
def end_absence(*, cover: Cover, by: User) -> None:
    """Back early, or it was a mistake: the covering colleague stops seeing the cases now."""
    cover = Cover.objects.select_for_update(of=("self",)).select_related("away").get(pk=cover.pk)
    if cover.ended_at is None:
        cover.ended_at = timezone.now()
        cover.save(update_fields=["ended_at"])
        trail.record("absence.ended", obj=cover.away)
        _sync(cover, by=by)


def sync_covers_of(user: User, *, by: User) -> None:
    """After an assignment of ``user`` began or ended: their covers follow."""
    _sync_all(Cover.objects.filter(away=user), by=by)


def sync_covers_by(user: User, *, by: User) -> None:
    """After a wall before ``user`` was lifted: what they cover follows."""
    _sync_all(Cover.objects.filter(covering=user), by=by)


def _sync_all(covers: QuerySet[Cover], *, by: User) -> None:
    """Locked, so that a cover planned or ended meanwhile is seen as it stands."""
    standing = covers.filter(ended_at=None, last_day__gte=today())
    for cover in standing.select_for_update(of=("self",)).select_related("covering"):
        _sync(cover, by=by)


def _sync(cover: Cover, *, by: User) -> None:
    """Make the open grants of ``cover`` those of the absent colleague's open assignments."""
    wanted = _covered_cases(cover)
    standing = {grant.case_id: grant for grant in _locked_grants(cover.grants.all())}
    for case_id, grant in standing.items():
        if case_id not in wanted:
            _close_grant(grant)
    for case_id, case in wanted.items():
        if case_id not in standing:
            _cover_case(cover, case, by=by)


def _covered_cases(cover: Cover) -> dict[UUID, Case]:
    if cover.ended_at or not cover.covering:
        return {}
    walls = Wall.objects.standing().filter(user=cover.covering).values("client")
    current = Assignment.objects.current().filter(user=cover.away_id).exclude(case__client__in=walls)
    return {assignment.case_id: assignment.case for assignment in current.select_related("case")}


def _cover_case(cover: Cover, case: Case, *, by: User) -> None:
    """Never from before now: the account of who could open a case must be true."""
    assert cover.covering is not None  # noqa: S101 - _covered_cases asked
    _open_grant(
        case=case,
        user=cover.covering,
        kind=Grant.Kind.COVER,
        starts_at=max(day_starts(cover.first_day), timezone.now()),
        ends_at=day_starts(cover.last_day + timedelta(days=1)),
        codenames=READ_AND_WRITE,
        by=by,
        cover=cover,
    )


# --- Consultation ----------------------------------------------------------------------------


@transaction.atomic
def invite_to_consult(*, case: Case, user: User, until: date, by: User) -> Grant:
    """A colleague reads along until the end of the agency's day ``until``; they write nothing."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if until < today():
        raise NotPossible(_("Choose today or a later day."), field="until")
    if until > today() + LONGEST_CONSULTATION:
        raise NotPossible(_("Choose a day within a month; you can invite them again."), field="until")
    if not works_with_cases(user) or _walled(case, user):
        raise NotPossible(_("%(name)s cannot be asked about this case.") % {"name": user.name}, field="user")
    if Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise NotPossible(_("%(name)s can open this case already.") % {"name": user.name}, field="user")
    return _open_grant(
        case=case,
        user=user,
        kind=Grant.Kind.CONSULTATION,
        starts_at=timezone.now(),
        ends_at=day_starts(until + timedelta(days=1)),
        codenames=READ,
        by=by,
    )


def _walled(case: Case, user: User) -> bool:
    return Wall.objects.standing().filter(client=case.client_id, user=user).exists()


# --- Emergency access -------------------------------------------------------------------------


def open_emergency(*, code: str, reason: str, by: User, link: str = "") -> EmergencyAccess:
    """Two hours of reading a case that is not theirs; the reason is kept, others are told at once.

    A wrong code and a case behind a wall give the same answer after the same questions.
    Raises ``NotPossible``; the entry about that is written outside the transaction, so that
    it stays. ``link`` is where the people told of it look.
    """
    if trail.turned_away("grant.asked", user=by, since=timezone.now() - GUESSING) >= GUESSES:
        raise NotPossible(
            _("Several codes did not fit. Ask a supervisor, or try again in an hour."), field="code"
        )
    walls = Wall.objects.standing().filter(user=by).values("client")
    case = Case.objects.filter(code=code).exclude(client__in=walls).first()
    if case is None or not works_with_cases(by):
        hidden = Case.objects.filter(code=code).first()
        trail.record("grant.asked", case=hidden, outcome="refused")
        raise NotPossible(_("There is no case with this code."), field="code")
    return _open_emergency(case=case, reason=reason, by=by, link=link)


@transaction.atomic
def _open_emergency(*, case: Case, reason: str, by: User, link: str) -> EmergencyAccess:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a double click is one access
    now = timezone.now()
    just_now = EmergencyAccess.objects.filter(
        user=by, grant__case=case, grant__ended_at=None, asked_at__gt=now - DOUBLE_CLICK
    ).first()
    if just_now:
        return just_now
    grant = _open_grant(
        case=case,
        user=by,
        kind=Grant.Kind.EMERGENCY,
        starts_at=now,
        ends_at=now + EMERGENCY_LENGTH,
        codenames=READ,
        by=by,
    )
    access = EmergencyAccess.objects.create(grant=grant, user=by, reason=reason, asked_at=now)
    _tell(case, besides=by, link=link)
    return access


def _tell(case: Case, *, besides: User, link: str) -> None:
    """It stands on their review page from this moment; the letter only says to look there."""
    people = told_of_emergency(case, besides=besides)
    trail.record("grant.told", case=case, details={"people": [str(person.pk) for person in people]})
    transaction.on_commit(partial(mail.something_to_look_at, people, link))


def told_of_emergency(case: Case, *, besides: User) -> list[User]:
    """Who hears of it at once: the team's supervisors and every privacy officer."""
    walled = Wall.objects.standing().filter(client=case.client_id).values("user")
    supervising = Q(
        roles__contains=f"|{SUPERVISOR}|",
        memberships__team=case.team_id,
        memberships__supervises=True,
        memberships__ended_at=None,
    )
    people = User.objects.active().filter(supervising | Q(roles__contains=f"|{PRIVACY}|"))
    return list(people.exclude(pk__in=walled).exclude(pk=besides.pk).distinct().order_by("name", "pk"))


@transaction.atomic
def review_emergency(*, access: EmergencyAccess, finding: str, words: str, by: User) -> None:
    """Somebody other than the asker says what they found. Raises ``NotPossible``."""
    locked = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("grant__case")
    access = locked.get(pk=access.pk)
    if access.user_id == by.pk:
        raise NotPossible(_("Somebody else has to look at your own emergency access."))
    if access.reviewed_at is not None:
        raise NotPossible(_("A colleague has looked at this already."))
    access.finding, access.review_words = finding, words
    access.reviewed_at, access.reviewed_by = timezone.now(), by
    access.save(update_fields=["finding", "review_words", "reviewed_at", "reviewed_by"])
    trail.record("grant.reviewed", case=access.grant.case, details={"finding": finding})
