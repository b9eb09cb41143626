"""Safety plans of the made-up people: kept, kept until a day, only the fact, a copy and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from casework.demo.agency import Agency, new_id
from casework.demo.person import pick
from casework.models import Assignment, Case, Keeping, PlanCopy, PlanErasure, SafetyPlan
from casework.plan_text import Item, Part, PlanText
from vault import keys

CASES_EACH = 6
WAYS = {"open": 34, "until": 22, "fact": 18, "copy": 16, "erased": 10}
FORMS = {"letter": 40, "card": 40, "screen": 20}
SAID = {
    "signs": ("The keys on the table and no word.", "Sundays before payday. My stomach knows first."),
    "during": (
        "Not the kitchen. The bathroom window opens to the yard.",
        "I say I need bread, and go down.",
    ),
    "no_contact": ("Messages go to the other phone. I read them on Tuesdays, with Kim.", "I do not answer."),
    "children": ("They know the word. They go to the neighbor and stay there.",),
    "places": ("The side door at work. The guard has a photo.", "Another way home on Fridays."),
    "technology": ("New mail address from the library first, then the passwords.",),
    "emotional": ("Walk, music, call Kim even when it is late.", "None of this is my doing."),
    "animals": ("The cat can go to Kim at any hour.",),
}
ITEMS = {
    "people": (
        Item("Kim, nights too", "Kim", "everything"),
        Item("School office", "", "who may pick up"),
    ),
    "bag": (Item("Papers, as photos in the new mail"), Item("Spare keys", "Kim", "that they are spare keys")),
}


@dataclass
class Written:
    plans: list[SafetyPlan] = field(default_factory=list)
    copies: list[PlanCopy] = field(default_factory=list)
    erasures: list[PlanErasure] = field(default_factory=list)


def safety_plans(_rng: Random, agency: Agency) -> None:
    """A die of its own, so that the rest of the agency falls as before."""
    written, seen = Written(), set()
    for crew in agency.crews:
        for user in crew.advocates:
            for number, case in enumerate(each for each in _cases_of(user) if each.pk not in seen):
                seen.add(case.pk)
                rng = Random(f"plans/{case.code}")
                _plan(rng, written, case, user, _way(rng, number), agency.now)
    keys.create_keys(plan.pk for plan in written.plans if plan.text)
    SafetyPlan.objects.bulk_create(written.plans)
    PlanCopy.objects.bulk_create(written.copies)
    PlanErasure.objects.bulk_create(written.erasures)


def _cases_of(user: User) -> Iterable[Case]:
    current = Assignment.objects.current().filter(user=user).select_related("case__client")
    return [each.case for each in current.order_by("started_at", "pk")[:CASES_EACH]]


def _way(rng: Random, number: int) -> str:
    """Each advocate's first two show the most: several versions, and a copy of nothing kept."""
    return {0: "open", 1: "copy"}.get(number) or pick(rng, WAYS)


def _plan(rng: Random, written: Written, case: Case, by: User, way: str, now: datetime) -> None:
    since = max(case.opened_at, now - timedelta(days=150))
    moments = sorted(since + (now - since) * rng.random() for _ in range(rng.randint(2, 3)))
    if way == "copy":
        written.copies.append(_copy(rng, case, by, moments[-1], None))
        return
    plans = [_version(rng, case, by, way, number, at, now) for number, at in enumerate(moments, 1)]
    if way == "fact":
        plans = plans[:1]
    if way == "erased":
        written.erasures.append(
            PlanErasure(
                id=new_id(rng), case=case, case_code=case.code, why="date", versions=len(plans), done_at=now
            )
        )
    if way in ("open", "until"):
        written.copies.append(_copy(rng, case, by, moments[-1], plans[-1]))
    written.plans += plans


def _version(
    rng: Random, case: Case, by: User, way: str, number: int, at: datetime, now: datetime
) -> SafetyPlan:
    keeping = {"fact": Keeping.FACT, "open": Keeping.OPEN}.get(way, Keeping.UNTIL)
    plan = SafetyPlan(id=new_id(rng), case=case, number=number, keeping=keeping, made_by=by)
    plan.made_on, plan.created_at = timezone.localdate(at), at
    if way == "until":
        plan.keep_until = timezone.localdate(now) + timedelta(days=30 + 5 * (number_of(case) % 20))
    if way == "erased":
        plan.keep_until, plan.erased_at = timezone.localdate(now), now
    if way in ("open", "until"):
        plan.text = _text(rng, number).as_json()
        plan.review_on = timezone.localdate(now) + timedelta(days=rng.randint(10, 60))
    return plan


def _text(rng: Random, number: int) -> PlanText:
    chosen = sorted(rng.sample(sorted(SAID), min(2 + number, len(SAID))))
    parts = [Part(key, rng.choice(SAID[key])) for key in chosen]
    parts += [Part(key, "", items) for key, items in ITEMS.items() if rng.random() < 0.7]
    return PlanText(tuple(parts), review_words="after the hearing" if rng.random() < 0.3 else "")


def _copy(rng: Random, case: Case, by: User, at: datetime, plan: SafetyPlan | None) -> PlanCopy:
    form = pick(rng, FORMS)
    where = "none" if form == "screen" else rng.choice(("paper", "photo", "person"))
    language = "es" if case.client.language == "es" or plan is None else "en"
    return PlanCopy(
        id=new_id(rng), case=case, plan=plan, form=form, where_kept=where, language=language,
        made_at=at, made_by=by,
    )  # fmt: skip


def number_of(case: Case) -> int:
    """The same for every version of one case."""
    return sum(map(ord, case.code))
