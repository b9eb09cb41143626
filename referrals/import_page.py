"""An import in words: for its row in the list, its bar, and its page."""

from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from referrals.hsds.problems import REFUSALS, Problem, Refused
from referrals.hsds.staging import model_of
from referrals.hsds.tables import TABLES
from referrals.models import ImportJob

State = ImportJob.State
FIRST: Final = 50  # problems that stand open; the rest is folded
SIGNS: Final = {
    State.READY: ("look", "search"),
    State.APPLIED: ("safe", "check"),
    State.TURNED_AWAY: ("look", "message"),
    State.BROKEN: ("look", "message"),
}
STEPS: Final[dict[str, Promise]] = {
    "": gettext_lazy("Waiting for its turn"),
    "reading": gettext_lazy("Reading the package"),
    "comparing": gettext_lazy("Comparing it with the directory"),
    "writing": gettext_lazy("Writing the directory"),
    "indexing": gettext_lazy("Making it findable"),
}
KINDS: Final[dict[str, Promise]] = {
    "service": gettext_lazy("Service"),
    "organization": gettext_lazy("Organization"),
    "phone": gettext_lazy("Number"),
    "schedule": gettext_lazy("Hours"),
}


def row(job: ImportJob) -> dict[str, Any]:
    kind, icon = SIGNS.get(State(job.state), ("plain", "clock"))
    return {
        "url": reverse("import_job", args=[job.pk]),
        "source": job.source_name,
        "at": job.created_at,
        "by": job.created_by.name,
        "state": {"kind": kind, "icon": icon, "text": job.get_state_display()},
        "counts": in_short(job),
    }


def in_short(job: ImportJob) -> str:
    if not job.counts:
        return ""
    return _("%(new)s new, %(changed)s changed, %(gone)s no longer in it") % job.totals


def progress(job: ImportJob) -> dict[str, Any]:
    step = "indexing" if job.state == State.INDEXING else job.step
    rows = ngettext("%(count)s row read", "%(count)s rows read", job.rows) % {"count": f"{job.rows:,}"}
    return {
        "percent": job.percent,
        "step": STEPS.get(step, STEPS[""]),
        "rows": rows if job.rows else "",
        "url": reverse("import_progress", args=[job.pk]),
        "page": reverse("import_job", args=[job.pk]),
        "is_moving": job.is_moving,
    }


def shown(job: ImportJob) -> dict[str, Any]:
    problems = [Problem(**each) for each in job.problems]
    return {
        **row(job),
        "pk": job.pk,
        "file_name": job.file_name,
        "size": job.size,
        "decided_at": job.decided_at,
        "decided_by": job.decided_by.name if job.decided_by else "",
        "is_ready": job.state == State.READY,
        "is_applied": job.state == State.APPLIED,
        "progress": progress(job) if job.is_moving else None,
        "why_not": why_not(job),
        "version": job.version,
        "whole": job.whole,
        "totals": totals(job),
        "first": problems[:FIRST],
        "more": problems[FIRST:],
        "beyond": job.problem_count - len(problems),
        "problem_count": job.problem_count,
        "changed": [change(each) for each in job.examples.get("changed", [])],
        "new": job.examples.get("new", []),
        "gone": job.examples.get("gone", []),
    }


def totals(job: ImportJob) -> list[tuple[str, int]]:
    words = {
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("As before"),
        "gone": _("No longer in it"),
    }
    return [(words[name], number) for name, number in job.totals.items()] if job.counts else []


def why_not(job: ImportJob) -> str:
    code = job.refusal.get("code", "")
    return str(Refused(code, **job.refusal.get("values", {}))) if code in REFUSALS else ""


def change(told: dict[str, str]) -> dict[str, Any]:
    field = model_of(TABLES[told["kind"]])._meta.get_field(told["field"])
    return {**told, "kind": KINDS[told["kind"]], "field": getattr(field, "verbose_name", told["field"])}
