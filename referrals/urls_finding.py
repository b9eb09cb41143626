"""Finding support, without a case: words travel by POST."""

from django.urls import path

from referrals.views import finding

urlpatterns = [
    path("support/", finding.find_support, name="find_support"),
    path("support/<uuid:place>/", finding.support_entry, name="support_entry"),
]
