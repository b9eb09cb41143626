"""Being in touch, on their terms, under ``/cases/<code>/``."""

from django.urls import path

from casework.views import contact, followup

urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("contact/result/", contact.contact_attempt, name="contact_attempt"),
    path("contact/word/", contact.contact_code_word, name="contact_code_word"),
    path("contact/attempts/<uuid:attempt>/strike/", contact.attempt_strike, name="attempt_strike"),
    path("follow-up/", followup.followup, name="followup"),
    path("follow-up/pause/", followup.followup_pause, name="followup_pause"),
    path("follow-up/resume/", followup.followup_resume, name="followup_resume"),
    path("follow-up/<uuid:occurrence>/calendar/", followup.followup_ics, name="followup_ics"),
]
