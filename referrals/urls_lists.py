"""Referrals across cases: my own, my teams', and what was asked for and not had."""

from django.urls import path

from referrals.views import my_referrals, unmet

urlpatterns = [
    path("referrals/", my_referrals.my_referrals, name="my_referrals"),
    path("referrals/team/", my_referrals.team_referrals, name="team_referrals"),
    path("unmet/", unmet.unmet_needs, name="unmet_needs"),
]
