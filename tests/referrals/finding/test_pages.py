"""The pages of finding support: words by POST alone, nothing kept, nobody else let in."""

import json
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from referrals.finding import refresh
from referrals.models import Service
from referrals.needs import Need
from tests.referrals.finding.findable import findable

pytestmark = pytest.mark.django_db
CANARY = "zanzibarite"


@pytest.fixture
def clinic(cast):
    return findable(
        "Protection clinic",
        "Juniper Law",
        needs=[Need.PROTECTION_ORDER],
        languages=["Spanish"],
        areas=["Alder County"],
        phones=["555-0101"],
    )


def under(case):
    return reverse("case_find_support", args=[case.code])


def names_on(answer):
    return [
        each.get_text(strip=True) for each in BeautifulSoup(answer.content, "html.parser").select(".found h3")
    ]


def test_find_support_finds_and_says_why(cast, as_, clinic):
    answer = as_(cast.alice).post("/support/", {"words": "abogado", "language": "es"})

    assert names_on(answer) == ["Protection clinic"]
    assert "speaks Spanish" in answer.content.decode()


def test_words_stay_out_of_address_title_and_trail(cast, as_, clinic, caplog):
    browser = as_(cast.alice)

    for address in ("/support/", under(cast.case)):
        page = browser.post(address, {"words": f"{CANARY} protection", "area": CANARY}).content.decode()
        assert CANARY not in page.partition("</title>")[0]
        soup = BeautifulSoup(page, "html.parser")
        assert not [
            link for link in soup.select("[href], [formaction], [action]") if CANARY in str(link.attrs)
        ]

    rows = Entry.objects.values_list("additional_data", "changes", "path_name")
    assert CANARY not in json.dumps([str(row) for row in rows])
    assert [entry.additional_data for entry in Entry.objects.filter(event="directory.search")] == [
        {"hits": 0}
    ] * 2
    assert CANARY not in caplog.text


def test_search_keeps_only_the_number_of_hits(cast, as_, clinic):
    as_(cast.alice).post(under(cast.case), {"words": "abogado", "need": Need.PROTECTION_ORDER, "age": "30"})

    entry = Entry.objects.get(event="directory.search")
    assert (entry.additional_data, entry.case_code) == ({"hits": 1}, "")


def test_words_in_an_address_are_not_read_but_a_need_is(cast, as_, clinic):
    browser = as_(cast.alice)

    assert names_on(browser.get("/support/?words=protection")) == []
    assert names_on(browser.get(f"{under(cast.case)}?need={Need.PROTECTION_ORDER}&area=housing")) == [
        "Protection clinic"
    ]
    assert names_on(browser.get("/support/?need=<script>")) == []


def test_filters_and_words_stay_in_the_form(cast, as_, clinic):
    asked = {
        "words": "abogado",
        "need": Need.PROTECTION_ORDER,
        "area": "Alder",
        "means": ["phone"],
        "age": "30",
    }

    soup = BeautifulSoup(as_(cast.alice).post("/support/", asked).content, "html.parser")

    assert soup.select_one("[name=words]")["value"] == "abogado"
    assert soup.select_one("[name=need] [selected]")["value"] == Need.PROTECTION_ORDER
    assert soup.select_one("[name=means][checked]")["value"] == "phone"


def test_empty_answer_helps(cast, as_, clinic):
    answer = (
        as_(cast.alice)
        .post("/support/", {"words": "xylophone", "area": "Alder", "open_now": "on"})
        .content.decode()
    )

    assert "Nothing fits all of this" in answer
    assert "try the county" in answer


def test_nothing_asked_finds_nothing_and_records_nothing(cast, as_, clinic):
    answer = as_(cast.alice).post("/support/", {"words": "  "})

    assert names_on(answer) == []
    assert not Entry.objects.filter(event="directory.search").exists()


def test_pages_follow_by_post(cast, as_):
    for number in range(23):
        findable(f"Kite {number:02}")
    browser = as_(cast.alice)

    first = browser.post("/support/", {"words": "kite"})
    second = browser.post("/support/", {"words": "kite", "page": "20"})

    soup = BeautifulSoup(first.content, "html.parser")
    assert soup.select_one("button[name=page]")["value"] == "20"
    assert (len(names_on(first)), names_on(second)) == (20, ["Kite 20", "Kite 21", "Kite 22"])
    assert BeautifulSoup(second.content, "html.parser").select_one("button[name=page]")["value"] == "0"


@pytest.mark.parametrize(
    "typed", ["x" * 5000, "\x00\x00", "<script>alert(1)</script>", "'; DROP TABLE", "شجرة", "🌱🌱"]
)
def test_bad_input_is_a_page(cast, as_, clinic, typed):
    answer = as_(cast.alice).post("/support/", {"words": typed, "area": typed, "age": typed, "page": typed})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("who", ["remy", "pia"])
def test_other_staff_are_kept_out(cast, as_, clinic, who):
    assert as_(getattr(cast, who)).get("/support/").status_code == 403
    assert as_(getattr(cast, who)).get(f"/support/{clinic.pk}/").status_code == 403


