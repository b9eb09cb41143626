"""What keeps the house in order: emergency access and its review, erasing, funding sources."""

from django.urls import path

from casework.views import emergency, erasures, funding, wording

urlpatterns = [
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/reviews/", emergency.emergency_reviews, name="emergency_reviews"),
    path("emergency/reviews/<uuid:access>/", emergency.emergency_review, name="emergency_review"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:erasure>/carry-out/", erasures.erasure_carry_out, name="erasure_carry_out"),
    path("settings/funding/", funding.funding_sources, name="funding_sources"),
    path("settings/words/", wording.word_hints, name="word_hints"),
]
