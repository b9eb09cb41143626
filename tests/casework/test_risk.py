"""That a risk tool was used: tool, version, date, who, level, source, talked over; nothing else."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import Entry
from casework.models import RiskRecord
from casework.services.assignments import hand_over
from casework.services.cases import close_case
from casework.services.grants import open_emergency
from tests.casework.counting import reads
from tests.casework.harm_things import a_risk
from vault import keys
from vault.fields import raw


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def record(**changes):
    facts = {
        "tool": "da", "tool_version": "2019", "assessed_on": "2026-03-14", "who": "me",
        "level": "Increased danger", "source": "Done together", "shared": "on", "form_id": str(uuid4()),
    }  # fmt: skip
    return {**facts, **changes}


def page(browser, case):
    return browser.get(url("risk_new", case)).content.decode()


def test_record_is_kept_and_shown(cast, as_):
    browser = as_(cast.alice)

    browser.post(url("risk_new", cast.case), record())

    kept = RiskRecord.objects.get()
    assert (kept.tool, kept.assessed_on, kept.assessor, kept.shared) == (
        "da", date(2026, 3, 14), cast.alice, True,
    )  # fmt: skip
    assert b"danger" not in raw(kept, "level")
    shown = page(browser, cast.case)
    for words in ("Danger Assessment", "version 2019", "Increased danger", "from: Done together", "Alice"):
        assert words in shown


def test_nothing_else_can_be_kept():
    """No item, no weight, no score: these fields and no other."""
    assert {field.name for field in RiskRecord._meta.get_fields()} == {
        "id", "case", "tool", "tool_words", "tool_version", "assessed_on", "assessor", "assessor_words",
        "level", "source", "shared", "written_by", "created_at", "struck_at",
    }  # fmt: skip


def test_somebody_else_assessed(cast, as_):
    as_(cast.alice).post(
        url("risk_new", cast.case), record(who="other", assessor_words="Officer on the scene")
    )

    kept = RiskRecord.objects.get()
    assert (kept.assessor, kept.assessor_words) == (None, "Officer on the scene")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tool": "other"}, "tool_words"),
        ({"who": "other"}, "assessor_words"),
        ({"tool": ""}, "tool"),
        ({"tool": "horoscope"}, "tool"),
        ({"assessed_on": "2126-01-01"}, "assessed_on"),
        ({"level": "x" * 121}, "level"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_, changes, field):
    answer = as_(cast.alice).post(url("risk_new", cast.case), record(**changes))

    assert field in answer.context["form"].errors
    assert "Done together" in answer.content.decode()
    assert RiskRecord.objects.count() == 0


def test_double_submit_is_one_record(cast, as_):
    browser, sent = as_(cast.alice), record()

    browser.post(url("risk_new", cast.case), sent)
    browser.post(url("risk_new", cast.case), sent)

    assert RiskRecord.objects.count() == 1


def test_struck_record_comes_back(cast, as_):
    kept, browser = a_risk(cast.case, cast.alice), as_(cast.alice)

    after = browser.post(url("risk_strike", cast.case, kept.pk), follow=True).content.decode()
    assert url("risk_restore", cast.case, kept.pk) in after
    browser.post(url("risk_restore", cast.case, kept.pk))

    kept.refresh_from_db()
    assert kept.struck_at is None
    assert {"risk.added", "risk.changed"} <= set(Entry.objects.values_list("event", flat=True))


def test_reader_sees_the_list_and_no_form(cast, as_):
    a_risk(cast.case, cast.alice)
    open_emergency(code=cast.case.code, reason="Hospital.", by=cast.bob)
    browser = as_(cast.bob)

    answer = browser.get(url("risk_new", cast.case))

    assert "Words of the level" in answer.content.decode()
    assert answer.context["form"] is None
    assert browser.post(url("risk_new", cast.case), record()).status_code == 403


def test_closed_case_shows_the_list_and_takes_nothing(cast, as_):
    a_risk(cast.case, cast.alice)
    close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.alice)
    browser = as_(cast.carla)

    answer = browser.post(url("risk_new", cast.case), record(level="Typed level"))

    assert "This case is closed" in answer.content.decode()
    assert "Typed level" in answer.content.decode()
    assert browser.get(url("risk_new", cast.case)).context["form"] is None
    assert RiskRecord.objects.count() == 1


def test_new_advocate_reads_only_what_was_written_since(cast, as_):
    kept = a_risk(cast.case, cast.alice)
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    browser = as_(cast.bob)

    assert "Words of the level" not in page(browser, cast.case)
    assert browser.post(url("risk_strike", cast.case, kept.pk)).status_code == 404


def test_stranger_finds_no_case(cast, as_):
    kept, browser = a_risk(cast.case, cast.alice), as_(cast.bob)

    assert browser.get(url("risk_new", cast.case)).status_code == 404
    assert browser.post(url("risk_new", cast.case), record()).status_code == 404
    assert browser.post(url("risk_strike", cast.case, kept.pk)).status_code == 404


def test_records_of_another_case_are_not_found_here(cast, as_):
    kept = a_risk(cast.another_case(), cast.alice)

    for name in ("risk_strike", "risk_restore"):
        assert as_(cast.alice).post(url(name, cast.case, kept.pk)).status_code == 404


def test_queries_do_not_grow(cast, as_):
    browser, counts = as_(cast.alice), []
    for times in (1, 3):
        case = cast.another_case()
        for _ in range(times):
            a_risk(case, cast.alice)
        browser.get(url("risk_new", case))
        keys.forget()
        with reads() as asked:
            browser.get(url("risk_new", case))
        counts.append(len(asked()))

    assert counts[0] == counts[1]