@pytest.mark.parametrize("page", ["case_find_support", "case_support_sheet"])
def test_strangers_get_the_same_404(cast, as_, page):
    assert as_(cast.bob).get(reverse(page, args=[cast.case.code])).status_code == 404


def test_administrator_checks_the_directory_and_begins_nothing(cast, as_, clinic):
    page = as_(cast.ada).post("/support/", {"words": "protection"}).content.decode()

    assert "Protection clinic" in page
    assert "Start a referral" not in page
    assert "On the sheet" not in page


def test_results_of_a_case_go_on_to_a_referral(cast, as_, clinic):
    page = as_(cast.alice).post(under(cast.case), {"need": Need.PROTECTION_ORDER, "at_stake": "housing"})

    links = [link["href"] for link in BeautifulSoup(page.content, "html.parser").select(".found-acts a")]
    new = reverse("referral_new", args=[cast.case.code])
    same = f"{new}?service={clinic.pk}&need=protection_order&area=housing"
    assert links == [f"{same}&kind=information", f"{same}&kind=assisted"]


def test_readers_of_a_case_look_but_begin_nothing(cast, as_, clinic):
    from casework.services import grants

    grants.open_emergency(code=cast.case.code, reason="Hospital.", by=cast.bob)

    page = as_(cast.bob).post(under(cast.case), {"need": Need.PROTECTION_ORDER}).content.decode()

    assert "Protection clinic" in page
    assert "Start a referral" not in page


def test_chosen_places_travel_from_page_to_page(cast, as_, clinic):
    other = findable("Food shelf", needs=[Need.FOOD])
    sent = {"need": Need.FOOD, "place": [str(clinic.pk), str(uuid4()), "x"]}

    soup = BeautifulSoup(as_(cast.alice).post(under(cast.case), sent).content, "html.parser")

    ticks = {each["value"]: each.has_attr("checked") for each in soup.select("input[name=place]")}
    assert ticks == {str(clinic.pk): True, str(other.pk): False}


# --- One service ---------------------------------------------------------------------------------


def test_entry_shows_a_service_and_leads_back_with_what_was_asked(cast, as_, clinic):
    sent = {"words": "abogado", "language": "es", "page": "0"}

    page = as_(cast.alice).post(f"/support/{clinic.pk}/", sent)

    soup = BeautifulSoup(page.content, "html.parser")
    back = soup.select_one("main form[action='/support/']")
    carried = {
        each["name"]: each["value"]
        for each in back.select("input[type=hidden]")
        if "csrf" not in each["name"]
    }
    assert carried == sent
    assert "555-0101" in page.content.decode()
    assert reverse("directory_report", args=[clinic.pk]) in page.content.decode()


def test_entry_under_a_case_leads_on(cast, as_, clinic):
    page = (
        as_(cast.alice).get(reverse("case_support_entry", args=[cast.case.code, clinic.pk])).content.decode()
    )

    assert f"service={clinic.pk}" in page
    assert "Juniper Law" not in page.partition("</title>")[0]


@pytest.mark.parametrize("change", [{"listed": False}, {"status": "defunct"}, {"hidden_at": True}])
def test_entry_that_cannot_be_found_is_not_there(cast, as_, clinic, change):
    hidden = {"hidden_at": timezone.now(), "hidden_by": cast.ada}
    Service.objects.filter(pk=clinic.pk).update(**(hidden if "hidden_at" in change else change))

    assert as_(cast.alice).get(f"/support/{clinic.pk}/").status_code == 404
    assert (
        as_(cast.alice).get(reverse("case_support_entry", args=[cast.case.code, clinic.pk])).status_code
        == 404
    )
    assert as_(cast.alice).get(f"/support/{uuid4()}/").status_code == 404


def test_confidential_street_is_on_no_page(cast, as_):
    service = findable(
        "Night beds",
        "Sparrow House",
        needs=[Need.SHELTER],
        town="Canarytown",
        street="12 Canary Street",
        description="Shelter for survivors of domestic violence at 12 Canary Street.",
        confidential_location=True,
    )
    refresh([service.pk])
    browser = as_(cast.alice)

    pages = [
        browser.post("/support/", {"need": Need.SHELTER}),
        browser.get(f"/support/{service.pk}/"),
        browser.post(under(cast.case), {"need": Need.SHELTER}),
        browser.get(reverse("case_support_entry", args=[cast.case.code, service.pk])),
    ]

    assert all("Night beds" in page.content.decode() for page in pages)
    assert not [page for page in pages if "canary" in page.content.decode().lower()]


def test_pages_ask_the_same_number_of_questions_for_one_and_three(
    cast, as_, clinic, django_assert_max_num_queries
):
    browser = as_(cast.alice)
    counts = []
    for number in (0, 1):
        for each in range(number * 2):
            findable(f"Protection {each}", phones=["555-0102"], areas=["Birch County"])
        browser.post(under(cast.case), {"words": "protection"})
        with django_assert_max_num_queries(60) as seen:
            answer = browser.post(under(cast.case), {"words": "protection"})
        counts.append(len(seen))

    assert len(names_on(answer)) == 3
    assert counts[0] == counts[1]
