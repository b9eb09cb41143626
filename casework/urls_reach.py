"""How to reach somebody safely, under ``/cases/<code>/reach/``."""

from django.urls import path

from casework.views import reach

urlpatterns = [
    path("", reach.contact_plan, name="contact_plan"),
    path("edit/", reach.contact_plan_edit, name="contact_plan_edit"),
    path("confirm/", reach.contact_plan_confirm, name="contact_plan_confirm"),
    path("word/", reach.contact_plan_code_word, name="contact_plan_code_word"),
    path("end/", reach.contact_plan_end, name="contact_plan_end"),
]
