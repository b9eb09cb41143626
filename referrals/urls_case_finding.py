"""Under ``/cases/<code>/support/``: finding support for a case, and the sheet for them."""

from django.urls import path

from referrals.views import finding, sheet

urlpatterns = [
    path("support/", finding.case_find_support, name="case_find_support"),
    path("support/sheet/", sheet.case_support_sheet, name="case_support_sheet"),
    path("support/<uuid:place>/", finding.case_support_entry, name="case_support_entry"),
]
