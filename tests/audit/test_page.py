"""The privacy officer's page."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team
from audit import reading, services, trail
from audit.models import Entry
from tests.people import sign_in
from tests.trail_triggers import give_times

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def fetched(client, officer):
    sign_in(client, officer)

    def fetch(**sent):
        url = reverse("audit:entries")
        return client.post(url, sent) if sent else client.get(url)

    return fetch


def rows(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in soup.select("tbody tr")
    ]


def test_each_line_says_when_who_what_which_case_and_how_it_ended(fetched, written, case):
    line = rows(fetched(code=case.code))[0]

    assert line[1:] == ["Alice", "opened the case", case.code, "done"]


def test_newest_come_first(fetched, written):
    said = [row[2] for row in rows(fetched(event="search"))]

    assert said == ["searched found: 2", "searched found: 1", "searched found: 0"]


def test_reading_is_an_entry_that_says_what_was_shown(fetched, written, officer):
    fetched(event="search")

    entry = Entry.objects.newest_first()[0]
    assert (entry.event, entry.actor) == ("trail.read", officer)
    assert entry.additional_data == {
        "filters": ["event"], "first": written[3].pk, "last": written[5].pk,
    }  # fmt: skip


def test_reading_about_one_case_carries_that_case(fetched, written, case):
    fetched(code=" k7q-f2 ")

    entry = Entry.objects.newest_first()[0]
    assert (entry.event, entry.case_id, entry.case_code) == ("trail.read", case.id, case.code)


def test_an_unknown_code_shows_nothing_and_is_not_kept(fetched, written):
    response = fetched(code="XXXXX")

    assert rows(response) == []
    assert "Nothing in the trail fits this." in response.text
    assert "XXXXX" not in str(Entry.objects.newest_first()[0].additional_data)


def test_narrowing_by_person(fetched, written, person, officer):
    assert {row[1] for row in rows(fetched(person=str(person.pk)))} == {"Alice"}
    assert Entry.objects.newest_first()[0].additional_data["person"] == str(person.pk)


def test_narrowing_by_days_uses_the_agencys_midnight(fetched, person):
    today = timezone.localdate()
    days_ago = today - timedelta(days=3)
    give_times()
    for clock in (time.min, time(23, 59)):
        with time_machine.travel(timezone.make_aware(datetime.combine(days_ago, clock))):
            trail.record("search")

    assert len(rows(fetched(event="search", since=days_ago, until=days_ago))) == 2
    assert rows(fetched(event="search", since=days_ago + timedelta(days=1))) == []
    assert rows(fetched(event="search", since=today + timedelta(days=1))) == []


def test_a_day_before_the_first_is_pointed_out(fetched, written):
    response = fetched(since="2026-02-02", until="2026-02-01")

    assert "This day is before the first one." in response.text
    assert rows(response) == []


@pytest.mark.parametrize(
    "typed", [{"since": "yesterday"}, {"event": "x"}, {"person": "x"}, {"code": "a\x00b"}]
)
def test_nonsense_is_answered_kindly(fetched, written, typed):
    assert fetched(**typed).status_code == 200


def test_pages_lead_to_older_and_back_without_gaps(fetched, person, monkeypatch):
    monkeypatch.setattr(reading, "SIZE", 4)
    for hits in range(10):
        trail.record("search", details={"hits": hits})

    first = fetched(event="search")
    second = fetched(event="search", before=first.context["page"].older)
    third = fetched(event="search", before=second.context["page"].older)
    back = fetched(event="search", after=third.context["page"].newer)

    said = [row[2] for shown in (first, second, third) for row in rows(shown)]
    assert said == [f"searched found: {hits}" for hits in range(9, -1, -1)]
    assert (first.context["page"].newer, third.context["page"].older) == (None, None)
    assert rows(back) == rows(second)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_three(
    fetched, person, count, django_assert_max_num_queries
):
    with trail.acting(user=person):
        for _ in range(count):
            trail.record("search")
    fetched()  # content types, session

    with django_assert_max_num_queries(12):
        fetched(event="search")


def test_changes_are_said_with_field_names_and_listed_values(fetched, person):
    team = Team.objects.create(name="North")
    team.name = "South"
    team.save()

    about = rows(fetched(event="changed"))[0][2]

    assert about == "changed a record team, name: North → South"


def test_an_entry_about_a_model_of_long_ago_is_still_read(fetched):
    Entry.objects.create(event="changed", object_repr="gone.Model", changes={"x": [1, 2], "y": None})

    assert rows(fetched(event="changed"))[0][2] == "changed a record gone.Model, x: 1 → 2, y"


def test_what_somebody_typed_is_never_markup(fetched, person):
    trail.record("search", details={"page": "<script>alert(1)</script>"})

    assert "<script>alert" not in fetched(event="search").text


def test_the_seals_are_said_in_words(fetched, person):
    assert "Nothing is sealed yet." in fetched().text
    services.seal()
    assert "Sealed until" in fetched().text
    trail.record("trail.verified", details={"findings": 0})
    assert "Everything holds" in fetched().text
    trail.record("trail.broken", details={"findings": 2})
    assert "Something does not hold" in fetched().text


def test_others_are_turned_away_and_that_is_an_entry(client, person):
    sign_in(client, person)

    response = client.get(reverse("audit:entries"))

    entry = Entry.objects.newest_first()[0]
    assert response.status_code == 403
    assert (entry.event, entry.outcome, entry.actor) == ("trail.read", "refused", person)


def test_signed_out_people_are_sent_to_sign_in(client):
    assert client.get(reverse("audit:entries")).status_code == 302


def test_an_unwritable_trail_shows_nothing_of_itself(fetched, written, case, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Entry, "save", refuse)

    response = fetched(code=case.code)

    assert response.status_code == 503
    assert case.code not in response.text
    assert "Alice" not in response.text


def test_who_opened_this_case_names_people_and_times(person, case, rf):
    from django.template.loader import render_to_string

    with trail.acting(user=person):
        trail.record("case.read", case=case)

    shown = render_to_string("audit/_opened_by.html", {"opened_by": trail.opened_by(case.id)[:5]})

    assert "Alice" in shown
    assert "opened the case" in shown
    assert "Nobody has opened" in render_to_string("audit/_opened_by.html", {"opened_by": []})
