"""Three pages: our whole page, our list alone, the frame alone, raw SQL joined into text, guardian's shortcut.

The raw way asks the same questions, opens the same names and joins the same rows into a table.
It has no frame, no filters, no covers, no entry in the trail: it is to be compared with ``rows``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connections
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import RequestFactory
from guardian import shortcuts
from guardian.models import UserObjectPermission

from accounts.models import Team, User
from audit import trail
from casework import access, listing, load_rows, team_cases
from casework.caseloads import teams_for
from casework.forms.handover import CaseListFilter
from casework.forms.lists import ORDERS
from casework.models import Case
from casework.paging import page
from casework.views import caseloads, my_cases
from vault import cipher, keyring, keys

PAGE = 50


@dataclass
class Page:
    name: str
    ours: Callable[[], Any]
    rows: Callable[[], Any]
    frame: Callable[[], Any]
    raw: Callable[[], Any]
    guardian: Callable[[], Any]


def pages(advocate: User, supervisor: User, team: Team) -> list[Page]:
    return [
        Page(
            "My cases",
            ours=lambda: shown(my_cases.my_cases, "/my-cases/", advocate),
            rows=lambda: rows_of_my_cases(advocate),
            frame=lambda: frame_alone("/my-cases/", advocate),
            raw=lambda: raw_my_cases(advocate),
            guardian=lambda: through_guardian(advocate, Case.objects.open()),
        ),
        Page(
            "Team's cases",
            ours=lambda: shown(caseloads.team_list, "/caseloads/teams/x/", supervisor, team=team.pk),
            rows=lambda: rows_of_team(supervisor, team),
            frame=lambda: frame_alone("/caseloads/teams/x/", supervisor),
            raw=lambda: raw_team_cases(supervisor, team),
            guardian=lambda: through_guardian(supervisor, Case.objects.filter(team=team)),
        ),
        Page(
            "Caseloads",
            ours=lambda: shown(caseloads.caseloads, "/caseloads/", supervisor),
            rows=lambda: rows_of_caseloads(supervisor),
            frame=lambda: frame_alone("/caseloads/", supervisor),
            raw=lambda: raw_caseloads(supervisor),
            guardian=lambda: counts_through_guardian(supervisor),
        ),
    ]


# --- Ours ----------------------------------------------------------------------------------


def shown(view: Callable[..., HttpResponse], path: str, user: User, **kwargs: Any) -> bytes:
    """The real view with its template and its entry in the trail, as after the middleware."""
    with trail.acting(user=user):
        response = view(asked(path, user), **kwargs)
    assert response.status_code == 200, response.status_code
    keys.forget()
    return response.content


def asked(path: str, user: User) -> HttpRequest:
    request: HttpRequest = RequestFactory().get(path)
    request.user = user
    request.htmx = False  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def frame_alone(path: str, user: User) -> bytes:
    """What every page has around its own part: head, rail, words for scripts."""
    return render(asked(path, user), "base.html").content


def rows_of_my_cases(user: User) -> str:
    found = access.caseload_of(user).select_related("case__client").only(*my_cases.OF_ASSIGNMENT)
    shown = page(found, order=ORDERS["next"][1], cursor=None)
    keys.preload([each.case.client_id for each in shown.rows])
    drawn = my_cases.table(listing.assignment_rows(shown.rows))
    keys.forget()
    return drawn.body if drawn else ""


def rows_of_team(user: User, team: Team) -> str:
    found = team_cases.listed(Case.objects.visible_to(user).filter(team=team, status=Case.Status.OPEN))
    shown = page(found, order=CaseListFilter.ORDERS["opened"], cursor=None)
    drawn = team_cases.table(team_cases.rows(shown.rows, {team.pk: team}))
    keys.forget()
    return drawn.body if drawn else ""


def rows_of_caseloads(user: User) -> str:
    context = load_rows.tables(teams_for(user), "")
    return "".join(
        render_to_string("casework/caseloads/_loads.html", {"table": table}) for table in context["tables"]
    )


# --- The same rows from raw SQL, joined into text --------------------------------------------

MY_CASES = """
SELECT c.code, c.status, c.opened_at, c.weight, a.next_open, a.last_contact_at, a.acknowledged_at,
       p.id, p.alias, p.name, p.erased_at
FROM casework_assignment a
JOIN casework_case c ON c.id = a.case_id JOIN clients_client p ON p.id = c.client_id
WHERE a.user_id = %s AND a.ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM casework_wall w WHERE w.user_id = %s AND w.client_id = c.client_id AND w.lifted_at IS NULL)
ORDER BY a.next_open, a.id LIMIT 51
"""
TEAM_CASES = """
SELECT c.code, c.status, c.opened_at, c.weight, c.closed_at, (
    SELECT string_agg(u.name, ', ') FROM casework_assignment a JOIN accounts_user u ON u.id = a.user_id
    WHERE a.case_id = c.id AND a.ended_at IS NULL), NULL, p.id, p.alias, p.name, p.erased_at
