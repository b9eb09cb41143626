"""Weekly check-ins across the October clock change and paused over Christmas, on a clock of its own.

The demo runs on today's clock, so this site runs inside the test: its time is moved, week by week.
They live in London (the clocks go back on 25 October), the agency in New York (a week later).
"""

import re
from datetime import datetime
from threading import RLock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client as Browser

from tests.people import make_case, sign_in

LONDON = ZoneInfo("Europe/London")
IN_TURN = RLock()  # the test and its site share one database in memory: one at a time
BEGUN = "2026-10-19 15:00"  # a Monday


class Year:
    """Alice at one browser; ``on`` moves everybody's clock and signs her in again, as hours have passed."""

    def __init__(self, page, address, alice, case):
        self.page, self.address, self.alice = page, address, alice
        self.path = f"/cases/{case.code}/"
        self.travel = None

    def on(self, moment):
        self.end()
        there = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
        self.travel = time_machine.travel(there, tick=True)
        self.travel.start()
        with IN_TURN:
            cookie = sign_in(Browser(), self.alice).cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}]
        )

    def end(self):
        if self.travel:
            self.travel.stop()
        self.travel = None

    def open(self, path):
        self.page.goto(self.address + path)

    def answer(self):
        """What the page says at the moment of getting in touch."""
        self.open(f"{self.path}contact/")
        return " ".join(self.page.locator(".answer").inner_text().split())

    def windows(self):
        self.open(f"{self.path}follow-up/")
        return self.page.locator(".windows li > span").all_inner_texts()

    def on_today(self):
        self.open("/today/")
        return self.page.locator(f".day-rows [href*='{self.path}']").count() > 0


@pytest.fixture
def in_turn(monkeypatch):
    answer = WSGIHandler.__call__

    def one_at_a_time(*args):
        with IN_TURN:
            return answer(*args)

    monkeypatch.setattr(WSGIHandler, "__call__", one_at_a_time)


@pytest.fixture
def year(in_turn, browser, live_server, transactional_db, cast):
    context = browser.new_context()
    context.set_default_timeout(15_000)
    with time_machine.travel(datetime(2026, 10, 19, 15, 0, tzinfo=LONDON), tick=True):
        case = make_case(team=cast.north, by=cast.carla, advocate=cast.alice)
        cast.alice.save()
    played = Year(context.new_page(), live_server.url, cast.alice, case)
    played.on(BEGUN)
    yield played
    played.end()
    context.close()


def thursdays_from_five_to_seven(year):
    page = year.page
    year.open(f"{year.path}reach/edit/")
    page.get_by_label("We may, as agreed").check()
    page.get_by_label("How they are").check()
    page.get_by_label("Number or address").fill("555 0100")
    page.get_by_label("Safe to use").check()
    page.locator("input[name=way-0-row-0-days][value='3']").check(force=True)
    page.locator("input[name=way-0-row-0-start]").fill("17:00")
    page.locator("input[name=way-0-row-0-end]").fill("19:00")
    page.get_by_label("Their time zone").select_option("Europe/London")
    page.get_by_label("Ask again after").fill("2027-02-01")
    page.get_by_role("button", name="Save what is safe").click()
    page.wait_for_url(re.compile(r"/reach/$"))


def every_thursday(year):
    page = year.page
    year.open(f"{year.path}follow-up/")
    page.get_by_label("As agreed", exact=True).check()
    page.get_by_label("First day").fill("2026-10-22")
    page.get_by_label("For how many days").fill("1")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/cases/\w{6}/$"))


def pause_over_christmas(year):
    year.open(f"{year.path}follow-up/")
    year.page.locator("input[name=since]").fill("2026-12-21")
    year.page.locator("input[name=until]").fill("2027-01-04")
    year.page.get_by_role("button", name="Pause", exact=True).click()
    year.page.wait_for_load_state()


def test_weekly_across_the_clock_change_and_paused_over_christmas(year):
    thursdays_from_five_to_seven(year)
    every_thursday(year)
    assert "Not now" in year.answer()

    year.on("2026-10-22 17:30")  # summer time: half past twelve in New York
    assert year.answer().startswith("Yes")
    assert year.on_today()

    year.on("2026-10-29 16:30")  # would be inside the hours, had they not kept their wall clock
    assert "Not now" in year.answer()
    assert "17:00" in year.answer()
    year.on("2026-10-29 18:59")
    assert year.answer().startswith("Yes")

    year.on("2026-12-14 12:00")
    pause_over_christmas(year)
    assert [one for one in year.windows() if "Dec" in one] == ["on Thu 17 Dec"]

    year.on("2026-12-24 17:30")
    assert not year.answer().startswith("Yes")
    assert not year.on_today()

    year.on("2027-01-07 17:30")
    assert year.answer().startswith("Yes")
    assert year.on_today()
