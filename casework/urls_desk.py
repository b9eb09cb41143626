"""The advocate's desk: the day, the caseload, search, the first call, drafts."""

from django.urls import include, path

from casework.views import drafts, intake, my_cases, search, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("my-cases/", my_cases.my_cases, name="my_cases"),
    path("search/", search.search, name="search"),
    # The first contact
    path("intake/", intake.intake, name="intake"),
    path("intake/anonymous/", intake.intake_anonymous, name="intake_anonymous"),
    path("intake/hint/", intake.intake_hint, name="intake_hint"),
    # What was left unfinished
    path("drafts/", drafts.draft_list, name="drafts"),
    path("drafts/save/", drafts.draft_save, name="draft_save"),
    path("drafts/throw-away/", drafts.draft_throw_away, name="draft_throw_away"),
    # A page of a case, with the questions of the intake
    path("cases/<code:code>/person/", include("casework.urls_person")),
]
