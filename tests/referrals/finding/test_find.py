"""Finding a service, the same on PostgreSQL and SQLite."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.db import connection

from referrals.finding import Query, find, refresh
from referrals.finding.query import MOST, PAGE
from referrals.models import Phone, SearchText, SearchWord, Service, Source
from referrals.needs import Need
from tests.referrals.directory_things import make_service
from tests.referrals.finding.findable import EVENING, OFFICE, TUESDAY_NOON, findable

pytestmark = pytest.mark.django_db


def found(at=TUESDAY_NOON, **asked):
    return [result.service.name for result in find(Query(**asked), at).results]


def why(**asked):
    return find(Query(**asked), TUESDAY_NOON).results[0].why


@pytest.fixture
def house():
    """Six services, each the answer to its own questions."""
    return [
        findable(
            "Protection order clinic",
            "Juniper Law",
            needs=[Need.PROTECTION_ORDER],
            languages=["Spanish", "English"],
            areas=["Alder County"],
            description="Help with papers and going to court together.",
            phones=["555-0101"],
            minimum_age=18,
        ),
        findable("Family law desk", "Juniper Law", needs=[Need.FAMILY_LAW], areas=["Birch County"]),
        findable("Night beds", "Sparrow House", needs=[Need.SHELTER], areas=["Alder County"], maximum_age=25),
        findable(
            "Counseling for teens",
            "Wren Center",
            needs=[Need.COUNSELLING],
            town="Elmtown",
            accepts_walk_in=True,
        ),
        findable("Café Ñandú", "Robin Pantry", needs=[Need.FOOD], hours=[OFFICE], tags=["Pozole"]),
        findable(
            "Evening clinic", "Heron Health", needs=[Need.MEDICAL], hours=[EVENING], accepts_online=True
        ),
    ]


# --- By words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("abogado", {"Protection order clinic", "Family law desk"}),
        ("abogada", {"Protection order clinic", "Family law desk"}),
        ("orden de proteccion", {"Protection order clinic"}),
        ("ORDEN DE PROTECCIÓN", {"Protection order clinic"}),
        ("lawyers", {"Protection order clinic", "Family law desk"}),
        ("a lawyer for her", {"Protection order clinic", "Family law desk"}),
        ("juniper", {"Protection order clinic", "Family law desk"}),
        ("refugio", {"Night beds"}),
        ("comida", {"Café Ñandú"}),
        ("cafe nandu", {"Café Ñandú"}),
        ("CAFÉ", {"Café Ñandú"}),
        ("pozole", {"Café Ñandú"}),
        ("court together", {"Protection order clinic"}),
        ("protec", {"Protection order clinic"}),
    ],
)
def test_words_find_what_they_are_meant_for(house, typed, names):
    assert set(found(words=typed)) == names


@pytest.mark.parametrize(
    "typed",
    ["protecton order", "protetcion order", "potection", "protection ordr", "protectionn", "juniperr court"],
)
def test_slips_of_the_finger_are_forgiven(house, typed):
    assert "Protection order clinic" in found(words=typed)
    assert "Night beds" not in found(words=typed)


@pytest.mark.parametrize("typed", ["xylophone", "protection xylophone", "zzzz", "lwa"])
def test_words_that_fit_nothing_find_nothing(house, typed):
    assert found(words=typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "the of",
        "'",
        '"',
        "a:* & b",
        "AND OR NOT",
        "(((",
        "\x00",
        "🌱",
        "' OR 1=1 --",
        "x" * 500,
        "*",
        "names:x",
        "{names}",
    ],
)
def test_odd_words_are_no_error(house, typed):
    find(Query(words=typed, area=typed), TUESDAY_NOON)


def test_a_word_the_index_knows_is_not_taken_for_a_slip():
    findable("Smelter")
    findable("Shelter")

    assert found(words="shelter") == ["Shelter"]


def test_name_comes_before_need_before_description_and_fresh_before_old():
    findable("Old", description="quilting", checked_at=None, assured_on=date(2024, 1, 1))
    findable("Fresh", description="quilting", assured_on=date(2026, 10, 1))
    findable("Quilting circle", assured_on=date(2020, 1, 1))
    findable("Tagged", tags=["Quilting"], assured_on=date(2020, 1, 1))
    findable("Another", description="quilting")
    findable("And one", description="quilting")

    assert found(words="quilting") == ["Quilting circle", "Tagged", "Fresh", "Old", "And one", "Another"]


# --- By filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"needs": (Need.SHELTER,)}, {"Night beds"}),
        ({"needs": (Need.SHELTER, Need.FOOD)}, {"Night beds", "Café Ñandú"}),
        ({"languages": ("es",)}, {"Protection order clinic"}),
        ({"languages": ("ar",)}, set()),
        ({"means": ("walk_in",)}, {"Counseling for teens"}),
        ({"means": ("online",)}, {"Evening clinic"}),
        ({"means": ("phone",)}, {"Protection order clinic"}),
        (
            {"needs": (Need.PROTECTION_ORDER,), "languages": ("es",), "words": "abogado"},
            {"Protection order clinic"},
        ),
        ({"needs": (Need.SHELTER,), "words": "abogado"}, set()),
        ({"needs": (Need.PROTECTION_ORDER, Need.SHELTER), "age": 17}, {"Night beds"}),
        ({"needs": (Need.PROTECTION_ORDER, Need.SHELTER), "age": 30}, {"Protection order clinic"}),
        ({"open_now": True}, {"Café Ñandú"}),
    ],
)
def test_filters(house, asked, names):
    assert set(found(**asked)) == names


@pytest.mark.parametrize("typed", ["Alder", "alder county", "County of Alder", "Aldr county"])
def test_area_finds_those_who_say_it_first_and_then_those_who_do_not_say(house, typed):
    names = found(area=typed, needs=(Need.PROTECTION_ORDER, Need.FAMILY_LAW, Need.FOOD))

    assert names == ["Protection order clinic", "Café Ñandú"]


def test_town_counts_as_area(house):
    assert found(area="Elmtown")[0] == "Counseling for teens"


def test_everywhere_is_everywhere():
    findable("Line", areas=["Nationwide"])
    findable("Near", areas=["Alder County"])
    findable("Far", areas=["Birch County"])

    assert found(area="Alder") == ["Near", "Line"]


def test_access_facts_are_asked_for_one_by_one():
    findable("Ramp", town="Elmtown", access=["A ramp at the side door"])
    findable("Both", town="Elmtown", access=["Wheelchair ramp", "Hearing loop"])

    assert set(found(access=("wheelchair",))) == {"Ramp", "Both"}
    assert found(access=("wheelchair", "hearing")) == ["Both"]


def test_open_now_is_read_from_the_hours(house):
    evening = TUESDAY_NOON.replace(hour=23, minute=30)

    assert found(at=evening, open_now=True) == ["Evening clinic"]
    assert found(at=TUESDAY_NOON.replace(hour=5), open_now=True) == []


def test_open_now_is_exact_within_the_hour():
    findable("Half", hours=[(time(12, 30), time(13, 30), "TU")])

    assert found(open_now=True) == []
    assert found(at=TUESDAY_NOON.replace(minute=30), open_now=True) == ["Half"]


# --- Why, how fresh, how many ---------------------------------------------------------------------


def test_results_say_why(house):
    asked = {
        "words": "abogado",
        "needs": (Need.PROTECTION_ORDER,),
        "languages": ("es",),
        "area": "Alder",
        "age": 30,
    }

    assert why(**asked) == (
        "helps with: Lawyer: protection order",
        "speaks Spanish",
        "serves Alder County",
        "from age 18",
        "your words are in what it helps with",
    )


def test_results_say_what_was_taken_for_a_slip(house):
    assert why(words="juniprr") == ("close to what you typed: juniper",)


def test_results_say_what_nobody_has_said(house):
    assert why(needs=(Need.FOOD,), area="Cedar", age=12)[1:] == (
        "where it works is not said",
        "no age is named",
    )


def test_results_say_how_fresh_they_are_and_when_they_open(house):
    Service.objects.filter(name="Café Ñandú").update(assured_on=date(2026, 11, 20))

    result = find(Query(words="cafe"), TUESDAY_NOON).results[0]

    assert result.fresh.on == date(2026, 11, 20)
    assert result.opening.open_now is True


def test_pages_hold_everything_once_up_to_the_most():
    for number in range(PAGE * 2 + 3):
        make_service(f"Kite {number:02}", needs=[Need.FOOD])
    refresh()
    names, page = [], ""
    for _round in range(3):
        answer = find(Query(words="kite", page=page), TUESDAY_NOON)
        names += [result.service.name for result in answer.results]
        page = answer.next_page

    assert names == [f"Kite {number:02}" for number in range(PAGE * 2 + 3)]
    assert (page, answer.at_most, answer.is_capped, answer.first) == ("", PAGE * 2 + 3, False, PAGE * 2 + 1)


def test_more_than_the_most_is_said_so(monkeypatch):
    monkeypatch.setattr("referrals.finding.search.MOST", 2)
    for number in range(3):
        findable(f"Kite {number}")

    answer = find(Query(words="kite"), TUESDAY_NOON)

    assert (answer.at_most, answer.is_capped, len(answer.results)) == (2, True, 2)


@pytest.mark.parametrize("number", ["-1", "x", "7", "99999999", str(MOST), "²", "' OR 1"])
def test_pages_made_by_hand_are_the_first(house, number):
    assert found(words="juniper", page=number) == found(words="juniper")


@pytest.mark.parametrize(
    "asked", [{"words": "kite"}, {"words": "kitte", "area": "Aldr", "needs": ("food",)}, {"open_now": True}]
)
def test_three_questions_whatever_the_size(asked, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        for each in range(number):
            findable(
                f"Kite {number}{each}", hours=[OFFICE], areas=["Alder"], languages=["Spanish"], needs=["food"]
            )
        with django_assert_max_num_queries(3) as seen:
            assert find(Query(**asked), TUESDAY_NOON).results
        counts.append(len(seen))

    assert counts[0] == counts[1]


# --- What must never be found ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"listed": False}, {"status": Service.Status.DEFUNCT}, {"status": Service.Status.INACTIVE}],
)
def test_what_is_not_offered_is_not_found_even_before_the_index_knows(change):
    service = findable("Kite")
    Service.objects.filter(pk=service.pk).update(**change)

    assert found(words="kite") == []

    refresh([service.pk])
    assert not SearchText.objects.exists()


def test_hidden_services_are_never_found(cast):
    from django.utils import timezone

    service = findable("Kite")
    Service.objects.filter(pk=service.pk).update(hidden_at=timezone.now(), hidden_by=cast.ada)

    assert found(words="kite") == []
    refresh()
    assert (SearchText.objects.count(), SearchWord.objects.count()) == (0, 0)


def test_temporarily_closed_services_are_found():
    findable("Kite", status=Service.Status.CLOSED_FOR_NOW)

    assert found(words="kite") == ["Kite"]


@pytest.mark.parametrize(
    "facts",
    [
        {"confidential_location": True},
        {
            "needs": [Need.SHELTER],
            "description": "Shelter for survivors of domestic violence at 12 Canary Street.",
        },
    ],
)
def test_confidential_addresses_are_nowhere_in_the_index(facts):
    service = findable("Kite", town="Canarytown", street="12 Canary Street", **facts)

    text = SearchText.objects.get(service=service)
    everything = " ".join(map(str, vars(text).values())).lower()
    assert "canary" not in everything
    assert not SearchWord.objects.filter(word__contains="canary").exists()
    assert found(words="canary") == []
    assert found(area="Canarytown") == found()  # only as somebody whose area nobody has said


def test_open_places_give_their_town_and_no_street():
    service = findable("Kite", town="Elmtown", street="12 Canary Street")

    text = SearchText.objects.get(service=service)
    assert "elmtown" in text.places
    assert "canary" not in " ".join(map(str, vars(text).values())).lower()


# --- The index follows ------------------------------------------------------------------------------


def test_refresh_follows_changes(house):
    service = house[0]
    Service.objects.filter(pk=service.pk).update(name="Kite")
    Phone.objects.filter(service=service).update(number="555-0199")

    refresh([service.pk])

    [result] = find(Query(words="kite"), TUESDAY_NOON).results
    assert result.text.shown["phones"] == [["555-0199", ""]]
    assert SearchText.objects.count() == 6


def test_refresh_of_everything_says_how_many_and_drops_the_rest(house):
    Service.objects.filter(name="Night beds").update(listed=False)

    assert refresh() == 5
    assert SearchText.objects.count() == 5
    assert not SearchWord.objects.filter(word="sparrow").exists()


def test_refresh_in_batches_loses_nothing(house, monkeypatch):
    monkeypatch.setattr("referrals.finding.indexing.AT_ONCE", 2)
    SearchText.objects.all().delete()

    assert refresh() == 6
    assert SearchText.objects.count() == 6


def test_deleting_a_service_takes_its_row_along(house):
    house[0].delete()

    assert found(words="protection") == []


def test_the_index_of_the_database_agrees_with_the_rows(house):
    refresh()
    refresh([house[0].pk])
    house[1].delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO referrals_searchtext_fts (referrals_searchtext_fts) VALUES ('integrity-check')"
            )
            cursor.execute("SELECT count(*) FROM referrals_searchword_fts")
            assert cursor.fetchone()[0] == SearchWord.objects.count()

    assert set(found(words="lawyer")) == {"Protection order clinic"}


def test_no_migration_is_missing():
    call_command("makemigrations", "referrals", "--check", "--dry-run", verbosity=0)


def test_sources_alone_are_nothing_to_find():
    Source.objects.by_hand()

    assert refresh() == 0
