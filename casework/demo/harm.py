"""Made-up contact histories: back and forth, as most are, with what they rest on, and some orders."""

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import User
from casework.case_timeline import noon
from casework.demo.agency import new_id
from casework.demo.person import pick
from casework.harm_choices import Area, Contact, OrderKind, Precision, Served, State
from casework.models import Breach, CourtOrder, HarmContact, RestsOn, RiskRecord
from clients.models import PersonWhoHarmed

if TYPE_CHECKING:
    from casework.demo.life import Life

VALUES: dict[str, int] = {
    Contact.NONE_CHOSEN: 24, Contact.NONE_ORDERED: 10, Contact.LIMITED: 18, Contact.PREPARING: 14,
    Contact.IN_CONTACT: 16, Contact.WEIGHING: 14, Contact.NOT_TALKED: 4,
}  # fmt: skip
STATES: dict[str, int] = {State.NOT_AT_STAKE: 20, State.AT_STAKE: 38, State.ARRANGING: 22, State.IN_PLACE: 20}
AREAS: dict[str, int] = {
    Area.FAMILY: 9, Area.FRIENDS: 7, Area.INCOME: 10, Area.HOUSING: 14, Area.WORK: 6, Area.MEDICAL: 4,
    Area.CHILDREN: 10, Area.IMMIGRATION: 3, Area.TRANSPORT: 6, Area.PETS: 4, Area.FAITH: 2, Area.OTHER: 1,
}  # fmt: skip
TOOLS = {"da": 40, "lap": 20, "dash": 15, "odara": 10, "da_i": 5, "specss": 5}
WORDS = (
    "It is quieter now, and odd.",
    "For the children, at the hand-over, and nowhere else.",
    "I want to see how the holidays go first.",
    "Only by letter, and my aunt reads them before I do.",
    "I am not ready, and I am thinking about it.",
    "I picked up the phone. I wanted to.",
)
AREA_WORDS = {
    Area.HOUSING: "The lease is in the other name.",
    Area.INCOME: "One account, and I have no card for it.",
    Area.CHILDREN: "School stays the same, whatever else happens.",
    Area.FAMILY: "My mother thinks I should go back.",
    Area.PETS: "The dog comes along or I do not go.",
    Area.TRANSPORT: "The car is not mine.",
    Area.WORK: "We work in the same building.",
}
TERMS = ("No contact by phone, by message or through others; 100 yards from home and work.",)
IF_CONTACT = ("Go inside, call the neighbour, then decide about the police. Keep the messages.",)
COPIES = ("One with them, one at work, one in the car.", "With the neighbour and at the school.")
BREACHES = ("Three messages in the night.", "Stood across the street when school let out.")


def add_history(life: "Life") -> None:
    """By dice of its own, so that the rest of the agency falls as before."""
    people = life.rows.waiting[PersonWhoHarmed]
    if not (life.rich and people and people[-1].client_id == life.client.id):
        return
    rng, person, by = Random(f"{life.case.code}/contact"), people[-1], life.case.opened_by
    days = _days(rng, life)
    for number, day in enumerate(days):
        entry = _entry(rng, life, person, by, day)
        for area in _areas(rng, first=number == 0):
            life.rows.add(_rest(rng, entry, area))
    if days and rng.random() < 0.3:
        _order(rng, life, person, by, days[-1])
    if days and rng.random() < 0.2:
        life.rows.add(_risk(rng, life, by, days[0]))


def _days(rng: Random, life: "Life") -> list[date]:
    start, end = life.case.opened_at, life.case.closed_at or life.now
    many = rng.choices((0, 1, 2, 3, 5, 8), (20, 30, 22, 14, 10, 4))[0]
    spans = [rng.betavariate(0.9, 2.2) for _ in range(many)]
    return sorted({timezone.localdate(start + (end - start) * span) for span in spans})


def _written(rng: Random, life: "Life", day: date) -> dict[str, Any]:
    """Written down on that day, after the case was opened and not in the future."""
    return {"id": new_id(rng), "created_at": min(max(noon(day), life.case.opened_at), life.now)}


def _entry(rng: Random, life: "Life", person: PersonWhoHarmed, by: User, day: date) -> HarmContact:
    about = rng.random() < 0.2
    entry: HarmContact = life.rows.add(
        HarmContact(
            **_written(rng, life, day),
            case=life.case,
            person=person,
            value=pick(rng, VALUES),
            happened_on=day.replace(day=1) if about else day,
            precision=Precision.MONTH if about else Precision.DAY,
            words=rng.choice(WORDS) if rng.random() < 0.5 else "",
            written_by=by,
        )
    )
    return entry


def _areas(rng: Random, *, first: bool) -> list[str]:
    return sorted({pick(rng, AREAS) for _ in range(rng.randint(2, 6) if first else rng.randint(0, 3))})


def _rest(rng: Random, entry: HarmContact, area: str) -> RestsOn:
    state = pick(rng, STATES)
    looking = state == State.AT_STAKE and rng.random() < 0.4
    return RestsOn(
        id=new_id(rng),
        case=entry.case,
        entry=entry,
        area=area,
        state=state,
        said_on=entry.happened_on,
        precision=entry.precision,
        looking_since=entry.happened_on if looking else None,
        words=AREA_WORDS.get(Area(area), "") if rng.random() < 0.5 else "",
        written_by=entry.written_by,
        created_at=entry.created_at,
    )


def _order(rng: Random, life: "Life", person: PersonWhoHarmed, by: User, day: date) -> None:
    served = rng.choice(Served.values)
    order = life.rows.add(
        CourtOrder(
            **_written(rng, life, day),
            case=life.case,
            person=person,
            kind=rng.choice(OrderKind.values[:4]),
            terms=rng.choice(TERMS),
            issued_on=day,
            served=served,
            served_on=day + timedelta(days=2) if served == Served.YES else None,
            expires_on=day + timedelta(days=rng.choice((30, 90, 180, 365, 730)))
            if rng.random() < 0.85
            else None,
            copies=rng.choice(COPIES),
            told=rng.choice(("The school.", "")),
            if_contact=rng.choice(IF_CONTACT),
            written_by=by,
        )
    )
    if rng.random() < 0.3:
        life.rows.add(
            Breach(
                id=new_id(rng),
                order=order,
                happened_at=min(order.created_at + timedelta(days=9, hours=3), life.now),
                what=rng.choice(BREACHES),
                reported_to=rng.choice(("Police", "")),
                written_by=by,
                created_at=min(order.created_at + timedelta(days=10), life.now),
            )
        )


def _risk(rng: Random, life: "Life", by: User, day: date) -> RiskRecord:
    mine = rng.random() < 0.6
    return RiskRecord(
        **_written(rng, life, day),
        case=life.case,
        tool=pick(rng, TOOLS),
        tool_version=rng.choice(("2019", "")),
        assessed_on=day,
        assessor=by if mine else None,
        assessor_words="" if mine else "Officer on the scene",
        level=rng.choice(("Increased", "High", "Protocol referral", "Variable")),
        source="Done together" if mine else "Police report",
        shared=mine or rng.random() < 0.5,
        written_by=by,
    )
