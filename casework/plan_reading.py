"""What stands about safety plans in one case, as far as the reader's standing opens it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from casework.access import Standing
from casework.models import Case, Keeping, PlanCopy, PlanErasure, SafetyPlan
from casework.plan_text import PlanText
from casework.templatetags.house import local


@dataclass(frozen=True)
class Version:
    """One version as it is shown. ``text`` is empty when none is kept, or none for this reader."""

    plan: SafetyPlan
    text: PlanText
    kept: str  # how long, as a sentence
    review: str
    closed: bool = False  # from before a hand-over

    @property
    def day(self) -> date:
        return self.plan.made_on


class PlanReading:
    def __init__(self, case: Case, standing: Standing) -> None:
        self.case, self.standing = case, standing

    @cached_property
    def plans(self) -> list[SafetyPlan]:
        rows = list(self.case.safety_plans.select_related("made_by").order_by("-number"))
        for row in rows:
            row.case = self.case
        return rows

    @cached_property
    def readable(self) -> list[SafetyPlan]:
        """Versions whose text is kept and open to this reader."""
        return [plan for plan in self.plans if plan.holds_text() and self.opens(plan)]

    @property
    def newest(self) -> SafetyPlan | None:
        return self.plans[0] if self.plans else None

    @property
    def newest_number(self) -> int:
        return self.plans[0].number if self.plans else 0

    @property
    def newest_facts(self) -> str:
        """How long it is kept and when they want to look again; opens no key."""
        newest = self.newest
        return f"{kept(newest)} {review(newest, PlanText())}".strip() if newest else ""

    @property
    def last_copy(self) -> PlanCopy | None:
        return self.copies[0][0] if self.copies else None

    def opens(self, plan: SafetyPlan) -> bool:
        since = self.standing.reads_since
        return since is None or plan.created_at >= since

    def version(self, plan: SafetyPlan) -> Version:
        opens = self.opens(plan)
        text = plan.words() if opens else PlanText()
        return Version(plan, text, kept(plan), review(plan, text), closed=plan.holds_text() and not opens)

    @cached_property
    def copies(self) -> list[tuple[PlanCopy, str]]:
        rows = self.case.plan_copies.select_related("made_by").order_by("-made_at", "id")
        return [(row, copied(row)) for row in rows]

    @cached_property
    def erasures(self) -> list[tuple[PlanErasure, str]]:
        if not any(plan.erased_at for plan in self.plans):
            return []
        rows = self.case.plan_erasures.select_related("done_by").order_by("-done_at", "id")
        return [(row, erased(row)) for row in rows]


def kept(plan: SafetyPlan) -> str:
    if plan.keeping == Keeping.FACT:
        return _("Only the fact that you planned is kept.")
    if not plan.holds_text():
        return _("The text is erased.")
    if plan.keep_until:
        return _("Kept until %(day)s.") % {"day": local(plan.keep_until)}
    return _("Kept while the case is open.")


def review(plan: SafetyPlan, text: PlanText) -> str:
    """Never a deadline: what they said about looking at it again."""
    if plan.review_on and text.review_words:
        facts = {"when": local(plan.review_on), "words": text.review_words}
        return _("They wanted to look at it again around %(when)s (%(words)s).") % facts
    if plan.review_on:
        return _("They wanted to look at it again around %(when)s.") % {"when": local(plan.review_on)}
    if text.review_words:
        return _("They wanted to look at it again: %(words)s.") % {"words": text.review_words}
    return ""


def copied(copy: PlanCopy) -> str:
    if copy.form == PlanCopy.Form.SCREEN:
        return str(copy.get_form_display())
    language = str(get_language_info(copy.language)["name_translated"])
    return " · ".join((str(copy.get_form_display()), language, str(copy.get_where_kept_display())))


def erased(erasure: PlanErasure) -> str:
    how_many = ngettext("%(n)d version", "%(n)d versions", erasure.versions) % {"n": erasure.versions}
    return _("Text erased (%(how_many)s): %(why)s.") % {
        "how_many": how_many,
        "why": erasure.get_why_display(),
    }
