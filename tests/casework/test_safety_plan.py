"""Safety plans: the four ways of keeping, versions, review points, erasing on time, who sees what."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import TeamMembership
from audit import trail
from audit.models import Entry
from casework import tasks
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Draft, Keeping, PlanCopy, PlanErasure, SafetyPlan
from casework.plan_text import Item, Part, PlanText, from_json, side_by_side
from casework.safety_prompts import SECTIONS, Setting
from casework.services import assignments, cases, drafts, erasure, safety_plans
from tests.casework.plan_things import CARD, SIGNS, a_plan, with_items, words
from vault import keys
from vault.errors import KeyDestroyed
from vault.fields import raw

TODAY = date(2026, 11, 22)


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def page(browser, name, case, *args):
    return browser.get(url(name, case, *args)).content.decode()


def typed(seen=0, **changes):
    parts = changes.pop("parts", {"signs": SIGNS, "bag": CARD})
    return {
        "form_id": "",
        "version": str(seen),
        "keeping": "open",
        "made_on": str(timezone.localdate()),
        "part": list(parts),
        **{f"words-{key}": text for key, text in parts.items()},
        **changes,
    }


def events(case):
    return list(Entry.objects.about_case(case.pk).order_by("pk").values_list("event", flat=True))


# --- Keeping as they chose --------------------------------------------------------------------


def test_plan_is_kept_in_versions(cast):
    first = a_plan(cast.case, cast.alice)
    second = a_plan(cast.case, cast.alice, text=words(("bag", "Papers"), review="after the hearing"))

    assert [plan.number for plan in SafetyPlan.objects.filter(case=cast.case)] == [2, 1]
    assert SafetyPlan.objects.get(pk=first.pk).words() == words()
    assert SafetyPlan.objects.get(pk=second.pk).words().review_words == "after the hearing"


def test_text_is_ciphertext_under_a_key_of_its_own(cast):
    plan = a_plan(cast.case, cast.alice)

    assert SIGNS.encode() not in raw(plan, "text")
    assert keys.has_key(plan.pk)


def test_only_the_fact_has_no_text_and_no_key(cast):
    plan = a_plan(cast.case, cast.alice, keeping="fact", review_on=TODAY + timedelta(days=9999))

    assert plan.text is None
    assert not keys.has_key(plan.pk)


def test_only_the_fact_erases_what_was_kept(cast, django_capture_on_commit_callbacks):
    kept = a_plan(cast.case, cast.alice)

    with django_capture_on_commit_callbacks(execute=True):
        a_plan(cast.case, cast.alice, keeping="fact")

    assert not SafetyPlan.objects.with_text().exists()
    assert not keys.has_key(kept.pk)
    assert PlanErasure.objects.get().why == "fact"


@pytest.mark.parametrize(
    "facts",
    [
        {"keeping": "copy"},
        {"keeping": "until"},
        {"keeping": "until", "keep_until": date(2020, 1, 1)},
        {"keeping": "open", "text": PlanText()},
        {"keeping": "fact", "text": words()},
    ],
    ids=["copy", "no date", "past date", "nothing written", "fact with words"],
)
def test_wishes_that_do_not_fit_are_not_kept(cast, facts):
    with pytest.raises(NotPossible):
        safety_plans.keep_plan(case=cast.case, by=cast.alice, seen=0, **{"text": words(), **facts})

    assert not SafetyPlan.objects.exists()


def test_date_of_the_newest_binds_what_was_kept_before(cast):
    soon, late = timezone.localdate() + timedelta(days=5), timezone.localdate() + timedelta(days=50)
    first = a_plan(cast.case, cast.alice)
    second = a_plan(cast.case, cast.alice, keeping="until", keep_until=late)
    third = a_plan(cast.case, cast.alice, keeping="until", keep_until=soon)
    fourth = a_plan(cast.case, cast.alice, keeping="open")

    kept = {plan.pk: plan.keep_until for plan in SafetyPlan.objects.all()}
    assert kept == {first.pk: soon, second.pk: soon, third.pk: soon, fourth.pk: None}


def test_database_holds_what_goes_together(cast):
    plan = a_plan(cast.case, cast.alice)
    wrong = [
        {"keeping": "until", "keep_until": None},
        {"keeping": "copy"},
        {"keeping": "fact"},
        {"erased_at": timezone.now()},
    ]

    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            SafetyPlan.objects.filter(pk=plan.pk).update(**values)


def test_two_tabs_meet(cast):
    a_plan(cast.case, cast.alice)

    with pytest.raises(ChangedMeanwhile):
        a_plan(cast.case, cast.carla, seen=0)


def test_same_form_twice_is_one_version(cast, as_):
    browser, data = as_(cast.alice), typed(form_id="7a6f3c56-5d15-4c53-9d1c-3a4a8f9f7b11")

    browser.post(url("plan_write", cast.case), data)
    browser.post(url("plan_write", cast.case), data)

    assert SafetyPlan.objects.count() == 1


def test_id_of_a_plan_elsewhere_is_not_taken_over(cast):
    theirs = a_plan(cast.another_case(), cast.alice)

    mine = a_plan(cast.case, cast.alice, plan_id=theirs.pk)

    assert mine.pk != theirs.pk
    assert SafetyPlan.objects.get(pk=theirs.pk).case_id == theirs.case_id


def test_nothing_is_written_in_a_closed_case(cast):
    cases.close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.alice)

    with pytest.raises(NotPossible):
        a_plan(cast.case, cast.alice)


# --- Erasing --------------------------------------------------------------------------------


def test_text_goes_on_its_date(cast, django_capture_on_commit_callbacks):
    day = timezone.localdate() + timedelta(days=3)
    goes, stays = a_plan(cast.case, cast.alice, keeping="until", keep_until=day), cast.another_case()
    a_plan(stays, cast.alice)

    with trail.acting(system="beat"), django_capture_on_commit_callbacks(execute=True):
        before = safety_plans.erase_on_their_dates(today=day - timedelta(days=1))
        after = safety_plans.erase_on_their_dates(today=day)
        again = safety_plans.erase_on_their_dates(today=day + timedelta(days=1))

    goes.refresh_from_db()
    assert (before, after, again) == (0, 1, 0)
    assert (goes.text, goes.erased_at is None) == (None, False)
    assert [plan.case_id for plan in SafetyPlan.objects.with_text()] == [stays.pk]
    assert not keys.has_key(goes.pk)


def test_erasing_leaves_a_certificate_and_an_entry(cast):
    a_plan(cast.case, cast.alice)
    a_plan(cast.case, cast.alice)

    safety_plans.erase_text(case=cast.case, why="asked", by=cast.alice)

    found = PlanErasure.objects.get()
    assert (found.case_code, found.versions, found.why, found.done_by) == (
        cast.case.code, 2, "asked", cast.alice,
    )  # fmt: skip
    assert events(cast.case)[-1] == "plan.erased"


def test_older_copies_of_the_database_do_not_open_either(cast, django_capture_on_commit_callbacks):
    plan = a_plan(cast.case, cast.alice)
    kept = raw(plan, "text")
    with django_capture_on_commit_callbacks(execute=True):
        safety_plans.erase_text(case=cast.case, why="asked", by=cast.alice)

    SafetyPlan.objects.filter(pk=plan.pk).update(text=type(kept)(kept), erased_at=None)  # from a backup

    with pytest.raises(KeyDestroyed):
        SafetyPlan.objects.get(pk=plan.pk).words()


def test_machine_that_stopped_in_between_is_caught_up_with(cast):
    plan = a_plan(cast.case, cast.alice)
    safety_plans.erase_text(case=cast.case, why="asked", by=cast.alice)  # its commit never came
    assert keys.has_key(plan.pk)

    tasks.erase_plan_texts()

    assert not keys.has_key(plan.pk)


def test_late_clock_shows_nothing_from_its_date_on(cast, as_, time_machine):
    day = timezone.localdate() + timedelta(days=3)
    a_plan(cast.case, cast.alice, keeping="until", keep_until=day)
    browser = as_(cast.alice)

    assert SIGNS in page(browser, "plan", cast.case)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    shown = page(as_(cast.alice), "plan", cast.case)

    assert SIGNS not in shown
    assert "The text is erased." in shown


def test_closing_erases_the_text_first(cast):
    a_plan(cast.case, cast.alice)
    drafts.save_draft(by=cast.alice, key=safety_plans.DRAFT, fields={"part": ["signs"]}, case=cast.case)

    cases.close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.alice)

    assert not SafetyPlan.objects.with_text().exists()
    assert not Draft.objects.exists()
    written = events(cast.case)
    assert written.index("plan.erased") < written.index("case.closed")


def test_erasing_everything_destroys_the_plans_keys(cast, django_capture_on_commit_callbacks):
    plan = a_plan(cast.case, cast.alice)
    asked = erasure.ask_erasure(case=cast.case, why="asked", by=cast.alice)

    with django_capture_on_commit_callbacks(execute=True):
        erasure.carry_out(erasure=asked, by=cast.pia)

    assert not keys.has_key(plan.pk)


# --- Pages ---------------------------------------------------------------------------------


def test_stranger_finds_nothing(cast, as_):
    plan = a_plan(cast.case, cast.alice)
    browser = as_(cast.bob)

    for name, args in (
        ("plan", ()),
        ("plan_new", ()),
        ("plan_version", (plan.pk,)),
        ("plan_copy", (plan.pk,)),
    ):
        assert browser.get(url(name, cast.case, *args)).status_code == 404


def test_plan_of_another_case_is_not_found(cast, as_):
    theirs = a_plan(cast.another_case(), cast.alice)
    browser = as_(cast.alice)

    assert browser.get(url("plan_version", cast.case, theirs.pk)).status_code == 404
    assert browser.get(url("plan_copy", cast.case, theirs.pk)).status_code == 302


def test_plan_is_asked_for_written_and_shown(cast, as_):
    browser = as_(cast.alice)

    asked = browser.post(url("plan_new", cast.case), {"version": "0", "keeping": "until"})
    until = timezone.localdate() + timedelta(days=20)
    browser.post(
        asked["Location"],
        typed(
            keeping="until",
            keep_until=str(until),
            review_words="after the move",
            **{"rows-bag": "2", "what-bag-1": "Keys", "who-bag-1": "Rosa", "know-bag-1": "only that"},
        ),
    )
    shown = page(browser, "plan", cast.case)

    plan = SafetyPlan.objects.get()
    assert plan.words().parts == (
        Part("signs", SIGNS),
        Part("bag", CARD, (Item("Keys", "Rosa", "only that"),)),
    )
    assert (plan.keeping, plan.keep_until) == ("until", until)
    for text in (SIGNS, "Keys", "Kept until", "They wanted to look at it again: after the move."):
        assert text in shown
    assert "due" not in shown.lower().replace("residue", "")


def test_nothing_is_mandatory_and_nothing_is_counted(cast, as_):
    browser = as_(cast.alice)

    browser.post(url("plan_write", cast.case), typed(parts={"animals": "The cat goes to Kim"}))

    assert SafetyPlan.objects.get().words().parts == (Part("animals", "The cat goes to Kim"),)
    assert "%" not in page(browser, "plan", cast.case).split("<main")[1].split("</main>")[0]


def test_clicks_arrange_parts_and_store_nothing(cast, as_):
    browser, data = as_(cast.alice), typed()

    added = browser.post(url("plan_write", cast.case), {**data, "act": "add:people"}).content.decode()
    up = browser.post(url("plan_write", cast.case), {**data, "act": "up:bag"}).content.decode()
    out = browser.post(url("plan_write", cast.case), {**data, "act": "out:signs"}).content.decode()
    line = browser.post(url("plan_write", cast.case), {**data, "act": "line:bag"}).content.decode()

    assert [added.index(f'id="part-{key}"') for key in ("signs", "bag", "people")] == sorted(
        added.index(f'id="part-{key}"') for key in ("signs", "bag", "people")
    )
    assert up.index('id="part-bag"') < up.index('id="part-signs"')
    assert 'id="part-signs"' not in out
    assert SIGNS not in out
    assert 'name="what-bag-1"' in line
    assert not SafetyPlan.objects.exists()
    assert not Draft.objects.exists()


def test_two_tabs_show_what_stands_and_what_was_typed(cast, as_):
    a_plan(cast.case, cast.carla, text=words(("bag", "Carla wrote this")))

    answer = as_(cast.alice).post(url("plan_write", cast.case), typed(seen=0)).content.decode()

    assert "Carla wrote this" in answer
    assert SIGNS in answer
    assert SafetyPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"keeping": "until"}, "Choose the day until which it is kept."),
        ({"keeping": "until", "keep_until": "2020-01-01"}, "still to come"),
        ({"keeping": "until", "keep_until": "9999-01-01"}, "check the year"),
        ({"keeping": "until", "keep_until": "soon"}, "year-month-day"),
        ({"review_on": "2020-01-01"}, "still to come"),
        ({"parts": {}}, "Nothing is written yet."),
        ({"parts": {"signs": "  "}}, "Nothing is written yet."),
        ({"keeping": "copy"}, "copy is not one of the available choices"),
    ],
)
def test_slips_are_said_beside_the_field(cast, as_, changes, said):
    answer = as_(cast.alice).post(url("plan_write", cast.case), typed(**changes))

    assert said in answer.content.decode()
    assert not SafetyPlan.objects.exists()


def test_odd_keys_and_numbers_do_no_harm(cast, as_):
    data = typed(part=["signs", "signs", "nonsense", "bag"], **{"rows-bag": "99999", "rows-signs": "-4"})

    answer = as_(cast.alice).post(
        url("plan_write", cast.case), {**data, "act": "add:nonsense", "x\x00": "\x00"}
    )

    assert answer.status_code in (200, 302)


def test_next_version_begins_with_the_newest_words(cast, as_):
    a_plan(cast.case, cast.alice, text=with_items("people", ("Kim", "Kim", "all"), ("School", "", "")))

    shown = page(as_(cast.alice), "plan_write", cast.case)

    assert 'value="Kim"' in shown
    assert 'value="School"' in shown


def test_draft_comes_back_with_its_parts(cast, as_):
    fields = {
        "part": ["bag"],
        "words-bag": ["Begun"],
        "rows-bag": ["1"],
        "what-bag-0": ["Keys"],
        "version": ["0"],
    }
    drafts.save_draft(by=cast.alice, key=safety_plans.DRAFT, fields=fields, case=cast.case)

    shown = page(as_(cast.alice), "plan_write", cast.case)

    assert "Begun" in shown
    assert 'value="Keys"' in shown
    assert "This is what you were writing last time." in shown


def test_choosing_to_keep_nothing_throws_the_draft_away(cast, as_):
    drafts.save_draft(by=cast.alice, key=safety_plans.DRAFT, fields={"part": ["bag"]}, case=cast.case)

    as_(cast.alice).post(url("plan_new", cast.case), {"version": "0", "keeping": "copy"})

    assert not Draft.objects.exists()


def test_two_versions_stand_side_by_side(cast, as_):
    a_plan(cast.case, cast.alice)
    a_plan(cast.case, cast.alice, text=words(("signs", SIGNS), ("animals", "The cat goes to Kim")))

    shown = page(as_(cast.alice), "plan_compare", cast.case)

    pairs = side_by_side(*(plan.words() for plan in SafetyPlan.objects.order_by("number")))
    assert [(pair.section.key, pair.is_same) for pair in pairs] == [
        ("signs", True), ("animals", False), ("bag", False),
    ]  # fmt: skip
    assert shown.count(SIGNS) == 2
    assert "not in this version" in shown


def test_words_from_before_a_hand_over_stay_closed(cast, as_):
    plan = a_plan(cast.case, cast.alice)
    assignments.assign(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    browser = as_(cast.bob)

    shown = page(browser, "plan", cast.case)

    assert SIGNS not in shown
    assert "stays closed" in shown
    assert SIGNS not in page(browser, "plan_version", cast.case, plan.pk)
    assert SIGNS not in page(browser, "plan_write", cast.case)
    assert browser.get(url("plan_copy", cast.case, plan.pk)).status_code == 302


def test_case_page_and_timeline_tell_the_fact_only(cast, as_):
    a_plan(cast.case, cast.alice, review_on=timezone.localdate() + timedelta(days=9))
    PlanCopy.objects.create(
        case=cast.case, form="card", where_kept="paper", language="es", made_by=cast.alice
    )

    shown = page(as_(cast.alice), "case", cast.case)

    assert "Planned for safety together" in shown
    assert "A copy of a plan was made for them" in shown
    assert "They wanted to look at it again around" in shown
    assert SIGNS not in shown


def test_reading_a_plan_is_an_entry(cast, as_):
    a_plan(cast.case, cast.alice)

    page(as_(cast.alice), "plan", cast.case)

    assert events(cast.case)[-1] == "plan.read"


def test_pages_need_few_queries(cast, as_, django_assert_max_num_queries):
    for number in range(4):
        a_plan(cast.case, cast.alice, text=words(("bag", f"Version {number}")))
    browser = as_(cast.alice)
    page(browser, "plan", cast.case)

    with django_assert_max_num_queries(18):
        page(browser, "plan", cast.case)


def test_supervisor_of_the_team_reads_and_other_staff_do_not(cast, as_):
    a_plan(cast.case, cast.alice)

    assert SIGNS in page(as_(cast.carla), "plan", cast.case)
    assert TeamMembership.objects.filter(user=cast.dora).exists()
    assert as_(cast.dora).get(url("plan", cast.case)).status_code == 404


# --- Sections as data ------------------------------------------------------------------------


def test_every_section_is_there_in_both_languages():
    assert len(SECTIONS) == 17
    for section in SECTIONS.values():
        texts = [section.title, section.heading, *section.asked(Setting.ANY)]
        texts += [each for setting in Setting for each in section.asked(setting)]
        assert all(each.en and each.es for each in texts)
        assert 2 <= len(section.asked(Setting.ANY)) <= 5


def test_settings_add_questions_of_their_own():
    for setting in set(Setting) - {Setting.ANY}:
        assert sum(len(each.more.get(setting, ())) for each in SECTIONS.values()) >= 4, setting


def test_headings_on_paper_say_nothing():
    telling = (
        "safe",
        "viol",
        "abus",
        "harm",
        "incident",
        "leav",
        "warn",
        "contact",
        "plan",
        "segur",
        "daño",
        "salir",
    )
    headings = " ".join(f"{each.heading.en} {each.heading.es}" for each in SECTIONS.values()).lower()

    assert [word for word in telling if word in headings] == []


def test_text_survives_its_json_and_forgets_what_says_nothing():
    text = PlanText((Part("signs", "One", (Item("a", "b", "c"), Item())), Part("bag")), "work", "later")

    assert from_json(text.as_json()) == PlanText(
        (Part("signs", "One", (Item("a", "b", "c"),)),), "work", "later"
    )


def test_all_four_ways_are_offered_first(cast, as_):
    shown = page(as_(cast.alice), "plan_new", cast.case)

    assert all(str(each.label) in shown for each in Keeping)
    assert "<textarea" not in shown
