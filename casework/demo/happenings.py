"""What is going on in the agency right now, so that every page has something to show.

The past is written like everything else in the demo, in bulk; what happens today goes
through the real services and is in the trail under the names of those who did it.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVOCATE, PRIVACY
from audit import trail
from casework.demo import followups, papers, plans, releases, sentences
from casework.demo.agency import Agency, Crew, new_id
from casework.models import Assignment, Case, CaseFile, Cover, EmergencyAccess, Erasure, Grant, Wall
from casework.services import assignments, drafts, erasure, grants
from vault import files as store

FILES = 40


def add_happenings(rng: Random, agency: Agency) -> None:
    for happening in HAPPENINGS:
        happening(rng, agency)


def past_covers(rng: Random, agency: Agency) -> None:
    """Holidays and sick days of the last year, long over."""
    covers = []
    for crew in agency.crews:
        for user in crew.advocates:
            first = timezone.localdate(agency.now) - timedelta(days=rng.randint(30, 400))
            covers.append(
                Cover(
                    id=new_id(rng),
                    away=user,
                    covering=rng.choice([other for other in crew.advocates if other != user]),
                    first_day=first,
                    last_day=first + timedelta(days=rng.choice((0, 1, 4, 9, 13))),
                    created_by=crew.supervisors[0],
                    created_at=agency.now - timedelta(days=410),
                )
            )
    Cover.objects.bulk_create(covers)


def absences_now(rng: Random, agency: Agency) -> None:
    """The demo's advocate covers for a colleague; somebody else is away with nobody covering."""
    first, today = agency.crews[0], timezone.localdate(agency.now)
    supervisor = first.supervisors[0]
    plans = (
        (first.advocates[2], first.advocates[0], -2, 5),
        (agency.crews[1].advocates[3], None, -1, 1),
        (agency.crews[1].advocates[1], agency.crews[1].advocates[4], 12, 19),
    )
    with trail.acting(user=supervisor):
        for away, covering, start, end in plans:
            grants.plan_absence(
                away=away,
                covering=covering,
                first_day=today + timedelta(days=start),
                last_day=today + timedelta(days=end),
                by=supervisor,
            )


def a_day_now(rng: Random, agency: Agency) -> None:
    """Agreed days of the demo's advocate that are open at this hour."""
    advocate = agency.crews[0].advocates[0]
    with trail.acting(user=advocate):
        followups.a_day(rng, advocate, agency.now)


def handovers_now(rng: Random, agency: Agency) -> None:
    """Two cases were handed to the demo's advocate and wait to be read."""
    crew = agency.crews[0]
    receiver, supervisor = crew.advocates[0], crew.supervisors[0]
    walled = {wall.client_id for wall in Wall.objects.filter(user=receiver)}
    possible = [case for case in _open_in(crew, besides=receiver) if case.client_id not in walled]
    for case in possible[:2]:
        with trail.acting(user=supervisor):
            assignments.hand_over(
                case=case, to=receiver, by=supervisor, handover_note=rng.choice(sentences.HANDOVER)
            )


def drafts_now(rng: Random, agency: Agency) -> None:
    """Two notes somebody began and did not finish."""
    writer = agency.first(ADVOCATE)
    for case in _open_cases_of(writer)[3:5]:
        begun = sentences.note(rng, "They", length=2)[:-20]
        with trail.acting(user=writer):
            drafts.save_draft(
                by=writer, key="note", fields={"text": [begun], "kind": ["conversation"]}, case=case
            )


def emergencies(rng: Random, agency: Agency) -> None:
    """One night in the past, looked at since; one an hour old, waiting for the privacy officer."""
    north, south = agency.crews[0], agency.crews[1]
    for case in _open_in(south)[:1]:
        _past_emergency(rng, agency, case, by=north.advocates[4])
    for case in _open_in(north)[:1]:
        _emergency_now(case, by=south.advocates[5])


