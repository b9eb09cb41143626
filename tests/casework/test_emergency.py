"""Emergency access: opened at once, read-only, told at once, looked at by somebody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.models import EmergencyAccess, Grant
from casework.services import grants, walls
from tests.casework.counting import reads

pytestmark = pytest.mark.django_db(databases="__all__")

REASON = "The hospital rang and Alice cannot be reached."


@pytest.fixture(autouse=True)
def people(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return cast.case, cast.carla, cast.pia, cast.dora


def ask(browser, code, reason=REASON):
    return browser.post(reverse("emergency"), {"code": code, "reason": reason})


def opened(cast):
    return grants.open_emergency(code=cast.case.code, reason=REASON, by=cast.bob)


# --- Asking ---------------------------------------------------------------------------------


def test_case_opens_at_once_and_for_reading_only(cast, as_):
    answer = ask(as_(cast.bob), cast.case.code)

    case = reverse("case", args=[cast.case.code])
    assert answer.url == case
    assert as_(cast.bob).get(case).status_code == 200
    assert as_(cast.bob).post(reverse("note_new", args=[cast.case.code]), {}).status_code == 403


def test_after_two_hours_it_is_404_though_nobody_swept(cast, as_):
    opened(cast)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        answer = as_(cast.bob).get(reverse("case", args=[cast.case.code]))

    assert answer.status_code == 404


def test_code_may_be_typed_as_it_was_heard(cast, as_):
    heard = f" {cast.case.code[:3].lower()}-{cast.case.code[3:]} "

    assert ask(as_(cast.bob), heard).status_code == 302


def test_supervisor_and_privacy_officer_are_written_to_in_neutral_words(
    cast, as_, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(as_(cast.bob), cast.case.code)

    assert {letter.to[0] for letter in mail.outbox} == {cast.carla.email, cast.pia.email}
    for letter in mail.outbox:
        assert letter.subject == "Something for you to look at"
        assert reverse("emergency_reviews") in letter.body
        assert not any(
            word in letter.body for word in (cast.case.code, "Maple", "Bob", REASON, "emergency a")
        )


def test_mail_server_that_is_down_keeps_nobody_out(
    cast, as_, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(as_(cast.bob), cast.case.code)

    assert answer.status_code == 302
    assert "mail.not_sent" in caplog.text
    assert cast.case.code.encode() in as_(cast.pia).get(reverse("emergency_reviews")).content


def test_wrong_code_and_walled_code_get_the_same_answer(cast, as_):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    def answer(code):
        page = ask(as_(cast.bob), code).content.decode()
        return page.partition("<main")[2].replace(code, "CODE").partition("</main>")[0]

    def without_token(page):
        return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]

    assert without_token(answer(cast.case.code)) == without_token(answer("ZZZZZZ"))
    assert "There is no case with this code." in answer("ZZZZZZ")
    assert not Grant.objects.exists()


def test_codes_are_not_there_to_be_tried(cast, as_):
    browser = as_(cast.bob)
    for number in range(grants.GUESSES):
        ask(browser, f"ZZZZZ{number + 2}")

    turned_away = ask(browser, cast.case.code).content.decode()

    assert "Several codes did not fit." in turned_away
    assert not Grant.objects.exists()
    with time_machine.travel(timezone.now() + grants.GUESSING + timedelta(minutes=1), tick=False):
        assert ask(as_(cast.bob), cast.case.code).status_code == 302


def test_wrong_code_and_walled_code_ask_the_same_questions(cast):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)
    counted = []
    for code in (cast.case.code, "ZZZZZZ"):
        with reads() as asked, pytest.raises(Exception, match="no case"):
            grants.open_emergency(code=code, reason=REASON, by=cast.bob)
        counted.append(len(asked()))

    assert counted[0] == counted[1]


def test_turned_away_is_on_record_with_the_case_it_was_about(cast, as_):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    ask(as_(cast.bob), cast.case.code)

    entry = Entry.objects.get(event="grant.asked")
    assert (entry.outcome, entry.case_code, entry.actor) == ("refused", cast.case.code, cast.bob)


@pytest.mark.parametrize(
    ("code", "reason"), [("", REASON), ("\x00", REASON), ("x" * 500, REASON), ("K7QF2M", "now")]
)
def test_half_a_form_opens_nothing_and_keeps_what_was_typed(cast, as_, code, reason):
    answer = ask(as_(cast.bob), code, reason)

    assert answer.status_code == 200
    assert reason.encode() in answer.content


def test_own_case_needs_no_emergency(cast, as_):
    answer = ask(as_(cast.alice), cast.case.code)

    assert answer.url == reverse("case", args=[cast.case.code])
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("person", ["ada", "pia", "remy"])
def test_roles_without_clients_cannot_ask(cast, as_, person):
    assert ask(as_(getattr(cast, person)), cast.case.code).status_code == 403


# --- Looking at it ----------------------------------------------------------------------------


def listed(browser):
    page = browser.get(reverse("emergency_reviews"))
    return [row.code for row in page.context["waiting"]], [row.code for row in page.context["done"]]


def test_officer_sees_all_supervisor_their_teams_walled_nobody(cast, as_):
    opened(cast)

    assert listed(as_(cast.pia)) == ([cast.case.code], [])
    assert listed(as_(cast.carla)) == ([cast.case.code], [])
    assert listed(as_(cast.dora)) == ([], [])
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)
    assert listed(as_(cast.carla)) == ([], [])


def test_page_shows_the_reason_and_nothing_of_the_case(cast, as_):
    opened(cast)

    page = as_(cast.pia).get(reverse("emergency_reviews")).content

    assert REASON.encode() in page
    assert b"Maple" not in page


def test_review_is_written_once_by_somebody_else(cast, as_):
    url = reverse("emergency_review", args=[opened(cast).pk])

    first = as_(cast.carla).post(url, {"finding": "talk", "words": "We talked."})
    second = as_(cast.pia).post(url, {"finding": "fitting", "words": "Mine."})

    found = EmergencyAccess.objects.get()
    assert (first.status_code, second.status_code) == (302, 200)
    assert (found.finding, found.review_words, found.reviewed_by) == ("talk", "We talked.", cast.carla)
    assert b"Mine." in second.content


def test_asker_who_is_also_an_officer_does_not_review_themselves(cast, as_):
    cast.bob.roles = "|advocate|privacy_officer|"
    cast.bob.save()
    url = reverse("emergency_review", args=[opened(cast).pk])

    as_(cast.bob).post(url, {"finding": "fitting", "words": ""})

    assert EmergencyAccess.objects.get().reviewed_at is None
    assert b"somebody else looks at it" in as_(cast.bob).get(reverse("emergency_reviews")).content


def test_other_team_gets_404_and_other_roles_403(cast, as_):
    url = reverse("emergency_review", args=[opened(cast).pk])

    answers = [as_(person).get(url).status_code for person in (cast.dora, cast.bob, cast.ada)]

    assert answers == [404, 403, 403]


def test_list_asks_as_many_questions_for_three_as_for_one(cast, as_):
    counted = []
    for minutes in (0, 5, 10):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            opened(cast)
        as_(cast.pia).get(reverse("emergency_reviews"))
        with reads() as asked:
            as_(cast.pia).get(reverse("emergency_reviews"))
        counted.append(len(asked()))

    assert counted[0] == counted[2]
