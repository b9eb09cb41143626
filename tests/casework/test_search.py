"""Search: forgiving about how a name is written, strict about who may see it."""

import json

import pytest
from django.utils import timezone

from audit.models import Entry
from casework import search
from casework.models import Case
from casework.services.walls import set_wall
from clients.models import Client
from tests.people import make_case
from vault import keys


@pytest.fixture
def maple(cast):
    return make_case(
        team=cast.north,
        by=cast.alice,
        advocate=cast.alice,
        name="José Ñandú-O'Brien",
        alias="Maple",
        phones=["(555) 010-4477", "+1 555 0199"],
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Maple",
        "maple",
        "MAP",
        "josé",
        "jose",
        "nandu",
        "brien",
        "o'brien",
        "José O",
        "apl",
        "4477",
        "010 4477",
        "5550199",
    ],
)
def test_find_forgives_case_accents_and_spaces(cast, maple, typed):
    assert search.find(cast.alice, typed) == [maple]


@pytest.mark.parametrize(
    "typed", ["", "   ", "Maples", "jose pine", "447", "44", "x", "\x00", "🌱", "%", "p"]
)
def test_find_nothing_where_nothing_fits(cast, maple, typed):
    assert search.find(cast.alice, typed) == []


def test_find_by_code_as_it_was_said(cast, maple):
    said = f"{maple.code[:3].lower()}-{maple.code[3:]}"

    assert search.find(cast.alice, said) == [maple]


def test_find_right_to_left_names(cast):
    case = cast.another_case(name="شجرة الزيتون")

    assert search.find(cast.alice, "زيتون") == [case]


@pytest.mark.parametrize("who", ["bob", "dora", "remy", "ada", "pia"])
def test_find_shows_strangers_nothing(cast, maple, who):
    assert search.find(getattr(cast, who), "Maple") == []
    assert search.find(getattr(cast, who), maple.code) == []


def test_find_stops_at_a_wall(cast, maple):
    assert search.find(cast.carla, "Maple") == [maple]

    set_wall(client=maple.client, user=cast.carla, by=cast.alice)

    assert search.find(cast.carla, "Maple") == []
    assert search.find(cast.carla, maple.code) == []


def test_find_leaves_out_erased_people(cast, maple):
    other = cast.another_case(alias="Maple")
    keys.destroy_key(maple.client_id)
    Client.objects.filter(pk=maple.client_id).update(erased_at=timezone.now())
    lost = cast.another_case(alias="Maple")
    keys.destroy_key(lost.client_id)

    assert search.find(cast.alice, "Maple") == [other]


def test_find_stops_at_the_most(cast):
    for _number in range(4):
        cast.another_case()

    assert len(search.find(cast.alice, "maple", most=3)) == 3


def test_find_opens_keys_in_batches(cast, django_assert_num_queries, monkeypatch):
    for _number in range(5):
        cast.another_case()
    monkeypatch.setattr(search, "AT_ONCE", 2)
    keys.forget()

    with django_assert_num_queries(3, using="keys"):
        search.find(cast.alice, "maple")


def test_search_shows_hits_and_keeps_the_words_out(cast, maple, as_):
    answer = as_(cast.alice).post("/search/", {"q": "Maple"})

    page = answer.content.decode()
    entry = Entry.objects.get(event="search")
    assert maple.code in page
    assert "Maple" not in page.partition("</title>")[0]
    assert entry.additional_data == {"hits": 1}
    assert "aple" not in json.dumps(list(Entry.objects.values_list("additional_data", flat=True)))


def test_search_ignores_words_in_the_address(cast, maple, as_):
    page = as_(cast.alice).get("/search/?q=Maple").content.decode()

    assert maple.code not in page
    assert not Entry.objects.filter(event="search").exists()


def test_search_says_kindly_that_nothing_fits(cast, maple, as_):
    page = as_(cast.bob).post("/search/", {"q": "Maple"}).content.decode()

    assert "Nothing fits among the cases you can see" in page
    assert maple.code not in page


@pytest.mark.parametrize("typed", ["x" * 5000, "\x00\x00", "<script>", "'; DROP TABLE", "شجرة", "🌱🌱"])
def test_search_bad_input_is_a_page(cast, as_, typed):
    answer = as_(cast.alice).post("/search/", {"q": typed})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize("who", ["remy", "ada", "pia"])
def test_search_refuses_other_staff(cast, as_, who):
    assert as_(getattr(cast, who)).get("/search/").status_code == 403


def test_search_sends_the_signed_out_to_sign_in(client, db):
    assert client.get("/search/").status_code == 302


def test_search_costs_the_same_for_one_and_three(cast, as_, django_assert_max_num_queries):
    browser = as_(cast.alice)
    counts = []
    for _round in range(2):
        for _number in range(1 + _round):
            cast.another_case()
        browser.post("/search/", {"q": "maple"})
        with django_assert_max_num_queries(100) as seen:
            browser.post("/search/", {"q": "maple"})
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert Case.objects.count() == 3