FROM casework_case c JOIN clients_client p ON p.id = c.client_id
WHERE c.team_id = %s AND c.status = 'open' AND NOT EXISTS (
    SELECT 1 FROM casework_wall w WHERE w.user_id = %s AND w.client_id = c.client_id AND w.lifted_at IS NULL)
ORDER BY c.opened_at DESC, c.id LIMIT 51
"""
MEMBERS = """
SELECT m.team_id, t.name, m.user_id, u.name, m.ended_at, m.supervises, c.last_day, b.name
FROM accounts_teammembership m JOIN accounts_team t ON t.id = m.team_id JOIN accounts_user u ON u.id = m.user_id
LEFT JOIN casework_cover c ON c.away_id = u.id AND c.ended_at IS NULL AND current_date BETWEEN c.first_day AND c.last_day
LEFT JOIN accounts_user b ON b.id = c.covering_id
WHERE m.team_id IN (
    SELECT s.team_id FROM accounts_teammembership s WHERE s.user_id = %s AND s.supervises AND s.ended_at IS NULL)
"""
SUMS = """
SELECT 'held', team_id, user_id, count(*), sum(weight), count(*) FILTER (WHERE acknowledged_at IS NULL)
FROM casework_assignment WHERE team_id = ANY(%s) AND ended_at IS NULL GROUP BY 2, 3
UNION ALL
SELECT 'walled', a.team_id, a.user_id, count(*), sum(a.weight), count(*) FILTER (WHERE a.acknowledged_at IS NULL)
FROM casework_wall w JOIN casework_case c ON c.client_id = w.client_id JOIN casework_assignment a ON a.case_id = c.id
WHERE w.user_id = %s AND w.lifted_at IS NULL AND a.team_id = ANY(%s) AND a.ended_at IS NULL GROUP BY 2, 3
UNION ALL
SELECT 'waiting', c.team_id, NULL, count(*), sum(c.weight), 0 FROM casework_case c
WHERE c.team_id = ANY(%s) AND c.advocates = 0 AND c.status = 'open' AND NOT EXISTS (
    SELECT 1 FROM casework_wall w WHERE w.user_id = %s AND w.client_id = c.client_id AND w.lifted_at IS NULL)
GROUP BY 2
"""
OPENED_KEYS = "SELECT owner, wrapped, kek_id FROM vault_datakey WHERE owner = ANY(%s)"


def raw_rows(alias: str, statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def raw_my_cases(user: User) -> str:
    return joined(raw_rows("default", MY_CASES, [user.pk, user.pk]))


def raw_team_cases(user: User, team: Team) -> str:
    return joined(raw_rows("default", TEAM_CASES, [team.pk, user.pk]))


def raw_caseloads(user: User) -> str:
    members = raw_rows("default", MEMBERS, [user.pk])
    teams = list({row[0] for row in members})
    sums = raw_rows("default", SUMS, [teams, user.pk, teams, teams, user.pk])
    held = {row[1:3]: row[3:] for row in sums}
    rows = [(row[1], row[3], row[6], row[7], *held.get((row[0], row[2]), (0, 0, 0))) for row in members]
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)


def joined(rows: list[tuple[Any, ...]]) -> str:
    """Names opened by hand, cells joined into a table."""
    ring = keyring.ring()
    opened = {
        owner: cipher.Key(cipher.unseal(ring[kek], bytes(wrapped), place=f"key|{owner}".encode()))
        for owner, wrapped, kek in raw_rows("keys", OPENED_KEYS, [[row[7] for row in rows]])
    }
    return "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in (*row[:7], called(opened.get(row[7]), row)))}</tr>"
        for row in rows
    )


def called(key: cipher.Key | None, row: tuple[Any, ...]) -> str:
    if key is None or row[10]:
        return ""
    return plain(key, "alias", row[7], row[8]) or plain(key, "name", row[7], row[9])


def plain(key: cipher.Key, column: str, owner: UUID, sealed: bytes) -> str:
    place = f"clients_client|{column}|{owner}|{owner}".encode()
    return cipher.unpad(cipher.unseal(key, bytes(sealed), place=place)).decode()


# --- The same set through guardian -----------------------------------------------------------


def visible_through_guardian(user: User, cases: Any) -> Any:
    """``get_objects_for_user`` over generic rows, as a project without our assignments would have it."""
    chosen = shortcuts.get_user_obj_perms_model
    shortcuts.get_user_obj_perms_model = lambda *args, **kwargs: UserObjectPermission
    try:
        return shortcuts.get_objects_for_user(
            user,
            "casework.view_case",
            klass=cases,
            use_groups=False,
            with_superuser=False,
            accept_global_perms=False,
        )
    finally:
        shortcuts.get_user_obj_perms_model = chosen


def through_guardian(user: User, cases: Any) -> list[Any]:
    found = visible_through_guardian(user, cases).select_related("client").order_by("-opened_at", "id")
    rows = list(found[: PAGE + 1])
    keys.preload([case.client_id for case in rows])
    made = listing.found_rows(rows)
    keys.forget()
    return made


def counts_through_guardian(user: User) -> list[Any]:
    seen = visible_through_guardian(user, Case.objects.open())
    return list(seen.values("team_id", "assignments__user").annotate(cases=Count("id"), load=Sum("weight")))
