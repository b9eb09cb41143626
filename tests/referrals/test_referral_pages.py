"""The pages of referrals: the way from a need to its end, what they show, and whom they show it to."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.services.assignments import hand_over
from casework.services.grants import invite_to_consult
from clients.models import Disclosure
from referrals.models import Referral, ReferralEvent
from referrals.services import referral_events as events
from referrals.services import referrals
from tests.casework.counting import reads
from tests.casework.harm_things import a_rest
from tests.referrals.referring import (
    a_referral,
    a_release,
    a_sent_referral,
    a_service,
    revoke,
    walked_to,
)

DAY = timedelta(days=1)


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def text(answer):
    return BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ", strip=True)


def form(**changes):
    facts = {"form_id": str(uuid4()), "kind": "assisted", "need": "protection_order", "means": "phone"}
    said = {"item_name": "on", "said_name": "Maple", "item_phone": "on", "said_phone": "555-0100"}
    return {**facts, **said, "then": "on", **changes}


def post(browser, name, case, *args, **sent):
    return browser.post(url(name, case, *args), sent, follow=True)


# --- From a need to its end -----------------------------------------------------------------------


def test_information_given_in_two_clicks_from_a_need(cast, as_):
    a_rest(cast.case, cast.alice, area="pets")
    browser = as_(cast.alice)
    page = BeautifulSoup(browser.get(url("harm_contact", cast.case)).content, "html.parser")
    link = next(a["href"] for a in page.select(".needs a") if "Begin a referral" in a.get_text())

    first = browser.get(link)
    sent = {**form(kind="information", place="Elm Kennels", need="pets"), "area": "pets"}
    answer = browser.post(link, sent, follow=True)

    assert first.context["form"]["need"].value() == "pets"
    assert "they have the details" in text(answer)
    made = Referral.objects.get()
    assert (made.kind, made.state, made.area, made.organization) == (
        "information",
        "given",
        "pets",
        "Elm Kennels",
    )
    assert (made.items, made.snapshot, Disclosure.objects.count()) == ([], None, 0)


def test_the_need_shows_what_became_of_it(cast, as_):
    a_rest(cast.case, cast.alice, area="housing")
    referral = a_referral(cast.case, cast.alice, need="shelter", area="housing", kind="information")
    referrals.give(referral=referral, by=cast.alice)
    browser = as_(cast.alice)
    assert "A safe place to stay now: Details given" in text(browser.get(url("harm_contact", cast.case)))

    referrals.end(referral=referral, to="completed", outcome="not_met", reason="no_capacity", by=cast.alice)

    assert "A safe place to stay now: Not met · No room" in text(browser.get(url("harm_contact", cast.case)))


def test_needs_that_are_in_place_offer_no_referral(cast, as_):
    a_rest(cast.case, cast.alice, area="housing", state="in_place")

    assert "Begin a referral" not in text(as_(cast.alice).get(url("harm_contact", cast.case)))


def test_the_whole_loop_through_the_pages(cast, as_):
    service, browser = a_service(), as_(cast.alice)
    stopped = browser.post(url("referral_new", cast.case), form(service=str(service.pk)), follow=True)
    referral = Referral.objects.get()
    assert referral.state == "draft"
    assert "There is no release for this yet" in text(stopped)
    assert "Not released: What they are called, A phone number." in text(stopped)
    link = BeautifulSoup(stopped.content, "html.parser").select_one(".notice a.btn")["href"]
    assert link.startswith(url("release_new", cast.case))
    assert f"recipient={service.organization_id}" in link
    assert "items=name" in link
    assert "Linden" not in link

    a_release(cast.case, cast.alice, service)
    post(browser, "referral_step", cast.case, referral.pk, to="ready")
    shown = text(browser.get(url("referral_send", cast.case, referral.pk)))
    assert "What will leave" in str(browser.get(url("referral_send", cast.case, referral.pk)).content)
    assert "To Linden Law" in shown
    assert "555-0100" in shown
    assert Disclosure.objects.count() == 0

    post(browser, "referral_send", cast.case, referral.pk)
    assert (Disclosure.objects.count(), Referral.objects.get().state) == (1, "sent")
    post(browser, "referral_step", cast.case, referral.pk, to="accepted")
    at = timezone.localtime() + 3 * DAY
    post(
        browser, "referral_event", cast.case, referral.pk,
        kind="appointment_set", appointment_at=at.strftime("%Y-%m-%dT%H:%M"), form_id=str(uuid4()),
    )  # fmt: skip
    post(browser, "referral_event", cast.case, referral.pk, kind="no_show", form_id=str(uuid4()))
    post(browser, "referral_event", cast.case, referral.pk, kind="attended", form_id=str(uuid4()))
    ended = post(browser, "referral_end", cast.case, referral.pk, to="completed", outcome="met")

    assert "Need met" in text(ended)
    assert list(ReferralEvent.objects.order_by("created_at").values_list("kind", flat=True)) == [
        "appointment_set", "no_show", "attended",
    ]  # fmt: skip
    assert "Linden Law" in browser.get(url("disclosures", cast.case)).content.decode()


def test_after_revoking_the_next_step_waits_and_says_why(cast, as_):
    service, browser = a_service(), as_(cast.alice)
    ready = walked_to("ready", cast.case, cast.alice, service)
    revoke(cast.case.client.releases.get(), cast.alice)

    page = text(browser.get(url("referral", cast.case, ready.pk)))
    answer = post(browser, "referral_send", cast.case, ready.pk)

    assert "They took the release back." in page
    assert "then send: waits for a release." in page
    assert "Nothing has left. They took the release back." in text(answer)
    assert Referral.objects.get().state == "ready"
    assert Disclosure.objects.count() == 0
    assert Entry.objects.filter(event="referral.moved", outcome="refused").count() == 1
    assert "No release covers it now" in text(browser.get(url("referrals", cast.case)))
    assert "No release covers it now" in text(browser.get(url("case", cast.case)))
    assert "Nothing more may go out" in text(browser.get(reverse("my_referrals")))


def test_an_appointment_waits_for_a_release_too(cast, as_):
    accepted = walked_to("accepted", cast.case, cast.alice)
    revoke(accepted.release, cast.alice)
    at = (timezone.localtime() + DAY).strftime("%Y-%m-%dT%H:%M")

    answer = post(
        as_(cast.alice), "referral_event", cast.case, accepted.pk, kind="appointment_set", appointment_at=at
    )

    assert "took the release back" in text(answer)
    assert ReferralEvent.objects.count() == 0


def test_two_appointments_that_did_not_happen_ask_a_question(cast, as_):
    referral = walked_to("accepted", cast.case, cast.alice)
    for _n in range(2):
        events.happened(referral=referral, kind="no_show", by=cast.alice)

    assert "Two appointments did not happen" in text(
        as_(cast.alice).get(url("referral", cast.case, referral.pk))
    )
    assert "Is it still what they want?" in text(as_(cast.alice).get(reverse("my_referrals")))
    assert cast.case.code in text(as_(cast.carla).get(reverse("team_referrals")))
    assert Referral.objects.get().is_open


def test_a_reason_that_was_hidden_does_not_stand_in_the_way(cast, as_):
    referral = walked_to("accepted", cast.case, cast.alice)

    post(
        as_(cast.alice), "referral_end", cast.case, referral.pk, to="completed", outcome="met", reason="cost"
    )

    assert (Referral.objects.get().outcome, Referral.objects.get().reason) == ("met", "")


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"kind": ""}, "kind", "required"),
        ({"need": "castle"}, "need", "valid choice"),
        ({"place": "", "service": ""}, "place", "which place"),
        ({"place": "x" * 201}, "place", "at most 200"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_, sent, field, words):
    answer = as_(cast.alice).post(
        url("referral_new", cast.case), form(place="Elm", said_name="Typed words") | sent
    )

    assert words in str(answer.context["form"].errors[field])
    assert "Typed words" in answer.content.decode()
    assert Referral.objects.count() == 0


def test_a_form_sent_twice_is_one_referral(cast, as_):
    browser, sent = as_(cast.alice), form(place="Elm")

    for _twice in range(2):
        browser.post(url("referral_new", cast.case), sent)

    assert Referral.objects.count() == 1


def test_an_old_entry_asks_to_call_first(cast, as_):
    service = a_service(checked_at=None)
    fresh = a_service("Fresh clinic", checked_at=timezone.now(), checked_by=cast.ada)
    browser = as_(cast.alice)

    assert "Call first?" in text(browser.get(url("referral_new", cast.case), {"service": service.pk}))
    assert "Call first?" not in text(browser.get(url("referral_new", cast.case), {"service": fresh.pk}))


def test_a_place_that_is_no_longer_listed_is_not_offered(cast, as_):
    service = a_service(listed=False)

    answer = as_(cast.alice).post(url("referral_new", cast.case), form(service=str(service.pk)))

    assert "which place" in str(answer.context["form"].errors["place"])


def test_what_a_release_lets_us_say_is_filled_in(cast, as_):
    service = a_service()
    a_release(cast.case, cast.alice, service, items=("name",), said={"name": "Only Maple"})

    page = as_(cast.alice).get(url("referral_new", cast.case), {"service": service.pk}).context["form"]

    assert page["item_name"].value() is True
    assert page["said_name"].value() == "Only Maple"
    assert not page["item_phone"].value()


def test_referring_again_fills_in_what_was_said(cast, as_):
    ended = walked_to("declined", cast.case, cast.alice)

    page = as_(cast.alice).get(url("referral_new", cast.case), {"replaces": ended.pk})

    assert page.context["form"]["said_phone"].value() == "after six, 555-0100"
    assert "takes the place of an earlier referral" in text(page)


def test_put_off_and_switched_off(cast, as_):
    referral, browser = a_sent_referral(cast.case, cast.alice), as_(cast.alice)
    later = timezone.localdate() + 60 * DAY

    post(browser, "referral_asking", cast.case, referral.pk, until=later.isoformat())
    assert Referral.objects.get().ask_on == later
    post(browser, "referral_asking", cast.case, referral.pk, on="no")
    assert not Referral.objects.get().asks
    assert "still to come" in text(
        post(browser, "referral_asking", cast.case, referral.pk, until="yesterday")
    )


def test_somebody_else_changed_it_meanwhile(cast, as_):
    referral = a_referral(cast.case, cast.alice)
    referrals.change(referral=referral, version=1, by=cast.carla, need="shelter", words="Her words")

    answer = as_(cast.alice).post(
        url("referral_edit", cast.case, referral.pk), form(version="1", words="My words")
    )

    assert "My words" in answer.content.decode()
    assert "Her words" in answer.content.decode()
    assert Referral.objects.get().words == "Her words"


# --- Nobody else, and no other case --------------------------------------------------------------------


PAGES = ["referral", "referral_edit", "referral_send", "referral_end", "referral_event"]
WRITES = [
    "referral_edit",
    "referral_step",
    "referral_send",
    "referral_end",
    "referral_event",
    "referral_asking",
]


def test_a_stranger_sees_nothing(cast, as_):
    referral, browser = a_sent_referral(cast.case, cast.alice), as_(cast.bob)

    for name in PAGES:
        assert browser.get(url(name, cast.case, referral.pk)).status_code == 404
    for name in WRITES:
        assert browser.post(url(name, cast.case, referral.pk)).status_code == 404
    assert browser.get(url("referrals", cast.case)).status_code == 404
    assert cast.case.code not in text(browser.get(reverse("my_referrals")))


def test_another_cases_referral_cannot_be_named_in_this_one(cast, as_):
    other, browser = cast.another_case(), as_(cast.alice)
    referral = a_sent_referral(other, cast.alice)

    for name in PAGES:
        assert browser.get(url(name, cast.case, referral.pk)).status_code == 404
    for name in WRITES:
        sent = {"to": "accepted", "outcome": "met", "kind": "acknowledged", "on": "no"}
        assert browser.post(url(name, cast.case, referral.pk), sent).status_code == 404
    assert browser.get(url("referral_new", cast.case), {"replaces": referral.pk}).status_code == 404
    sent = form(place="Elm", replaces=str(referral.pk))
    assert browser.post(url("referral_new", cast.case), sent).status_code == 404
    assert Referral.objects.get().state == "sent"


def test_another_cases_release_lets_nothing_out_here(cast, as_):
    service, other = a_service(), cast.another_case()
    a_release(other, cast.alice, service, said={"name": "CANARY of the other"})
    browser = as_(cast.alice)

    page = browser.get(url("referral_new", cast.case), {"service": service.pk})
    answer = browser.post(url("referral_new", cast.case), form(service=str(service.pk)), follow=True)

    assert "CANARY" not in page.content.decode()
    assert "There is no release for this yet" in text(answer)
    assert Referral.objects.get().state == "draft"


def test_a_place_shows_nothing_about_who_was_referred(cast, as_):
    service = a_service()
    a_sent_referral(cast.case, cast.alice, service, words="CANARY")
    browser = as_(cast.carla)

    for name in ("directory_service", "support_entry"):
        page = browser.get(reverse(name, args=[service.pk])).content.decode()
        for secret in (cast.case.code, "CANARY", "Maple"):
            assert secret not in page


def test_a_reader_may_look_and_not_write(cast, as_):
    referral = a_sent_referral(cast.case, cast.alice)
    invite_to_consult(case=cast.case, user=cast.bob, until=timezone.localdate(), by=cast.carla)
    browser = as_(cast.bob)

    page = browser.get(url("referral", cast.case, referral.pk))

    assert "Write down what happened" not in text(page)
    assert browser.post(url("referral_step", cast.case, referral.pk), {"to": "accepted"}).status_code == 403


def test_words_from_before_a_hand_over_stay_closed(cast, as_):
    referral = a_sent_referral(cast.case, cast.alice, words="CANARY note")
    referrals.move(referral=referral, to="accepted", by=cast.alice, why="CANARY why")
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)

    page = as_(cast.bob).get(url("referral", cast.case, referral.pk)).content.decode()

    assert "CANARY" not in page
    assert "555-0100" not in page


def test_titles_and_addresses_say_nothing(cast, as_):
    referral, browser = a_sent_referral(cast.case, cast.alice), as_(cast.alice)
    addresses = [url("referrals", cast.case), url("referral_new", cast.case)]
    addresses += [url("referral", cast.case, referral.pk), reverse("my_referrals")]

    for address in addresses:
        title = BeautifulSoup(browser.get(address).content, "html.parser").title.get_text()
        assert not re.search(r"Linden|Maple|protect|lawyer", f"{title} {address}", re.I)


# --- Beside other pages -------------------------------------------------------------------------------------


def test_the_day_shows_a_code_and_a_word_and_no_name(cast, as_):
    referral = walked_to("accepted", cast.case, cast.alice)
    at = timezone.now() + 2 * DAY
    events.happened(referral=referral, kind="appointment_set", by=cast.alice, appointment_at=at)
    Referral.objects.filter(pk=referral.pk).update(ask_on=timezone.localdate())

    page = BeautifulSoup(as_(cast.alice).get("/today/").content, "html.parser")
    lines = page.find(id="day-lines").find_parent("section").get_text(" ", strip=True)

    assert lines.count(cast.case.code) == 2
    assert "ask how it is going" in lines
    assert "appointment" in lines
    assert not re.search(r"Maple|Linden|overdue|late\b", lines)
    listed = Entry.objects.filter(event="today.list").latest("pk").additional_data
    assert cast.case.code in str(listed)


@pytest.mark.parametrize("change", [{"asks": False}, {"is_open": None}])
def test_the_day_is_quiet_where_it_was_switched_off_or_ended(cast, as_, change):
    referral = a_sent_referral(cast.case, cast.alice)
    Referral.objects.filter(pk=referral.pk).update(ask_on=timezone.localdate())
    if "asks" in change:
        events.suggest(referral=referral, on=False, by=cast.alice)
    else:
        referrals.end(referral=referral, to="declined", outcome="not_met", reason="cost", by=cast.alice)

    assert "day-lines" not in as_(cast.alice).get("/today/").content.decode()


def test_closing_asks_about_what_is_open_and_stops_nothing(cast, as_):
    a_sent_referral(cast.case, cast.alice)
    browser = as_(cast.alice)

    page = text(browser.get(url("case_close", cast.case)))
    browser.post(url("case_close", cast.case), {"reason": "met", "told_may_return": "on"})

    assert "Still under way elsewhere" in page
    assert "The case can be closed either way" in page
    cast.case.refresh_from_db()
    assert not cast.case.is_open
    assert cast.case.code not in text(browser.get(reverse("my_referrals")))


# --- How many questions ---------------------------------------------------------------------------


def counted(browser, address):
    browser.get(address)
    with reads() as asked:
        browser.get(address)
    return asked()


@pytest.mark.parametrize("name", ["referrals", "case", "harm_contact", "case_close"])
def test_pages_of_a_case_ask_the_same_with_one_and_with_three(cast, as_, name):
    browser, asked = as_(cast.alice), []
    a_rest(cast.case, cast.alice)
    for number in (1, 2):
        for _n in range(number):
            a_sent_referral(cast.case, cast.alice, a_service(f"Service {uuid4()}"))
        asked.append(counted(browser, url(name, cast.case)))

    assert len(asked[0]) == len(asked[1]), asked[1]


@pytest.mark.parametrize("name", ["my_referrals", "team_referrals", "unmet_needs"])
def test_lists_ask_the_same_with_one_and_with_three(cast, as_, name):
    reader = cast.carla if name != "my_referrals" else cast.alice
    browser, asked = as_(reader), []
    for number in (1, 2):
        for _n in range(number):
            case = cast.another_case()
            referral = walked_to("accepted", case, cast.alice)
            for _twice in range(2):
                events.happened(referral=referral, kind="no_show", by=cast.alice)
            walked_to("declined", case, cast.alice, a_service(f"Service {uuid4()}"))
        asked.append(counted(browser, reverse(name)))

    assert len(asked[0]) == len(asked[1]), asked[1]
    assert len(asked[1]) <= 6, asked[1]
