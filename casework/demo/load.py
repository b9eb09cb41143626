"""Writes the agency in parts of some hundred cases, each from its own seed: the same seed
gives the same agency, whatever the number of processes that write it."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from random import Random

from django.db import connections, transaction
from django.utils import timezone

from casework.codes import ALPHABET, LENGTH
from casework.demo import followups, harm
from casework.demo.agency import Agency, Crew, new_id
from casework.demo.life import SERVICES, Life, at_work, live
from casework.demo.person import pick
from casework.demo.reach import agree
from casework.demo.rows import Rows
from casework.models import AnonymousContact, Case

A_PART = 400  # cases written together
CODES = len(ALPHABET) ** LENGTH
STRIDE = 97_654_321  # shares no factor with CODES: walks through all codes before one repeats
# How busy the months are: holidays and high summer are quiet, what follows them is not.
BUSY = (1.15, 1.0, 1.05, 1.0, 1.1, 0.9, 0.65, 0.8, 1.2, 1.15, 1.0, 0.6)
CONTACTS = {"call": 70, "text": 14, "visit": 8, "email": 5, "outreach": 3}


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    cases: int
    seed: int
    now: datetime
    months: int = 18
    thin: bool = False
    processes: int = 1
    beside: int = 0  # cases that were there before

    def chance(self, what: object) -> Random:
        """Each part of the agency has a die of its own; beside other cases it falls otherwise."""
        return Random(f"{self.seed}/{self.beside}/{what}")

    @property
    def began(self) -> datetime:
        return self.now - timedelta(days=30.44 * self.months)

    @property
    def parts(self) -> list[range]:
        return [range(at, min(at + A_PART, self.cases)) for at in range(0, self.cases, A_PART)]


def load(order: Order, agency: Agency, taken: frozenset[str] = frozenset()) -> Iterator[int]:
    """Write every case; yields how many are done."""
    done = 0
    if order.processes == 1:
        for part in order.parts:
            done += write_part(order, agency, part, taken)
            yield done
        return
    connections.close_all()  # each process opens its own
    with ProcessPoolExecutor(order.processes, mp_context=get_context("fork")) as pool:
        waiting = [pool.submit(write_part, order, agency, part, taken) for part in order.parts]
        for each in waiting:
            done += each.result()
            yield done


def write_part(order: Order, agency: Agency, part: range, taken: frozenset[str]) -> int:
    rng, rows = order.chance(part.start), Rows()
    for index in part:
        crew = agency.crews[index % len(agency.crews)]
        life = Life(rng, agency, crew, rows, rich=not order.thin)
        live(life, code=code_of(order.seed, index, taken), opened_at=a_busy_moment(rng, order))
        harm.add_history(life)
        agree(life)
        followups.agree(life)
        if rng.random() < 0.35:
            rows.add(anonymous_contact(rng, crew, a_busy_moment(rng, order)))
    with transaction.atomic():
        rows.write()
    return len(part)


def code_of(seed: int, index: int, taken: frozenset[str]) -> str:
    number = (seed * 7_919 + index + 1) * STRIDE % CODES
    while True:
        code = _spelled(number)
        if code not in taken:
            return code
        number = (number + 1) % CODES


def _spelled(number: int) -> str:
    letters = ""
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters


def a_busy_moment(rng: Random, order: Order) -> datetime:
    """A working hour between the agency's first day and now, quiet months kept quiet."""
    while True:
        day = order.began + (order.now - order.began) * rng.random()
        moment = at_work(rng, day)
        weekend = 0.3 if timezone.localtime(moment).weekday() >= 5 else 1.0
        if rng.random() * 1.2 < BUSY[timezone.localtime(moment).month - 1] * weekend and moment < order.now:
            return moment


def anonymous_contact(rng: Random, crew: Crew, at: datetime) -> AnonymousContact:
    return AnonymousContact(
        id=new_id(rng),
        team=crew.team,
        happened_on=timezone.localdate(at),
        kind=pick(rng, CONTACTS),
        minutes=rng.choice((5, 10, 10, 15, 20, 30, 45)),
        victimisations=sorted(rng.sample(("V02", "V10", "V22", "V01"), k=rng.choice((0, 1, 1, 2)))),
        services=sorted({pick(rng, SERVICES) for _ in range(rng.choice((1, 1, 2)))}),
        taken_by=rng.choices(crew.advocates, crew.shares)[0],
        created_at=at,
    )


def codes_in_use() -> frozenset[str]:
    return frozenset(Case.objects.values_list("code", flat=True))
