"""What was asked for and not had: counts of people with small numbers withheld. No case, no client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR, REPORTING, SUPERVISOR
from audit import trail
from referrals import small_numbers, unmet


@role_required(SUPERVISOR, REPORTING, ADMINISTRATOR)
@require_safe
def unmet_needs(request: HttpRequest) -> HttpResponse:
    years = unmet.years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    address = reverse("unmet_needs")
    context = {
        "year": year,
        "needs": unmet.of_year(year),
        "tabs": [{"text": str(one), "url": f"{address}?year={one}", "current": one == year} for one in years],
        "k": small_numbers.threshold(),
    }
    trail.record("unmet.list", details={"year": year})
    return render(request, "referrals/lists/unmet.html", context)
