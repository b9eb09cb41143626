"""The supervisor's desk, and what decides who works a case."""

from django.urls import path

from casework.views import caseloads, closings, covers, handover, supervision, walls

CASE = "cases/<code:code>"

urlpatterns = [
    # Caseloads
    path("caseloads/", caseloads.caseloads, name="caseloads"),
    path("caseloads/teams/<uuid:team>/", caseloads.team_list, name="team_cases"),
    path("caseloads/advocates/<uuid:user>/", caseloads.advocate_list, name="advocate_cases"),
    path("caseloads/assign/", caseloads.assign_several, name="assign_several"),
    path("supervision/", supervision.supervision, name="supervision"),
    # Absences
    path("cover/", covers.covers, name="covers"),
    path("cover/new/", covers.cover_new, name="cover_new"),
    path("cover/<uuid:cover>/end/", covers.cover_end, name="cover_end"),
    # Closings
    path("closings/", closings.closings, name="closings"),
    path("closings/<uuid:closing>/review/", closings.closing_review, name="closing_review"),
    # One case, through the door
    path(f"{CASE}/hand-over/", handover.handover, name="handover"),
    path(f"{CASE}/assignments/<uuid:assignment>/end/", handover.assignment_end, name="assignment_end"),
    path(f"{CASE}/weight/", handover.case_weight, name="case_weight"),
    path(f"{CASE}/team/", handover.case_team, name="case_team"),
    path(f"{CASE}/walls/", walls.walls, name="walls"),
    path(f"{CASE}/consult/", walls.consult, name="consult"),
    path(f"{CASE}/grants/<uuid:grant>/end/", walls.grant_end, name="grant_end"),
]
