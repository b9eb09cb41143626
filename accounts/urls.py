"""Staff pages. Full paths: the project mounts this file at its root."""

from django.urls import path

from accounts.views import entrance, me, staff, teams

app_name = "accounts"
urlpatterns = [
    path("welcome/<str:token>/", entrance.accept_invitation, name="accept_invitation"),
    # /me/: one's own account
    path("me/", me.me, name="me"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<int:session_id>/end/", me.end_session, name="end_session"),
    # /staff/: the administrator's pages
    path("staff/", staff.staff, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/people/<uuid:user_id>/", staff.person, name="person"),
    path("staff/people/<uuid:user_id>/invite-again/", staff.invite_again, name="invite_again"),
    path("staff/people/<uuid:user_id>/close/", staff.deactivate, name="deactivate"),
    path("staff/people/<uuid:user_id>/open/", staff.reactivate, name="reactivate"),
    path("staff/people/<uuid:user_id>/sign-out/", staff.end_sessions, name="end_sessions"),
    path("staff/people/<uuid:user_id>/second-step/", staff.reset_second_factor, name="reset_second_factor"),
    path("staff/teams/", teams.teams, name="teams"),
    path("staff/teams/<uuid:team_id>/", teams.team, name="team"),
    path("staff/teams/<uuid:team_id>/people/", teams.add_member, name="add_member"),
    path("staff/teams/<uuid:team_id>/close/", teams.close_team, name="close_team"),
    path(
        "staff/teams/<uuid:team_id>/people/<uuid:membership_id>/end/",
        teams.end_membership,
        name="end_membership",
    ),
    path("staff/settings/", teams.settings, name="settings"),
]
