"""Pages of one case: its referrals, and finding support for it."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from referrals.views import referrals

FINDING = "referrals.urls_case_finding"

urlpatterns: list[URLPattern | URLResolver] = [
    # referrals/
    path("referrals/", referrals.referral_list, name="referrals"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<uuid:referral>/", referrals.referral_one, name="referral"),
    path("referrals/<uuid:referral>/edit/", referrals.referral_edit, name="referral_edit"),
    path("referrals/<uuid:referral>/step/", referrals.referral_step, name="referral_step"),
    path("referrals/<uuid:referral>/send/", referrals.referral_send, name="referral_send"),
    path("referrals/<uuid:referral>/end/", referrals.referral_end, name="referral_end"),
    path("referrals/<uuid:referral>/event/", referrals.referral_event, name="referral_event"),
    path("referrals/<uuid:referral>/asking/", referrals.referral_asking, name="referral_asking"),
    # support/
    *([path("", include(FINDING))] if find_spec(FINDING) else []),
]
