"""Under ``/cases/<code>/plan/``: safety plans. The door has taken the code."""

from django.urls import path

from casework.views import plan_copy, safety_plan

urlpatterns = [
    path("", safety_plan.plan, name="plan"),
    path("new/", safety_plan.plan_new, name="plan_new"),
    path("write/", safety_plan.plan_write, name="plan_write"),
    path("compose/", plan_copy.plan_compose, name="plan_compose"),
    path("compare/", safety_plan.plan_compare, name="plan_compare"),
    path("erase/", safety_plan.plan_erase, name="plan_erase"),
    path("<uuid:plan>/", safety_plan.plan_version, name="plan_version"),
    path("<uuid:plan>/copy/", plan_copy.plan_copy, name="plan_copy"),
]
