"""Safety plans for tests, made through the service."""

from casework.plan_text import Item, Part, PlanText
from casework.services import safety_plans

SIGNS, CARD = "Keys on the table, no word", "A bag at Rosa's"


def words(*parts, review=""):
    """``words(("signs", "…"), ("bag", "…"))``; two parts unless some are given."""
    given = parts or (("signs", SIGNS), ("bag", CARD))
    return PlanText(tuple(Part(key, text) for key, text in given), review_words=review)


def with_items(key="people", *items):
    return PlanText((Part(key, "", tuple(Item(*item) for item in items)),))


def a_plan(case, by, *, keeping="open", text=None, **facts):
    seen = facts.pop("seen", safety_plans.newest_number(case))
    text = None if keeping == "fact" else text or words()
    return safety_plans.keep_plan(case=case, by=by, keeping=keeping, text=text, seen=seen, **facts)
