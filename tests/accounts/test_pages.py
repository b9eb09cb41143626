import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import services
from accounts.models import AgencySettings, Team, User
from accounts.roles import ADVOCATE, ROLES
from tests.people import make_user

ADMINISTRATORS = ["staff", "invite", "teams", "settings"]
OF_A_PERSON = ["person", "invite_again", "deactivate", "reactivate", "end_sessions", "reset_second_factor"]
OF_A_TEAM = ["team", "add_member", "close_team"]


@pytest.fixture
def addresses(cast):
    """Every administrator's page, about Bob and team North."""
    membership = cast.bob.memberships.get()
    return [
        *(reverse(f"accounts:{name}") for name in ADMINISTRATORS),
        *(reverse(f"accounts:{name}", args=[cast.bob.pk]) for name in OF_A_PERSON),
        *(reverse(f"accounts:{name}", args=[cast.north.pk]) for name in OF_A_TEAM),
        reverse("accounts:end_membership", args=[cast.north.pk, membership.pk]),
    ]


@pytest.mark.parametrize("who", ["alice", "carla", "remy", "pia"])
def test_stranger_gets_403_everywhere_and_changes_nothing(cast, as_, addresses, entries, who):
    browser = as_(getattr(cast, who))

    answers = [answer for url in addresses for answer in (browser.get(url), browser.post(url))]

    assert {answer.status_code for answer in answers} == {403}
    assert "This is not open to you" in answers[0].text
    assert len(entries("page.refused")) == len(answers)
    assert {e.outcome for e in entries("page.refused")} == {"refused"}
    cast.bob.refresh_from_db()
    assert cast.bob.is_active


def test_signed_out_person_is_sent_to_sign_in(client, addresses):
    for url in [*addresses, reverse("accounts:me"), reverse("session_ping")]:
        assert client.get(url).url.startswith(reverse("account_login"))


def test_staff_page_lists_people_and_what_each_role_is_for(cast, as_, entries):
    assert cast.bob
    assert cast.carla

    text = as_(cast.ada).get(reverse("accounts:staff")).text

    for person in (cast.ada, cast.bob, cast.carla):
        assert person.name in text
    for role in ROLES.values():
        assert str(role.does) in text
    assert len(entries("staff.list")) == 1


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ada", "Bob", "Carla"]),
        ({"q": "CAR"}, ["Carla"]),
        ({"q": "bob@"}, ["Bob"]),
        ({"role": "administrator"}, ["Ada"]),
        ({"role": "advocate", "q": "ada"}, []),
        ({"state": "closed"}, ["Eva"]),
        ({"state": "all"}, ["Ada", "Bob", "Carla", "Eva"]),
        ({"role": "owner"}, ["Ada", "Bob", "Carla"]),
    ],
)
def test_staff_page_narrows(cast, as_, asked, names):
    assert cast.bob
    assert cast.carla
    services.deactivate(user=make_user("Eva", ADVOCATE), by=cast.ada)

    answer = as_(cast.ada).post(reverse("accounts:staff"), asked)

    assert [row["name"] for row in answer.context["people"]] == names


def test_staff_page_narrows_by_team(cast, as_):
    assert cast.bob
    assert cast.dora

    answer = as_(cast.ada).post(reverse("accounts:staff"), {"team": cast.south.pk})

    assert [row["name"] for row in answer.context["people"]] == ["Dora"]


def test_staff_page_goes_on_after_fifty(cast, as_):
    for number in range(52):
        make_user(f"Person {number:02}", ADVOCATE)
    browser = as_(cast.ada)

    first = browser.get(reverse("accounts:staff")).context
    second = browser.post(reverse("accounts:staff"), {"after": first["after"]}).context

    names = [row["name"] for page in (first, second) for row in page["people"]]
    assert len(names) == 53
    assert names == sorted(set(names))
    assert second["after"] is None


def test_bad_page_mark_shows_the_first_page(cast, as_):
    answer = as_(cast.ada).post(reverse("accounts:staff"), {"after": "nonsense"})

    assert [row["name"] for row in answer.context["people"]] == ["Ada"]


def queries(browser, url):
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        browser.get(url)
    return len(seen)


def test_lists_cost_the_same_with_one_row_and_with_three(cast, as_):
    browser = as_(cast.ada)
    urls = [
        reverse("accounts:staff"),
        reverse("accounts:teams"),
        reverse("accounts:team", args=[cast.north.pk]),
    ]
    assert cast.bob
    before = [queries(browser, url) for url in urls]

    for number in range(3):
        services.create_team(name=f"Team {number}", by=cast.ada)
        make_user(f"More {number}", ADVOCATE, team=cast.north)

    assert [queries(browser, url) for url in urls] == before


def test_person_page_shows_and_saves_roles(cast, as_):
    browser = as_(cast.ada)
    url = reverse("accounts:person", args=[cast.bob.pk])

    browser.post(url, {"roles": ["advocate", "reporting"]})

    cast.bob.refresh_from_db()
    assert cast.bob.role_keys == {"advocate", "reporting"}
    assert "checked" in browser.get(url).text


