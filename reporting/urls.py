"""Under /reports/: months and their exact figures, and supervisors' own."""

from datetime import date

from django.urls import path, register_converter

from reporting.views import months, team, upkeep


class MonthConverter:
    """``2026-11`` in an address is the first day of that month."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", months.report_months, name="report_months"),
    path("settings/", upkeep.report_settings, name="report_settings"),
    path("settings/<slug:list_key>/", upkeep.report_list, name="report_list"),
    path("team/", team.team_figures, name="team_figures"),
    path("<month:month>/", months.report_month, name="report_month"),
    path("<month:month>/close/", months.report_month_close, name="report_month_close"),
    path("<month:month>/missing/", months.report_missing, name="report_missing"),
]
