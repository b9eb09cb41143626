"""Made-up clients: most questions answered by some, by nobody all of them."""

from datetime import date, datetime
from random import Random
from typing import Any

from casework.demo import words
from casework.demo.agency import new_id
from clients.choices import Disability, Gender, Language, Power, Unanswered
from clients.models import AGE_FLOORS, Client, PersonWhoHarmed

BANDS = {"0-6": 1, "7-10": 1, "11": 1, "12": 1, "13-17": 9, "18-24": 22, "25-49": 48, "50-59": 7, "60+": 4}
RACES = {"white": 46, "latino": 20, "black": 18, "native": 4, "asian": 4, "mena": 2, "pacific": 1, "other": 3}
RELATIONS = {
    "partner": 24, "ex_partner": 26, "parent": 9, "family": 7, "employer": 4, "colleague": 3, "landlord": 2,
    "community": 6, "acquaintance": 11, "stranger": 4,
}  # fmt: skip
UNANSWERED = Unanswered.values


def pick(rng: Random, weights: dict[str, int], unanswered: float = 0.0) -> str:
    if rng.random() < unanswered:
        return rng.choice(UNANSWERED)
    return rng.choices(list(weights), list(weights.values()))[0]


def make_client(rng: Random, at: datetime) -> Client:
    spanish = rng.random() < 0.13
    client = Client(id=new_id(rng), created_at=at, **_names(rng, spanish=spanish))
    client.age_band = pick(rng, BANDS, 0.12)
    if rng.random() < 0.3:
        client.birth_date = _birth_date(rng, client.age_band, at.date())
    client.race = _several(rng, RACES, 0.15)
    client.gender = pick(rng, {Gender.WOMAN: 80, Gender.MAN: 12, Gender.NON_BINARY: 6, Gender.OTHER: 2}, 0.08)
    client.language = "es" if spanish else pick(rng, {"en": 90, **dict.fromkeys(Language.values, 1)}, 0.1)
    client.interpreter = "yes" if client.language not in {"en", *UNANSWERED} else pick(rng, {"no": 1}, 0.4)
    client.disability = _several(rng, {"none": 60, **dict.fromkeys(Disability.values[1:], 6)}, 0.3)
    client.county = rng.choice(words.COUNTIES) if rng.random() < 0.85 else rng.choice(UNANSWERED)
    return client


def _names(rng: Random, *, spanish: bool) -> dict[str, Any]:
    """Some give a name, some only what to call them, some neither."""
    first = rng.choice(words.FIRST_SPANISH if spanish else words.FIRST)
    told = rng.random()
    if told < 0.06:
        return {"name_answer": rng.choice(UNANSWERED)}
    given: dict[str, Any] = {"alias": first, "name_answer": rng.choice(UNANSWERED)}
    if told > 0.45:
        given |= {"name": f"{first} {rng.choice(words.LAST)}", "name_answer": "given"}
        given["alias"] = first if rng.random() < 0.5 else ""
    if rng.random() < 0.6:
        given["phones"] = [f"({rng.randint(201, 989)}) 555-01{rng.randint(0, 99):02}"]
    if rng.random() < 0.3:
        given["pronouns"] = rng.choice(words.PRONOUNS)
    if rng.random() < 0.25:
        given["address"] = f"{rng.randint(1, 99)} {rng.choice(words.STREETS)}"
    if rng.random() < 0.08:
        given["access_needs"] = "A ground-floor room, and time to read things over."
    return given


def _birth_date(rng: Random, band: str, day: date) -> str:
    floors = {value.value: floor for floor, value in AGE_FLOORS}
    if band not in floors:
        return ""
    nexts = sorted(floors.values())
    floor = floors[band]
    above = next((each for each in nexts if each > floor), 75)
    years = rng.randint(floor, above - 1)
    return date(day.year - years - 1, 12, rng.randint(1, 28)).isoformat() if day.month < 12 else ""


def _several(rng: Random, weights: dict[str, int], unanswered: float) -> list[str]:
    if rng.random() < unanswered:
        return [rng.choice(UNANSWERED)]
    chosen = {pick(rng, weights) for _ in range(rng.choices((1, 2), (88, 12))[0])}
    return sorted(chosen - {"none"}) or ["none"]


def make_harm(rng: Random, client: Client) -> PersonWhoHarmed:
    powers = rng.sample(Power.values, k=rng.choices((0, 1, 2, 3), (15, 40, 30, 15))[0])
    return PersonWhoHarmed(
        id=new_id(rng),
        client=client,
        relation=pick(rng, RELATIONS, 0.1),
        powers=sorted(powers) or [rng.choice(UNANSWERED)],
        created_at=client.created_at,
    )
