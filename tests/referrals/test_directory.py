"""Keeping the directory: who may, what is written, and that nothing of it is lost."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.exceptions import ChangedMeanwhile, NotPossible
from referrals.confidential import shown_addresses
from referrals.entry import entry_by_id, entry_of
from referrals.models import Address, Location, Organization, Phone, Report, Schedule, Service
from referrals.services import directory, local_facts
from referrals.services.directory import Details, HoursFacts, PhoneFacts
from tests.referrals.directory_things import (
    directory_rows,
    imported,
    make_organization,
    make_place,
    make_service,
)
from tests.referrals.referring import a_referral

pytestmark = pytest.mark.django_db(databases="__all__")
NEW = reverse("directory_service_new")


def typed(**more):
    return {
        "organization-name": "Willow Center",
        "name": "Protection orders",
        "needs": ["protection_order"],
        "languages": "English, Spanish",
        "areas": "Elm County\nCook County, IL",
        "ways": ["accepts_phone"],
        "phones-TOTAL_FORMS": "2",
        "phones-INITIAL_FORMS": "0",
        "phones-0-number": "555-0142",
        "phones-0-extension": "007",
        "hours-TOTAL_FORMS": "1",
        "hours-INITIAL_FORMS": "0",
        "hours-0-days": ["MO", "TU"],
        "hours-0-opens_at": "09:00",
        "hours-0-closes_at": "17:00",
        **more,
    }


# --- Who ------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["alice", "bob", "remy", "pia"])
def test_only_keepers_see_the_upkeep(cast, as_, person):
    browser = as_(getattr(cast, person))
    rows = directory_rows(cast.alice)

    for name, arguments in [("directory", []), ("directory_service", [rows["service"].pk])]:
        assert browser.get(reverse(name, args=arguments)).status_code == 403
    assert browser.post(reverse("directory_checked", args=[rows["service"].pk])).status_code == 403
    assert Service.objects.get().checked_at is None


@pytest.mark.parametrize("person", ["remy", "pia"])
def test_other_roles_do_not_report(cast, as_, person):
    service = make_service()

    answer = as_(getattr(cast, person)).post(
        reverse("directory_report", args=[service.pk]), {"what": "phone"}
    )

    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get(reverse("directory"))["Location"].startswith("/account/login")
    assert AnonymousUser().is_anonymous


# --- Adding and correcting --------------------------------------------------------------------


def test_service_organization_number_and_hours_are_added_on_one_page(cast, as_):
    answer = as_(cast.ada).post(NEW, typed())

    service = Service.objects.get()
    assert answer["Location"] == reverse("directory_service", args=[service.pk])
    assert service.organization.name == "Willow Center"
    assert (service.needs, service.accepts_phone, service.accepts_online) == (
        ["protection_order"],
        True,
        False,
    )
    assert [(phone.number, phone.extension) for phone in service.phones.all()] == [("555-0142", "007")]
    assert [(row.byday, row.opens_at) for row in service.schedules.all()] == [("MO,TU", time(9))]
    assert {row.name: row.code for row in service.languages.all()} == {"English": "en", "Spanish": "es"}
    assert {row.name for row in service.areas.all()} == {"Elm County", "Cook County, IL"}


def test_place_is_added_with_the_service_and_hidden_when_it_is_a_shelter(cast, as_):
    as_(cast.ada).post(
        NEW,
        typed(name="Safe house", **{"place-address_1": "12 Canary Street", "place-city": "Elmtown"}),
    )

    service = Service.objects.get()
    page = as_(cast.ada).get(reverse("directory_service", args=[service.pk])).content.decode()
    place = as_(cast.ada).get(
        reverse("directory_place", args=[service.pk, service.at_locations.get().location_id])
    )

    assert service.at_locations.get().location.addresses.get().address_1 == "12 Canary Street"
    assert "Canary" not in page
    assert "Canary" not in place.content.decode()
    assert "address kept confidential" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"phones-0-number": ""}, "Write the number"),
        ({"hours-0-opens_at": ""}, "Say the days, and from when to when."),
        ({"minimum_age": "30", "maximum_age": "18"}, "younger than the age it starts from"),
        ({"url": "javascript:alert(1)"}, "Write the address of a page"),
        ({"email": "nobody"}, "Write an email address"),
    ],
)
def test_what_needs_another_look_is_said_and_what_was_typed_stays(cast, as_, wrong, said):
    page = as_(cast.ada).post(NEW, typed(**wrong)).content.decode()

    assert said in page
    assert "Willow Center" in page
    assert not Service.objects.exists()
    assert not Organization.objects.exists()


def test_service_is_added_to_an_organization_there_is(cast, as_):
    organization = make_organization("Heron")

    as_(cast.carla).post(reverse("directory_service_of", args=[organization.pk]), typed())

    assert Service.objects.get().organization == organization
    assert Organization.objects.count() == 1


def test_form_shows_what_is_there_and_saving_it_changes_nothing(cast, as_):
    as_(cast.ada).post(NEW, typed())
    service = Service.objects.get()
    url = reverse("directory_service_edit", args=[service.pk])
    phone, hours = service.phones.get(), service.schedules.get()

    page = as_(cast.ada).get(url).content.decode()
    as_(cast.ada).post(
        url,
        typed(version=service.version, **{"phones-0-id": phone.pk, "hours-0-id": hours.pk}),
    )

    assert "555-0142" in page
    assert "Cook County, IL" in page
    service.refresh_from_db()
    assert service.version == 1
    assert (service.phones.get(), service.schedules.get()) == (phone, hours)


def test_two_people_change_one_service_and_nothing_is_lost(cast, as_):
    service = make_service("Legal help")
    url = reverse("directory_service_edit", args=[service.pk])
    as_(cast.ada).post(url, typed(version=1, name="First"))

    page = as_(cast.ada).post(url, typed(version=1, name="Second")).content.decode()

    assert Service.objects.get().name == "First"
    assert "What stands now" in page
    assert 'value="Second"' in page
    as_(cast.ada).post(url, typed(version=2, name="Second"))
    assert Service.objects.get().name == "Second"


def test_correction_of_an_imported_entry_is_remembered(cast):
    service = make_service(source=imported(), hsds_id="s-1")
    Phone.objects.create(service=service, source=service.source, hsds_id="p-1", number="555-0101")

    directory.change_service(
        service=service, by=cast.ada, version=1, facts={"name": "Right name"},
        details=Details(phones=[PhoneFacts("555-0199")]),
    )  # fmt: skip

    service.refresh_from_db()
    assert service.corrected == ["name", "phones"]
    assert numbers_of(service) == ["555-0199"]


def numbers_of(service):
    shown = entry_by_id(service.pk)
    assert [phone.number for phone in entry_of(Service.objects.get(pk=service.pk)).phones] == [
        phone.number for phone in shown.phones
    ]
    return [phone.number for phone in shown.phones]


def test_correction_outlives_the_next_package(cast, as_):
    """What the package says of a number comes again; what somebody here put right stands."""
    service = make_service(source=imported(), hsds_id="s-1")
    Phone.objects.create(service=service, source=service.source, hsds_id="p-1", number="555-0101")
    url = reverse("directory_service_edit", args=[service.pk])
    before = as_(cast.ada).get(url).content.decode()

    as_(cast.ada).post(url, typed(version=1, **{"phones-0-number": "555-0199"}))
    Phone.objects.filter(hsds_id="p-1").delete()
    Phone.objects.create(service=service, source=service.source, hsds_id="p-1", number="555-0102")

    assert "555-0101" in before
    assert numbers_of(service) == ["555-0199"]
    assert "555-0102" not in as_(cast.ada).get(url).content.decode()


def test_corrected_address_outlives_the_next_package(cast, as_):
    service = make_service(source=imported(), hsds_id="s-1")
    place = make_place(service)
    Location.objects.update(source=imported(), hsds_id="l-1")
    Address.objects.update(source=imported(), hsds_id="a-1")

    as_(cast.ada).post(
        reverse("directory_place", args=[service.pk, place.pk]),
        {"version": 1, "address_1": "14 Heron Lane", "city": "Elmtown"},
    )
    Address.objects.filter(hsds_id="a-1").update(address_1="99 Old Road")

    assert [each.address_1 for each in shown_addresses(Service.objects.get())] == ["14 Heron Lane"]


def test_hours_no_form_can_say_stay_as_they_came(cast):
    service = make_service()
    Schedule.objects.create(
        service=service, source=service.source, freq="MONTHLY", byday="3TU", opens_at=time(18)
    )

    directory.change_service(
        service=service, by=cast.ada, version=1, facts={},
        details=Details(hours=[HoursFacts("MO", time(9), time(17))]),
    )  # fmt: skip

    assert {row.byday for row in service.schedules.all()} == {"3TU", "MO"}


def test_local_facts_and_what_only_imports_say_are_not_written_here(cast):
    service = make_service()

    for name in ("survivor_notes", "hidden_at", "listed", "checked_at"):
        with pytest.raises(ValueError, match=name):
            directory.change_service(service=service, by=cast.ada, version=1, facts={name: None})


def test_organization_cannot_belong_to_itself(cast):
    one = make_organization("One")
    two = make_organization("Two", parent=one)

    with pytest.raises(NotPossible):
        directory.change_organization(organization=one, by=cast.ada, version=1, facts={"parent": two})


def test_organization_is_changed(cast, as_):
    organization = make_organization("Heron")

    as_(cast.ada).post(
        reverse("directory_organization_edit", args=[organization.pk]),
        {"name": "Heron House", "website": "heron.example.org", "version": 1},
    )

    organization.refresh_from_db()
    assert (organization.name, organization.website) == ("Heron House", "https://heron.example.org")


# --- Local facts ---------------------------------------------------------------------------------


def test_checked_today_with_one_click_and_once_a_day(cast, as_):
    service = make_service()
    url = reverse("directory_checked", args=[service.pk])

    as_(cast.ada).post(url)
    as_(cast.carla).post(url)

    service.refresh_from_db()
    assert service.checked_by == cast.ada
    assert Entry.objects.filter(event="directory.checked").count() == 1


def test_local_facts_are_written(cast, as_):
    service = make_service()

    as_(cast.ada).post(
        reverse("directory_local_facts", args=[service.pk]),
        {"survivor_notes": "Ask for the blue door.", "no_voicemail": "on", "version": 1},
    )

    service.refresh_from_db()
    assert (service.survivor_notes, service.no_voicemail) == ("Ask for the blue door.", True)


def test_local_facts_meet_what_somebody_else_wrote(cast):
    service = make_service()
    facts = {"preferred_contact": "email"}
    local_facts.change_local_facts(service=service, by=cast.ada, version=1, facts=facts)

    with pytest.raises(ChangedMeanwhile):
        local_facts.change_local_facts(
            service=service, by=cast.carla, version=1, facts={"preferred_contact": "phone"}
        )


def test_hidden_entry_is_not_listed_and_can_be_shown_again(cast, as_):
    service = make_service()

    as_(cast.ada).post(reverse("directory_hide", args=[service.pk]), {"reason": "Asked us to."})
    hidden = list(Service.objects.listed())
    as_(cast.ada).post(reverse("directory_show", args=[service.pk]))

    assert hidden == []
    assert list(Service.objects.listed()) == [service]


def test_hiding_needs_a_reason(cast, as_):
    service = make_service()

    as_(cast.ada).post(reverse("directory_hide", args=[service.pk]), {"reason": " "})

    assert list(Service.objects.hidden()) == []


# --- Said to be wrong -------------------------------------------------------------------------------


def test_advocate_says_what_is_wrong_and_it_is_answered(cast, as_):
    service = make_service()
    url = reverse("directory_report", args=[service.pk])

    for _twice in range(2):
        as_(cast.alice).post(url, {"what": "phone", "words": "It rings at a bakery."})
    report = Report.objects.get()
    as_(cast.ada).post(reverse("directory_report_settle", args=[report.pk]), {"answer": "New number."})
    as_(cast.ada).post(reverse("directory_report_settle", args=[report.pk]), {"answer": "Again."})

    report.refresh_from_db()
    assert (report.by, report.settled_by, report.answer) == (cast.alice, cast.ada, "New number.")


def test_words_of_reports_and_notes_do_not_reach_the_trail(cast, as_):
    service = make_service(description="canary-description")
    as_(cast.alice).post(
        reverse("directory_report", args=[service.pk]), {"what": "other", "words": "canary-report"}
    )
    as_(cast.ada).post(
        reverse("directory_local_facts", args=[service.pk]), {"survivor_notes": "canary-note", "version": 1}
    )

    kept = str(list(Entry.objects.values_list("changes", "additional_data", "object_repr")))
    assert "directory.reported" in set(Entry.objects.values_list("event", flat=True))
    assert "canary" not in kept


# --- Shelves ------------------------------------------------------------------------------------------


def test_shelves_hold_what_wants_looking_at(cast, as_):
    now = timezone.now()
    make_service("Fresh", checked_at=now, checked_by=cast.ada)
    make_service("Old", checked_at=now - timedelta(days=400), checked_by=cast.ada)
    make_service("Unknown")
    make_service("Hidden", hidden_at=now, hidden_by=cast.ada)
    make_service("Gone", listed=False)
    Report.objects.create(service=make_service("Wrong", assured_on=now.date()), by=cast.alice, what="phone")
    at = {"checked_at": now, "checked_by": cast.ada}
    make_place(make_service("Safe house", **at), looked_confidential_at=now)
    make_service("Said by hand", confidential_location=True, **at)
    make_place(make_service("Office", **at))
    browser = as_(cast.ada)

    def shelf(key):
        rows = browser.get(reverse("directory_shelf", args=[key])).context["rows"]
        return [row.name for row in rows]

    assert shelf("stale") == ["Old", "Unknown"]
    assert shelf("hidden") == ["Hidden"]
    assert shelf("gone") == ["Gone"]
    assert shelf("reported") == ["Wrong"]
    assert shelf("used") == []
    assert shelf("confidential") == ["Safe house", "Said by hand"]
    assert browser.get(reverse("directory_shelf", args=["nothing"])).status_code == 404


def test_shelf_goes_on_where_the_page_before_ended(cast, as_, monkeypatch):
    monkeypatch.setattr("referrals.upkeep.rows.__kwdefaults__", {"after": None, "most": 2})
    for name in "ABC":
        make_service(name)
    browser, url = as_(cast.ada), reverse("directory_shelf", args=["stale"])

    first = browser.get(url).context
    second = browser.post(url, {"after": first["after"]}).context

    assert [row.name for row in first["rows"]] == ["A", "B"]
    assert [row.name for row in second["rows"]] == ["C"]
    assert second["after"] is None


def test_what_is_used_most_is_counted_and_a_few_stay_a_few(cast, as_):
    often, seldom = make_service("Often"), make_service("Seldom")
    for service, times in ((often, 6), (seldom, 1)):
        for _time in range(times):
            a_referral(cast.case, cast.alice, service, kind="information")

    rows = as_(cast.ada).get(reverse("directory_shelf", args=["used"])).context["rows"]

    assert [(row.name, row.note) for row in rows] == [
        ("Often", "6 referrals in a year"),
        ("Seldom", "a few referrals in a year"),
    ]


@pytest.mark.parametrize("page", ["directory", "shelf"])
def test_one_row_and_three_rows_ask_the_same_number_of_questions(
    cast, as_, django_assert_max_num_queries, page
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("directory") if page == "directory" else reverse("directory_shelf", args=["stale"])
    browser, counts = as_(cast.ada), []
    browser.get(url)
    for name in ("One", "Two", "Three"):
        Report.objects.create(service=make_service(name), by=cast.alice, what="phone")
        if name == "Two":
            continue
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(url)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_entry_is_looked_up_by_name_and_the_name_stays_out_of_the_address(cast, as_):
    make_service("Legal help", make_organization("Heron"))

    page = as_(cast.ada).post(reverse("directory"), {"q": "heron"}).content.decode()
    nothing = as_(cast.ada).post(reverse("directory"), {"q": "xyz"}).content.decode()

    assert "Heron" in page
    assert "Nothing has these words in its name." in nothing


def test_page_of_a_place_of_another_service_is_404(cast, as_):
    service, other = make_service("One"), make_service("Two")
    place = make_place(other)

    assert as_(cast.ada).get(reverse("directory_place", args=[service.pk, place.pk])).status_code == 404


def test_place_is_corrected(cast, as_):
    service = make_service()
    place = make_place(service)

    as_(cast.ada).post(
        reverse("directory_place", args=[service.pk, place.pk]),
        {"version": 1, "name": "Annex", "address_1": "14 Heron Lane", "city": "Elmtown", "access": "A ramp."},
    )

    place.refresh_from_db()
    assert (place.name, place.addresses.get().address_1) == ("Annex", "14 Heron Lane")
    assert place.access_facts.get().description == "A ramp."


def test_uncovering_on_the_page_needs_a_reason(cast, as_):
    service = make_service("Safe house")
    place = make_place(service)
    url = reverse("directory_place_show", args=[service.pk, place.pk])

    as_(cast.ada).post(url, {"reason": ""})
    place.refresh_from_db()
    before = place.confidential
    as_(cast.ada).post(url, {"reason": "Their public office."})
    place.refresh_from_db()

    assert before is None
    assert (place.confidential, place.confidential_by) == (False, cast.ada)
    assert Entry.objects.filter(event="directory.uncovered").count() == 1
