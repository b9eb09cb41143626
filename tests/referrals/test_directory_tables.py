"""What the database itself holds of the directory."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from referrals.entry import ages_words, entry_of, readable
from referrals.models import (
    Area,
    Location,
    Organization,
    Phone,
    Report,
    Schedule,
    Service,
    Source,
    SpokenLanguage,
    Tag,
)
from tests.referrals.directory_things import imported, make_organization, make_place, make_service

pytestmark = pytest.mark.django_db(databases="__all__")


def impossible(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize("model", [Phone, Schedule, SpokenLanguage, Area, Tag])
def test_detail_belongs_to_something(model):
    source = Source.objects.by_hand()

    impossible(lambda: model.objects.create(source=source))


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (Service, {"hidden_at": timezone.now()}),
        (Service, {"checked_at": timezone.now()}),
        (Location, {"confidential_at": timezone.now()}),
        (Location, {"confidential": False}),
        (Location, {"latitude": 91.0}),
        (Report, {"settled_at": timezone.now()}),
    ],
)
def test_what_goes_in_pairs_stays_in_pairs(cast, model, facts):
    service = make_service()
    make_place(service)
    Report.objects.create(service=service, by=cast.alice, what="phone")

    impossible(lambda: model.objects.update(**facts))


def test_ages_are_not_negative():
    impossible(lambda: Service.objects.filter(pk=make_service().pk).update(minimum_age=-1))


def test_id_of_a_source_is_there_once_and_what_is_written_here_has_none():
    source = imported()
    make_organization("One", hsds_id="") and make_organization("Two", hsds_id="")
    Organization.objects.create(source=source, hsds_id="o-1", name="A")

    impossible(lambda: Organization.objects.create(source=source, hsds_id="o-1", name="B"))


def test_only_what_is_written_here_has_no_name_of_a_source():
    impossible(lambda: Source.objects.create(name="", kind=Source.Kind.HSDS))
    assert Source.objects.by_hand() == Source.objects.by_hand()


def test_listed_is_what_may_be_offered(cast):
    shown = make_service("Open")
    closed_for_now = make_service("Summer", status="temporarily closed")
    make_service("Closed", status="defunct")
    make_service("Not now", status="inactive")
    make_service("Gone", listed=False)
    make_service("Hidden", hidden_at=timezone.now(), hidden_by=cast.ada)

    assert set(Service.objects.listed()) == {shown, closed_for_now}


# --- Ready to be shown ---------------------------------------------------------------------------


def test_closest_number_is_shown_and_the_organizations_only_without_one():
    service = make_service()
    Phone.objects.create(source=service.source, organization=service.organization, number="555-0100")
    before = entry_of(service).phones
    Phone.objects.create(
        source=service.source, service=service, number="555-0142", extension="007", type="TTY"
    )

    after = entry_of(Service.objects.get()).phones

    assert [phone.number for phone in before] == ["555-0100"]
    assert [(phone.words, phone.href) for phone in after] == [
        ("555-0142, extension 007 (TTY)", "tel:5550142")
    ]


def test_facts_are_plain_texts_and_empty_ones_are_left_out():
    service = make_service("Legal help", survivor_notes="Blue door.", no_voicemail=True, needs=["legal"])

    facts = entry_of(service).as_facts()

    assert facts["name"] == "Legal help"
    assert facts["good_to_know"] == "Blue door."
    assert "voicemail" in facts
    assert "places" not in facts
    assert all(isinstance(text, str) and text for text in facts.values())


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((18, None), "from age 18"),
        ((None, 17), "up to age 17"),
        ((13, 17), "ages 13 to 17"),
        ((0, 200), ""),
        ((None, None), ""),
        ((0, 12), "up to age 12"),
    ],
)
def test_ages_as_one_would_say_them(ages, words):
    assert ages_words(*ages) == words


def test_one_entry_and_three_entries_ask_the_same_number_of_questions(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for name in ("One", "Two", "Three"):
        service = make_service(name, make_organization(name), description="A desk.")
        make_place(service)
        Phone.objects.create(source=service.source, service=service, number="555-0100")
        with CaptureQueriesContext(connection) as asked:
            for each in readable(Service.objects.all()):
                entry_of(each)
        counts.append(len(asked))

    assert len(set(counts)) == 1