def test_last_administrator_is_told_why_not(cast, as_):
    answer = as_(cast.ada).post(
        reverse("accounts:person", args=[cast.ada.pk]), {"roles": ["advocate"]}, follow=True
    )

    assert "At least one administrator" in answer.text
    cast.ada.refresh_from_db()
    assert cast.ada.has_role("administrator")


def test_closing_asks_once_more_and_says_what_follows(cast, as_):
    browser = as_(cast.ada)
    url = reverse("accounts:deactivate", args=[cast.bob.pk])

    asked = browser.get(url).text
    cast.bob.refresh_from_db()
    still_open = cast.bob.is_active
    browser.post(url)

    assert "without an advocate" in asked
    assert still_open
    cast.bob.refresh_from_db()
    assert not cast.bob.is_active


def test_own_page_offers_no_closing_of_oneself(cast, as_):
    text = as_(cast.ada).get(reverse("accounts:person", args=[cast.ada.pk])).text

    assert reverse("accounts:deactivate", args=[cast.ada.pk]) not in text


def test_team_page_adds_and_removes(cast, as_):
    browser = as_(cast.ada)
    url = reverse("accounts:team", args=[cast.south.pk])

    added = browser.post(
        reverse("accounts:add_member", args=[cast.south.pk]), {"user": cast.bob.pk}, follow=True
    )
    twice = browser.post(
        reverse("accounts:add_member", args=[cast.south.pk]), {"user": cast.bob.pk}, follow=True
    )
    membership = cast.south.memberships.get()
    browser.post(reverse("accounts:end_membership", args=[cast.south.pk, membership.pk]))

    assert "Added to the team" in added.text
    assert "in this team already" in twice.text
    assert "Nobody is in this team" in browser.get(url).text


def test_membership_is_ended_on_its_own_teams_page_alone(cast, as_):
    membership = cast.bob.memberships.get()

    answer = as_(cast.ada).post(reverse("accounts:end_membership", args=[cast.south.pk, membership.pk]))

    assert answer.status_code == 404
    membership.refresh_from_db()
    assert membership.ended_at is None


def test_team_name_that_is_taken_is_told(cast, as_):
    answer = as_(cast.ada).post(reverse("accounts:teams"), {"name": cast.north.name})

    assert "a team with this name already" in answer.text
    assert Team.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["http://www.weather.gov/", "javascript:alert(1)", "ftp://example.org", ""]
)
def test_leave_address_is_https_or_nothing(cast, as_, address):
    sent = {"site_name": "Notes", "client_word": "client", "leave_url": address, "counties": ""}

    answer = as_(cast.ada).post(reverse("accounts:settings"), sent)

    assert answer.status_code == 200
    assert answer.context["form"].errors["leave_url"]
    assert not AgencySettings.objects.exists()


def test_settings_are_saved(cast, as_):
    sent = {
        "site_name": "Ledger",
        "client_word": "survivor",
        "leave_url": "www.example.com",
        "counties": "Elm",
    }

    as_(cast.ada).post(reverse("accounts:settings"), sent)

    row = AgencySettings.objects.get()
    assert (row.site_name, row.client_word, row.leave_url) == (
        "Ledger",
        "survivor",
        "https://www.example.com",
    )


def test_own_account_keeps_name_language_and_rows(cast, as_):
    browser = as_(cast.bob)

    answer = browser.post(reverse("accounts:me"), {"name": "Bobby", "language": "es", "compact_rows": "on"})

    bob = User.objects.get(pk=cast.bob.pk)
    assert (bob.name, bob.language, bob.compact_rows) == ("Bobby", "es", True)
    assert answer.cookies["lang"].value == "es"


def test_own_account_lists_every_session(cast, client, password_sign_in, settings):
    from django.test import Client

    settings.SECOND_FACTOR_REQUIRED = False
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    password_sign_in(cast.bob)
    password_sign_in(cast.bob, browser=Client(HTTP_USER_AGENT=agent))

    answer = client.get(reverse("accounts:me"))

    assert [(s["browser"], s["is_here"]) for s in answer.context["sessions"]] == [
        ("Firefox · Linux", False),
        ("A browser", True),
    ]


def test_own_account_is_nobody_elses(cast, as_):
    """A name in the form changes the person signed in, whoever's id is sent along."""
    as_(cast.bob).post(reverse("accounts:me"), {"name": "X", "language": "en", "id": str(cast.alice.pk)})

    cast.alice.refresh_from_db()
    assert cast.alice.name == "Alice"


@pytest.mark.parametrize("page", ["accounts:staff", "accounts:teams", "accounts:settings", "accounts:me"])
def test_titles_are_neutral(cast, as_, page):
    import re

    text = as_(cast.ada).get(reverse(page)).text

    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].lower()
    assert not [word for word in ("case", "survivor", "victim", "advocate", "client", "ada") if word in title]


def test_name_that_is_markup_is_shown_as_text(cast, as_):
    make_user("<b>Mallory</b>", ADVOCATE)

    text = as_(cast.ada).get(reverse("accounts:staff")).text

    assert "<b>Mallory" not in text
    assert "&lt;b&gt;Mallory" in text
