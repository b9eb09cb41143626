"""The only writers of the contact history and of what it rests on.

Both only grow. Nothing is edited: an entry made in error is struck, with what came with
it, and can be brought back. The same form sent twice is one entry.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from casework.harm_choices import Contact, Precision, State
from casework.models import Case, HarmContact, RestsOn
from casework.services.writing import locked, restore, strike
from clients.models import PersonWhoHarmed


@dataclass(frozen=True)
class Said:
    """What was said about one area."""

    area: str
    state: str
    words: str = ""
    looking_since: date | None = None


@transaction.atomic
def write_entry(
    *,
    case: Case,
    by: User,
    value: str,
    happened_on: date,
    precision: str = Precision.DAY,
    person: PersonWhoHarmed | None = None,
    words: str = "",
    rests: Iterable[Said] = (),
    entry_id: UUID | None = None,
) -> HarmContact:
    """One more entry, with what was said about what it rests on. Any value, after any value."""
    case = locked(case)
    facts: dict[str, Any] = {
        "value": Contact(value).value,
        "happened_on": kept_day(happened_on, precision),
        "precision": precision,
        "person_id": of_client(person, case),
        "words": words,
    }
    entry_id = entry_id or uuid4()
    entry: HarmContact | None = sent_before(HarmContact.objects.filter(pk=entry_id), case, by, facts)
    if entry is None:
        taken = HarmContact.objects.filter(pk=entry_id).exists()
        entry = HarmContact.objects.create(
            id=uuid4() if taken else entry_id, case=case, written_by=by, **facts
        )
        trail.record("harm_contact.added", case=case, obj=entry)
    _say(case, by, rests, entry_id, entry.happened_on, precision, entry)
    return entry


@transaction.atomic
def write_rests(
    *,
    case: Case,
    by: User,
    said_on: date,
    rests: Iterable[Said],
    precision: str = Precision.DAY,
    form_id: UUID | None = None,
) -> list[RestsOn]:
    """What it rests on, with no change of contact. Raises ``NotPossible`` when nothing was said."""
    case, rests = locked(case), list(rests)
    if not rests:
        raise NotPossible(_("Choose what is so now for at least one of them."))
    return _say(case, by, rests, form_id or uuid4(), kept_day(said_on, precision), precision, None)


def _say(
    case: Case,
    by: User,
    rests: Iterable[Said],
    form_id: UUID,
    said_on: date,
    precision: str,
    entry: HarmContact | None,
) -> list[RestsOn]:
    written = []
    for said in rests:
        facts = {**asdict(said), "state": State(said.state).value, "said_on": said_on, "precision": precision}
        own_id = uuid5(form_id, said.area)
        if sent_before(RestsOn.objects.filter(pk=own_id), case, by, facts):
            continue
        own_id = uuid4() if RestsOn.objects.filter(pk=own_id).exists() else own_id
        row = RestsOn.objects.create(id=own_id, case=case, entry=entry, written_by=by, **facts)
        trail.record("rests_on.added", case=case, obj=row)
        written.append(row)
    return written


def kept_day(day: date, precision: str) -> date:
    return day.replace(day=1) if precision == Precision.MONTH else day


def of_client(person: PersonWhoHarmed | None, case: Case) -> UUID | None:
    if person is not None and person.client_id != case.client_id:
        raise NotPossible(_("Choose somebody from this case."), field="person")
    return person.pk if person else None


def sent_before(same_id: Any, case: Case, by: User, facts: dict[str, Any]) -> Any:
    """The record a form made when it was sent first. Other facts under its id are another record."""
    record = same_id.first()
    if record is None or record.case_id != case.pk or record.written_by_id != by.pk:
        return None
    return record if all(getattr(record, name) == value for name, value in facts.items()) else None


@transaction.atomic
def look_for_support(*, rest: RestsOn, by: User, looking: bool, on: date | None = None) -> RestsOn:
    """They want support with what is at stake, or no longer: one more dated row, the words kept."""
    case = locked(rest.case)
    rest = RestsOn.objects.select_for_update().select_related("case").get(pk=rest.pk)
    if rest.struck_at or rest.state != State.AT_STAKE:
        raise NotPossible(_("This is not at stake now."))
    if bool(rest.looking_since) == looking:
        return rest
    day = max(on or timezone.localdate(), rest.said_on)
    since = day if looking else None
    said = Said(rest.area, rest.state, rest.words, since)
    return _say(case, by, [said], uuid4(), day, Precision.DAY, None)[0]


# --- Entered in error -------------------------------------------------------------------------


@transaction.atomic
def strike_entry(*, entry: HarmContact, by: User) -> None:
    """With what came with it; both carry the same moment, so that both come back together."""
    case = locked(entry.case)
    entry = HarmContact.objects.select_for_update().select_related("case").get(pk=entry.pk)
    if strike(entry):
        _mark(entry, None, entry.struck_at)
        trail.record("harm_contact.changed", case=case, obj=entry, details={"entered_in_error": True})


@transaction.atomic
def restore_entry(*, entry: HarmContact, by: User) -> None:
    case = locked(entry.case)
    entry = HarmContact.objects.select_for_update().select_related("case").get(pk=entry.pk)
    struck_at = entry.struck_at
    if restore(entry):
        _mark(entry, struck_at, None)
        trail.record("harm_contact.changed", case=case, obj=entry, details={"brought_back": True})


def _mark(entry: HarmContact, before: datetime | None, after: datetime | None) -> None:
    for row in entry.rests_on.filter(struck_at=before):
        row.struck_at = after
        row.save(update_fields=["struck_at"])


@transaction.atomic
def strike_rest(*, rest: RestsOn, by: User) -> None:
    case = locked(rest.case)
    rest = RestsOn.objects.select_for_update().select_related("case").get(pk=rest.pk)
    if strike(rest):
        trail.record("rests_on.changed", case=case, obj=rest, details={"entered_in_error": True})


@transaction.atomic
def restore_rest(*, rest: RestsOn, by: User) -> None:
    """Raises ``NotPossible`` while the entry it came with is struck."""
    case = locked(rest.case)
    rest = RestsOn.objects.select_for_update(of=("self",)).select_related("case", "entry").get(pk=rest.pk)
    if rest.entry and rest.entry.struck_at:
        raise NotPossible(_("Bring back the entry it came with."))
    if restore(rest):
        trail.record("rests_on.changed", case=case, obj=rest, details={"brought_back": True})
