"""Under ``/cases/<code>/person/``: the door has taken the code."""

from django.urls import path

from casework.views import person

urlpatterns = [path("", person.person_edit, name="person_edit")]