def _emergency_now(case: Case, *, by: User) -> None:
    with trail.acting(user=by):
        grants.open_emergency(
            code=case.code,
            reason="They are on the line at night, their advocate is not, and I need to know what is safe.",
            by=by,
        )


def _past_emergency(rng: Random, agency: Agency, case: Case, *, by: User) -> None:
    asked_at = agency.now - timedelta(days=16, hours=5)
    grant = Grant(
        id=new_id(rng),
        case=case,
        user=by,
        kind=Grant.Kind.EMERGENCY,
        starts_at=asked_at,
        ends_at=asked_at + grants.EMERGENCY_LENGTH,
        ended_at=asked_at + grants.EMERGENCY_LENGTH,
        given_by=by,
    )
    access = EmergencyAccess(
        id=new_id(rng),
        grant=grant,
        user=by,
        asked_at=asked_at,
        reason="They came to the door after hours and asked for the address of their new place.",
        reviewed_at=asked_at + timedelta(hours=11),
        reviewed_by=agency.first(PRIVACY),
        finding=EmergencyAccess.Finding.FITTING,
        review_words="Talked about with both. The right thing to do.",
    )
    Grant.objects.bulk_create([grant])
    EmergencyAccess.objects.bulk_create([access])


def consultation(rng: Random, agency: Agency) -> None:
    crew, other = agency.crews[0], agency.crews[1]
    for case in _open_cases_of(crew.advocates[0])[1:2]:
        with trail.acting(user=crew.supervisors[0]):
            grants.invite_to_consult(
                case=case,
                user=other.advocates[2],
                until=timezone.localdate(agency.now) + timedelta(days=6),
                by=crew.supervisors[0],
            )


def files(rng: Random, agency: Agency) -> None:
    """Small letters and forms, encrypted like any other."""
    cases = [case for crew in agency.crews for user in crew.advocates for case in _open_cases_of(user)[:4]]
    kept = []
    for case in rng.sample(cases, min(FILES, len(cases))):
        paper = papers.make(rng)
        row = CaseFile(
            id=new_id(rng),
            case=case,
            name=paper.name,
            about=paper.about,
            content_type=paper.content_type,
            added_by=rng.choice(_crew_of(agency, case).advocates),
            created_at=max(case.opened_at, agency.now - timedelta(days=rng.uniform(1, 200))),
        )
        row.size = store.store([paper.body], owner=case.client_id, file_id=row.id).size
        kept.append(row)
    CaseFile.objects.bulk_create(kept)


def erasures(rng: Random, agency: Agency) -> None:
    """Somebody asked to be forgotten, and was; somebody else asked and it waits."""
    supervisor, officer = agency.crews[0].supervisors[0], agency.first(PRIVACY)
    closed = Case.objects.filter(status=Case.Status.CLOSED, team=agency.crews[0].team)
    for number, case in enumerate(closed.order_by("code")[:2]):
        with trail.acting(user=supervisor):
            asked = erasure.ask_erasure(case=case, why=Erasure.Why.ASKED, by=supervisor)
        if number == 0:
            with trail.acting(user=officer):
                erasure.carry_out(erasure=asked, by=officer)


def _open_in(crew: Crew, besides: User | None = None) -> list[Case]:
    return [case for user in crew.advocates if user != besides for case in _open_cases_of(user)]


def _open_cases_of(user: User) -> list[Case]:
    """Longest open first, and only those with a key still."""
    current = Assignment.objects.current().filter(user=user).select_related("case__client", "case__team")
    return [each.case for each in current.order_by("started_at", "pk")]


def _crew_of(agency: Agency, case: Case) -> Crew:
    return next(crew for crew in agency.crews if crew.team.pk == case.team_id)


HAPPENINGS: tuple[Callable[[Random, Agency], None], ...] = (
    past_covers,
    absences_now,
    handovers_now,
    a_day_now,
    drafts_now,
    emergencies,
    consultation,
    files,
    plans.safety_plans,
    releases.releases,
    erasures,
)
