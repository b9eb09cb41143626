"""Releases of the made-up people: holding, soon over, taken back, over, half written; and what left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.demo.agency import Agency, Crew, new_id
from casework.models import Assignment, Case, PlanCopy
from clients.models import CompelledRelease, Disclosure, Release
from clients.releases import end_of

CASES_EACH = 6
HOLDS, SOON, TAKEN_BACK, OVER, WRITING = "holds", "soon", "taken back", "over", "writing"
STATES = (HOLDS, SOON, TAKEN_BACK, HOLDS, WRITING, OVER)
TO = (
    ("Heron Legal Help", "the intake desk", "a first talk about papers for the court", "agency"),
    ("Birch House", "Ms. Plover", "a room from next week on", "agency"),
    ("Alder Clinic", "", "an appointment without waiting in the hall", "agency"),
    ("Wren Osprey", "teacher", "to know who may pick up", "person"),
    ("Linden Job Center", "the morning course", "a place in the course", "agency"),
)
SAID = {
    "name": "K., as they want to be called",
    "phone": "Only the number of the other phone",
    "safe_contact": "Tuesdays from ten to noon; ask for the library",
    "language": "Spanish, with an interpreter",
    "needs": "A room for two, near the school",
    "children": "One, nine years old",
    "order": "There is an order; it stands until spring",
}
STROKES = [
    [[70, 130], [90, 60], [110, 140], [130, 70], [160, 120], [220, 90], [300, 110]],
    [[310, 60], [312, 64]],
]


@dataclass
class Written:
    releases: list[Release] = field(default_factory=list)
    compelled: list[CompelledRelease] = field(default_factory=list)
    left: list[Disclosure] = field(default_factory=list)


def releases(_rng: Random, agency: Agency) -> None:
    """A die of its own, so that the rest of the agency falls as before."""
    written, seen = Written(), set()
    for crew in agency.crews:
        for user in crew.advocates:
            for number, case in enumerate(each for each in _cases_of(user) if each.pk not in seen):
                seen.add(case.pk)
                _release(Random(f"releases/{case.code}"), written, case, user, STATES[number], agency.now)
        _required(written, crew, agency.now)
    for copy in PlanCopy.objects.select_related("case__client", "made_by"):
        _left(written, copy.case, copy.made_by, copy.made_at, source="plan_copy", source_id=copy.pk,
              kept=copy.where_kept, means="in_person")  # fmt: skip
    Release.objects.bulk_create(written.releases)
    CompelledRelease.objects.bulk_create(written.compelled)
    Disclosure.objects.bulk_create(written.left)


def _cases_of(user: User) -> Iterable[Case]:
    held = Assignment.objects.current().filter(user=user).select_related("case__client")
    return [each.case for each in held.order_by("-started_at", "pk")[:CASES_EACH]]


def _release(rng: Random, written: Written, case: Case, by: User, state: str, now: datetime) -> None:
    release = _prepared(rng, case, by, now)
    written.releases.append(release)
    if state == WRITING:
        return
    ago, lasts = {HOLDS: (6, 30), SOON: (25, 30), TAKEN_BACK: (12, 30), OVER: (45, 30)}[state]
    signed_at = max(now - timedelta(days=ago), case.opened_at)
    _sign(release, by, signed_at, lasts)
    facts = {"recipient_name": release.recipient_name, "items": release.items, "said": release.said}
    sent_at = min(signed_at + timedelta(hours=2), now)
    _left(
        written, case, by, sent_at, basis="release", release=release, means=release.means[0],
        source="by_hand", **facts,
    )  # fmt: skip
    if state == TAKEN_BACK:
        release.revoked_at = release.revoked_recorded_at = max(now - timedelta(days=1), sent_at)
        release.revoked_by, release.revoked_words = by, "Themselves, by phone."


def _prepared(rng: Random, case: Case, by: User, now: datetime) -> Release:
    name, about, purpose, kind = rng.choice(TO)
    items = sorted(rng.sample(list(SAID), k=rng.randint(2, 4)))
    facts: dict[str, Any] = {
        "recipient_kind": kind,
        "recipient_name": name,
        "recipient_about": about,
        "purpose": purpose,
        "items": items,
        "said": {item: SAID[item] for item in items},
        "exclusions": rng.choice(("", "Where they stay.")),
        "means": sorted(rng.sample(("phone", "email", "in_person"), k=rng.randint(1, 2))),
        "language": rng.choice(("en", "es")),
        "created_at": now,
    }
    return Release(id=new_id(rng), client=case.client, case_code=case.code, created_by=by, **facts)


def _sign(release: Release, by: User, at: datetime, lasts: int) -> None:
    release.last_day = timezone.localdate(at) + timedelta(days=lasts)
    release.created_at = release.statement_shown_at = at - timedelta(minutes=20)
    release.statement = release.language
    release.signed_how, release.signature = "drawn", {"strokes": STROKES}
    release.signed_at = release.starts_at = at
    release.signed_with = by
    release.expires_at = end_of(release.last_day, timezone.get_default_timezone())


def _left(written: Written, case: Case, by: User, at: datetime, **facts: Any) -> None:
    own_id = new_id(Random(f"left/{case.code}/{len(written.left)}"))
    facts = {"basis": "herself", "made_at": at, "recorded_at": at, **facts}
    written.left.append(Disclosure(id=own_id, client=case.client, case_code=case.code, by=by, **facts))


def _required(written: Written, crew: Crew, now: datetime) -> None:
    """One in each team, so that a supervisor sees what such a record looks like."""
    case = Case.objects.open().filter(team=crew.team).select_related("client").order_by("code").first()
    supervisor = next(iter(crew.supervisors), None)
    if case is None or supervisor is None:
        return
    at = max(now - timedelta(days=9), case.opened_at)
    facts: dict[str, Any] = {
        "kind": "subpoena",
        "mandate_on": timezone.localdate(at),
        "issued_by": "Elm County Court",
        "reference": "26-0117",
        "what": "The days of two letters.",
        "counsel_asked_on": timezone.localdate(at),
        "counsel_words": "Asked the court to narrow it first; then the two days and nothing else.",
        "attempts": "Rang on a safe Tuesday; talked it over.",
        "was_told": True,
        "steps": "The address was left out, and the court sealed the page.",
        "created_at": at,
    }
    own_id = new_id(Random(f"required/{case.code}"))
    made = CompelledRelease(
        id=own_id, client=case.client, case_code=case.code, decided_by=supervisor, **facts
    )
    written.compelled.append(made)
    _left(
        written, case, supervisor, at, basis="compelled", compelled=made, recipient_name="Elm County Court",
        items=["documents"], said={"documents": "The days of two letters"}, means="letter",
        source="compelled", source_id=own_id,
    )  # fmt: skip
