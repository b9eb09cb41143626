"""Contact with the person who caused harm: a history that only grows, in their words, without a figure."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework import harm_history, lanes
from casework.exceptions import NotPossible
from casework.harm_choices import Area, Contact, State
from casework.models import HarmContact, RestsOn
from casework.services import drafts, erasure, harm_contact
from casework.services.assignments import hand_over
from casework.services.cases import close_case
from casework.services.harm_contact import Said
from clients.services import add_person_who_harmed
from tests.casework.counting import reads
from tests.casework.harm_things import a_breach, a_rest, a_risk, an_entry, an_order
from vault import keys
from vault.fields import raw


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def entry(**changes):
    facts = {"value": "none_chosen", "on": "2026-03-14", "words": "It is quieter", "form_id": str(uuid4())}
    return {**facts, **changes}


def page(browser, case):
    return browser.get(url("harm_contact", case)).content.decode()


# --- The history ------------------------------------------------------------------------------


def test_entry_is_written_with_what_it_rests_on(cast, as_):
    sent = entry(state_housing="at_stake", words_housing="The flat is theirs", looking_housing="on")

    as_(cast.alice).post(url("harm_contact_new", cast.case), sent)

    kept = HarmContact.objects.get()
    rest = RestsOn.objects.get()
    assert (kept.value, kept.happened_on, kept.precision) == ("none_chosen", date(2026, 3, 14), "day")
    assert (kept.words, kept.written_by) == ("It is quieter", cast.alice)
    assert (rest.entry, rest.area, rest.state, rest.words) == (
        kept,
        "housing",
        "at_stake",
        "The flat is theirs",
    )
    assert (rest.said_on, rest.looking_since) == (date(2026, 3, 14), date(2026, 3, 14))


@pytest.mark.parametrize("before", Contact.values)
def test_any_value_follows_any_value(cast, before):
    an_entry(cast.case, cast.alice, value=before)

    for value in Contact.values:
        an_entry(cast.case, cast.alice, value=value)

    assert HarmContact.objects.count() == 1 + len(Contact)


def test_words_are_encrypted(cast):
    record, rest = an_entry(cast.case, cast.alice), a_rest(cast.case, cast.alice)

    assert b"Words" not in raw(HarmContact.objects.get(pk=record.pk), "words")
    assert b"Words" not in raw(RestsOn.objects.get(pk=rest.pk), "words")


def test_about_a_month_keeps_the_month_only(cast, as_):
    browser = as_(cast.alice)

    browser.post(url("harm_contact_new", cast.case), entry(about="on"))

    assert (HarmContact.objects.get().happened_on, HarmContact.objects.get().precision) == (
        date(2026, 3, 1),
        "month",
    )
    assert "about March 2026" in page(browser, cast.case)


def test_history_is_in_the_order_of_its_days_not_of_writing(cast, as_):
    an_entry(cast.case, cast.alice, value="in_contact", happened_on=date(2026, 5, 1))
    an_entry(cast.case, cast.alice, value="weighing", happened_on=date(2026, 4, 1))

    shown = as_(cast.alice).get(url("harm_contact", cast.case)).context

    assert [row.title for row in shown["entries"]] == ["In contact", "Weighing it"]
    assert [row.title for _who, row in shown["now"]] == ["In contact"]


def test_double_submit_is_one_entry(cast, as_):
    browser, sent = as_(cast.alice), entry(state_pets="in_place", state_faith="at_stake")

    browser.post(url("harm_contact_new", cast.case), sent)
    browser.post(url("harm_contact_new", cast.case), sent)

    assert (HarmContact.objects.count(), RestsOn.objects.count()) == (1, 2)


def test_other_words_under_a_used_id_are_another_entry(cast, as_):
    browser, sent = as_(cast.alice), entry()

    browser.post(url("harm_contact_new", cast.case), sent)
    browser.post(url("harm_contact_new", cast.case), {**sent, "words": "And one more thing"})

    assert {one.words for one in HarmContact.objects.all()} == {"It is quieter", "And one more thing"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("on", "14.03.2026", "year-month-day"),
        ("on", "2126-03-14", "not come yet"),
        ("on", "0206-03-14", "check the year"),
        ("on", "", "required"),
        ("value", "better", "Select a valid choice"),
        ("value", "", "required"),
        ("state_housing", "great", "Select a valid choice"),
        ("words", "x" * 4001, "at most 4000"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_, field, value, said):
    sent = entry(**{"words": "Typed words", field: value})

    answer = as_(cast.alice).post(url("harm_contact_new", cast.case), sent)

    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    assert sent["words"] in answer.content.decode()
    assert HarmContact.objects.count() == 0


def test_odd_characters_survive(cast, as_):
    words = "شكرا 👩‍👧 <b>bold</b> O'Neil\x00"
    browser = as_(cast.alice)

    browser.post(url("harm_contact_new", cast.case), entry(words=words))

    assert HarmContact.objects.get().words == words.replace("\x00", "")
    assert "<b>bold</b>" not in page(browser, cast.case)


def test_struck_entry_goes_with_what_came_with_it_and_both_come_back(cast, as_):
    record = an_entry(cast.case, cast.alice, rests=[Said("housing", "at_stake", "The flat")])
    browser = as_(cast.alice)

    after = browser.post(url("harm_contact_strike", cast.case, record.pk), follow=True).content.decode()

    assert "Words of the entry" not in after
    assert "The flat" not in after
    assert url("harm_contact_restore", cast.case, record.pk) in after
    browser.post(url("harm_contact_restore", cast.case, record.pk))
    assert "Words of the entry" in page(browser, cast.case)
    assert "The flat" in page(browser, cast.case)


def test_row_struck_by_itself_stays_struck_when_its_entry_comes_back(cast):
    record = an_entry(cast.case, cast.alice, rests=[Said("housing", "at_stake"), Said("pets", "in_place")])
    harm_contact.strike_rest(rest=record.rests_on.get(area="pets"), by=cast.alice)

    harm_contact.strike_entry(entry=record, by=cast.alice)
    harm_contact.restore_entry(entry=record, by=cast.alice)

    assert {row.area for row in record.rests_on.filter(struck_at=None)} == {"housing"}


def test_person_is_asked_only_where_there_are_several(cast, as_):
    browser = as_(cast.alice)
    add_person_who_harmed(client=cast.case.client, by=cast.alice, relation="partner")
    browser.post(url("harm_contact_new", cast.case), entry())
    asked_one = "person" in browser.get(url("harm_contact_new", cast.case)).context["form"].fields

    landlord = add_person_who_harmed(client=cast.case.client, by=cast.alice, relation="landlord")
    browser.post(url("harm_contact_new", cast.case), entry(person=str(landlord.pk), value="limited"))

    shown = browser.get(url("harm_contact", cast.case)).context
    assert not asked_one
    assert [(who, row.title) for who, row in shown["now"]] == [
        ("Partner", "No contact, by choice"),
        ("Landlord", "Limited contact, or through somebody else"),
    ]


def test_person_of_another_case_is_not_taken(cast, as_):
    other = add_person_who_harmed(client=cast.another_case().client, by=cast.alice, relation="partner")
    for relation in ("partner", "landlord"):
        add_person_who_harmed(client=cast.case.client, by=cast.alice, relation=relation)

    answer = as_(cast.alice).post(url("harm_contact_new", cast.case), entry(person=str(other.pk)))

    assert "person" in answer.context["form"].errors
    with pytest.raises(NotPossible):
        an_entry(cast.case, cast.alice, person=other)


# --- What it rests on ---------------------------------------------------------------------------


def test_newest_day_of_each_area_stands(cast):
    a_rest(cast.case, cast.alice, state="in_place", on=date(2026, 5, 1))
    a_rest(cast.case, cast.alice, state="at_stake", on=date(2026, 4, 1))
    a_rest(cast.case, cast.alice, area="pets", state="arranging")

    now = harm_history.standing_now(RestsOn.objects.all())

    assert {area: row.state for area, row in now.items()} == {"housing": "in_place", "pets": "arranging"}


def test_only_what_was_chosen_is_written(cast, as_):
    a_rest(cast.case, cast.alice)

    as_(cast.alice).post(url("rests_new", cast.case), {"on": "2026-04-01", "state_pets": "in_place"})

    assert [row.area for row in RestsOn.objects.order_by("said_on")] == ["housing", "pets"]


def test_nothing_chosen_is_said(cast, as_):
    answer = as_(cast.alice).post(url("rests_new", cast.case), {"on": "2026-04-01"})

    assert "at least one" in answer.content.decode()
    assert RestsOn.objects.count() == 0


def test_double_submit_writes_each_area_once(cast, as_):
    browser = as_(cast.alice)
    sent = {"form_id": str(uuid4()), "on": "2026-04-01", "state_pets": "in_place", "state_faith": "at_stake"}

    browser.post(url("rests_new", cast.case), sent)
    browser.post(url("rests_new", cast.case), sent)

    assert sorted(row.area for row in RestsOn.objects.all()) == ["faith", "pets"]


def test_page_says_what_is_in_place_and_what_is_not_without_a_figure(cast, as_):
    a_rest(cast.case, cast.alice, area="housing", state="at_stake", words="The flat is in his name")
    a_rest(cast.case, cast.alice, area="pets", state="in_place", words="The dog is with my sister")
    a_rest(cast.case, cast.alice, area="faith", state="not_at_stake", words="")

    shown = as_(cast.alice).get(url("harm_contact", cast.case))

    needs = {group.title: [row.title for row in group.rows] for group in shown.context["needs"]}
    assert needs == {"At stake": ["Housing"], "In place": ["Pets"], "Not at stake": ["Faith"]}
    text = re.sub(r"<[^>]+>", " ", shown.content.decode())
    assert "The flat is in his name" in text
    assert not re.search(r"\d\s*%|\d+ of \d+|\d+\s*/\s*\d+", text)


def test_looking_for_support_is_one_more_dated_row(cast, as_):
    rest, browser = a_rest(cast.case, cast.alice), as_(cast.alice)

    browser.post(url("rests_looking", cast.case, rest.pk), {"looking": "yes"})
    newest = harm_history.standing_now(RestsOn.objects.all())["housing"]
    browser.post(url("rests_looking", cast.case, newest.pk), {"looking": "no"})

    states = list(RestsOn.objects.order_by("created_at").values_list("state", "looking_since"))
    today = timezone.localdate()
    assert states == [("at_stake", None), ("at_stake", today), ("at_stake", None)]
    assert newest.words == "Words about housing"


def test_support_is_looked_for_only_with_what_is_at_stake(cast, as_):
    rest = a_rest(cast.case, cast.alice, state="in_place")

    answer = as_(cast.alice).post(url("rests_looking", cast.case, rest.pk), {"looking": "yes"}, follow=True)

    assert "not at stake now" in answer.content.decode()
    assert RestsOn.objects.count() == 1


def test_since_when_support_is_looked_for_stays(cast, as_):
    a_rest(cast.case, cast.alice, looking_since=date(2026, 3, 14))
    sent = {"on": "2026-04-01", "state_housing": "at_stake", "looking_housing": "on"}

    as_(cast.alice).post(url("rests_new", cast.case), sent)

    assert {row.looking_since for row in RestsOn.objects.all()} == {date(2026, 3, 14)}


# --- Who reads it ------------------------------------------------------------------------------


def test_stranger_finds_no_case(cast, as_):
    record, rest, browser = an_entry(cast.case, cast.alice), a_rest(cast.case, cast.alice), as_(cast.bob)

    for name in ("harm_contact", "harm_contact_new", "rests_new"):
        assert browser.get(url(name, cast.case)).status_code == 404
    assert browser.post(url("harm_contact_new", cast.case), entry()).status_code == 404
    assert browser.post(url("harm_contact_strike", cast.case, record.pk)).status_code == 404
    assert browser.post(url("rests_strike", cast.case, rest.pk)).status_code == 404
    assert HarmContact.objects.count() == 1


def test_records_of_another_case_are_not_found_here(cast, as_):
    other, browser = cast.another_case(), as_(cast.alice)
    record, rest = an_entry(other, cast.alice), a_rest(other, cast.alice)

    for name, pk in [("harm_contact", record.pk), ("rests", rest.pk)]:
        for act in ("strike", "restore"):
            assert browser.post(url(f"{name}_{act}", cast.case, pk)).status_code == 404
    assert browser.post(url("rests_looking", cast.case, rest.pk)).status_code == 404


def test_new_advocate_reads_only_what_was_written_since(cast, as_):
    an_entry(cast.case, cast.alice, words="Before words")
    a_rest(cast.case, cast.alice, words="Before housing")
    order = an_order(cast.case, cast.alice, terms="Before terms")
    a_breach(order, cast.alice, what="Before breach")
    record = an_entry(cast.case, cast.alice)
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    an_entry(cast.case, cast.bob, words="After words", value="weighing")
    browser = as_(cast.bob)

    shown = page(browser, cast.case)

    assert "Before" not in shown
    assert "Words of the entry" not in shown
    assert "After words" in shown
    assert "Protection order" in shown
    assert browser.post(url("harm_contact_strike", cast.case, record.pk)).status_code == 404


def test_closed_case_takes_no_entry_and_keeps_what_was_typed(cast, as_):
    close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.alice)

    answer = as_(cast.carla).post(url("harm_contact_new", cast.case), entry(words="Typed words"))

    assert "This case is closed" in answer.content.decode()
    assert "Typed words" in answer.content.decode()


def test_writing_and_striking_are_in_the_trail_without_values(cast):
    record = an_entry(cast.case, cast.alice)
    harm_contact.strike_entry(entry=record, by=cast.alice)

    told = Entry.objects.filter(case_id=cast.case.pk)
    assert {"harm_contact.added", "harm_contact.changed"} <= set(told.values_list("event", flat=True))
    assert "in_contact" not in str(list(told.values_list("changes", "additional_data")))


def test_draft_comes_back(cast, as_):
    drafts.save_draft(by=cast.alice, key="history", case=cast.case, fields={"words": ["Half a sen"]})

    assert "Half a sen" in as_(cast.alice).get(url("harm_contact_new", cast.case)).content.decode()


def test_title_is_neutral(cast, as_):
    an_entry(cast.case, cast.alice)

    assert "<title>Case</title>" in page(as_(cast.alice), cast.case)


def test_erasing_takes_every_code_with_it(cast):
    for make in (an_entry, a_rest, a_risk):
        make(cast.case, cast.alice)
    a_breach(an_order(cast.case, cast.alice), cast.alice)
    asked = erasure.ask_erasure(case=cast.case, why="asked", by=cast.alice)

    erasure.carry_out(erasure=asked, by=cast.pia)

    left = [cast.case.harm_contacts, cast.case.rests_on, cast.case.orders, cast.case.risk_records]
    assert [rows.count() for rows in left] == [0, 0, 0, 0]


def test_queries_do_not_grow(cast, as_):
    browser, counts = as_(cast.alice), []
    for times in (1, 3):
        case = cast.another_case()
        for number in range(times):
            person = add_person_who_harmed(client=case.client, by=cast.alice, relation="partner")
            an_entry(case, cast.alice, person=person, rests=[Said(Area.values[number], "at_stake", "W")])
            a_breach(an_order(case, cast.alice, person=person), cast.alice)
            a_breach(an_order(case, cast.alice), cast.alice)
        browser.get(url("harm_contact", case))
        keys.forget()
        with reads() as asked:
            browser.get(url("harm_contact", case))
        counts.append((len(asked()), asked()))

    assert counts[0][0] == counts[1][0], counts[1][1]
    assert counts[0][0] <= 14, counts[0][1]


# --- On the case page -----------------------------------------------------------------------------


def fill(case, by, times=1):
    for number in range(times):
        person = add_person_who_harmed(client=case.client, by=by, relation="partner")
        an_entry(case, by, person=person, rests=[Said(Area.values[number], "at_stake", "W")])
        a_rest(case, by, area=Area.values[number + 4], state="in_place")
        a_breach(an_order(case, by, person=person), by)
        a_risk(case, by)


def test_case_page_says_how_it_is_now(cast, as_):
    soon = timezone.localdate() + timedelta(days=12)
    an_entry(cast.case, cast.alice, value="weighing")
    a_rest(cast.case, cast.alice, looking_since=date(2026, 3, 14))
    an_order(cast.case, cast.alice, expires_on=soon)
    an_order(cast.case, cast.alice, kind="custody", expires_on=date(2026, 1, 1))

    card = as_(cast.alice).get(url("case", cast.case)).context["contact_card"]

    assert card.now == [("", "Weighing it", "14 Mar 2026")]
    assert (card.rests, card.looking) == ([("At stake", "Housing")], ["Housing"])
    assert [(kind, is_soon) for kind, _ends, is_soon in card.orders] == [("Protection order", True)]


def test_timeline_holds_everything_and_the_filter_only_this(cast, as_):
    fill(cast.case, cast.alice)
    browser = as_(cast.alice)

    shown = browser.get(url("case", cast.case) + "?show=harm").context["timeline"]

    titles = [item.title for day in shown.days for item in day.items]
    assert sorted(titles) == [
        "Order written down: Protection order",
        "Risk tool used: Danger Assessment",
        "Something happened against an order (protection order)",
        "What it rests on",
        "With the person who caused harm: in contact",
    ]
    everything = browser.get(url("case", cast.case)).content.decode()
    assert all(title in everything for title in titles)


def test_timeline_brings_back_what_was_struck(cast, as_):
    record, browser = an_entry(cast.case, cast.alice), as_(cast.alice)
    harm_contact.strike_entry(entry=record, by=cast.alice)

    hidden = browser.get(url("case", cast.case)).content.decode()
    struck = browser.get(url("case", cast.case) + "?show=struck").content.decode()

    assert "Words of the entry" not in hidden
    assert url("harm_contact_restore", cast.case, record.pk) in struck


def test_case_page_of_a_new_advocate_keeps_earlier_words_closed(cast, as_):
    fill(cast.case, cast.alice)
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)

    text = as_(cast.bob).get(url("case", cast.case)).content.decode()

    assert "Words of the" not in text
    assert "in contact" not in text.lower()


def test_case_page_queries_do_not_grow(cast, as_):
    browser, counts = as_(cast.alice), []
    for times in (1, 3):
        case = cast.another_case()
        fill(case, cast.alice, times)
        browser.get(url("case", case))
        keys.forget()
        with reads() as asked:
            browser.get(url("case", case))
        counts.append((len(asked()), asked()))

    assert counts[0][0] == counts[1][0], counts[1][1]


# --- The drawing --------------------------------------------------------------------------------


def test_drawing_has_a_dot_for_each_entry_and_only_lanes_that_were_used():
    start = date(2026, 1, 1)
    points = [
        (start, "none_chosen", "a"),
        (start + timedelta(50), "in_contact", "b"),
        (start + timedelta(100), "none_chosen", "c"),
    ]

    drawn = lanes.draw(points, harm_history.lane_names(), start + timedelta(200))

    assert [lane.name for lane in drawn.lanes] == ["No contact, by choice", "In contact"]
    assert [dot.x for dot in drawn.dots] == [1.5, 25.75, 50.0]
    assert drawn.dots[0].y == drawn.dots[2].y != drawn.dots[1].y
    assert (len(drawn.stays), len(drawn.moves)) == (3, 2)


@pytest.mark.parametrize("days", [0, 1])
def test_drawing_of_one_entry_has_a_place(days):
    day = date(2026, 1, 1)

    drawn = lanes.draw([(day, "weighing", "a")], harm_history.lane_names(), day + timedelta(days))

    assert [dot.x for dot in drawn.dots] == [1.5]


def test_every_dot_looks_alike(cast, as_):
    for number, value in enumerate(Contact.values):
        an_entry(cast.case, cast.alice, value=value, happened_on=date(2026, 1, number + 1))

    text = page(as_(cast.alice), cast.case)

    assert re.findall(r'<circle class="([^"]+)"', text) == ["c1"] * len(Contact)
    assert not re.search(r"pill-(safe|look|danger|later)", text)


def test_no_list_is_a_scale():
    for choices in (Contact, State, Area):
        assert not any(str(label)[0].isdigit() for label in choices.labels)
