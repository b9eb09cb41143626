"""The months: which are closed, closing one, what is missing before that, and exact figures after."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import role_required
from accounts.roles import REPORTING, SUPERVISOR
from audit import trail
from casework.exceptions import NotPossible
from casework.templatetags.house import local
from reporting import reading
from reporting.models import Figures, Form, Month
from reporting.quality import Gap, Quality
from reporting.services import months as closing
from reporting.spans import Span


@role_required(REPORTING)
@require_safe
def report_months(request: HttpRequest) -> HttpResponse:
    """The strip of months, by fiscal year."""
    found = list(Month.objects.all())
    strip = reading.years(found, reading.starts_of_the_agency(), reading.today())
    ready = [month for month in reversed(found) if month.state == Month.State.PROPOSED]
    trail.record("report.list")
    return render(request, "reporting/months.html", {"years": strip, "ready": ready[:1], "any": bool(found)})


@role_required(REPORTING)
@require_safe
def report_month(request: HttpRequest, month: date) -> HttpResponse:
    found = get_object_or_404(Month.objects.select_related("closed_by"), first=month)
    if request.htmx and found.state != Month.State.CLOSING:
        return HttpResponse(headers={"HX-Refresh": "true"})  # counted while somebody watched
    context: dict[str, Any] = {"month": found, "name": local(month, "month"), "state": _state(found)}
    if found.state == Month.State.CLOSING:
        context["progress"] = _progress(found)
        if request.htmx:
            return render(request, "reporting/_progress.html", context)
    elif found.is_closed:
        context |= _figures(found, request.GET.get("of", ""))
        details = {"month": f"{month:%Y-%m}", "edition": context["edition"].key if context["edition"] else ""}
        trail.record("report.read", obj=found, details=details)
    else:
        context["gaps"] = _gaps(_quality(request, found), found)
    return render(request, "reporting/month.html", context)


@role_required(REPORTING)
@require_http_methods(["GET", "HEAD", "POST"])
def report_month_close(request: HttpRequest, month: date) -> HttpResponse:
    """Asks once more, since a closed month stays as it is."""
    found = get_object_or_404(Month, first=month)
    if request.method == "POST":
        try:
            closing.close(month=found, by=request.user)
            messages.success(request, _("The month is being counted."))
        except NotPossible as error:
            messages.warning(request, str(error))
        return redirect("report_month", month=month)
    if found.state != Month.State.PROPOSED:
        return redirect("report_month", month=month)
    back = reverse("report_month", args=[month])
    return render(
        request, "reporting/close.html", {"month": found, "name": local(month, "month"), "back_url": back}
    )


@role_required(REPORTING, SUPERVISOR)
@require_safe
def report_missing(request: HttpRequest, month: date) -> HttpResponse:
    """Counts for the reporting role; for a supervisor their own cases, with links."""
    found = get_object_or_404(Month, first=month)
    quality = _quality(request, found)
    gaps = [] if found.is_closed else _gaps(quality, found)
    context = {
        "month": found,
        "name": local(month, "month"),
        "gaps": gaps,
        "counts_all": quality.sees_all_counts,
    }
    return render(request, "reporting/missing.html", context)


# --- Parts -----------------------------------------------------------------------------------------


def _quality(request: HttpRequest, month: Month) -> Quality:
    return Quality(month.first, request.user, closing.chosen().first_month or month.first)


def _gaps(quality: Quality, month: Month) -> list[Gap]:
    """With an entry that says which cases were shown, to whoever may see any."""
    gaps = quality.gaps()
    shown = sorted({case.code for gap in gaps for case in gap.cases})
    trail.record("report.quality", obj=month, details={"month": f"{month.first:%Y-%m}", "cases": shown})
    return gaps


def _state(month: Month) -> dict[str, Any]:
    kind, text, icon = reading.STATES[month.state]
    return {"kind": kind, "text": text, "icon": icon}


def _progress(month: Month) -> dict[str, Any]:
    return {
        "percent": month.step * 100 // month.steps if month.steps else 0,
        "url": reverse("report_month", args=[month.first]),
    }


def _figures(month: Month, wanted: str) -> dict[str, Any]:
    """One edition at a time, in tabs; the first when nothing else was asked for."""
    editions = reading.editions_of(month)
    edition = next((each for each in editions if each.key == wanted), editions[0] if editions else None)
    if edition is None:
        return {"edition": None, "tables": [], "tabs": []}
    figures = list(Figures.objects.filter(month=month, form=edition.form, span=edition.span))
    tabs = [{"text": each.text, "url": f"?of={each.key}", "current": each == edition} for each in editions]
    quarter = edition.form == Form.OVC and edition.span == Span.QUARTER
    return {
        "edition": edition,
        "tabs": tabs,
        "tables": reading.tables(figures),
        "period": _period(figures[0]),
        "findings": reading.checks(figures) if quarter else [],
        "is_pmt": quarter,
        "not_tracked": reading.not_tracked(edition.form),
    }


def _period(figures: Figures) -> str:
    first, last = local(figures.first, "month"), local(figures.last, "month")
    return first if first == last else f"{first} – {last}"
