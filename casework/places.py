"""Where each role goes from the frame: a few places, in the order they are used.

Data, not decisions: showing a place opens nothing, the pages themselves check.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import ADMINISTRATOR, ADVOCATE, PRIVACY, REPORTING, ROLES, SUPERVISOR

ON_THE_BAR = 4  # the phone's bar holds these and "More"


@dataclass(frozen=True)
class Place:
    url_name: str
    icon: str
    text: str | Promise


TODAY = Place("today", "home", _("Today"))
MY_CASES = Place("my_cases", "case", _("My cases"))
INTAKE = Place("intake", "plus", _("New contact"))
CASELOADS = Place("caseloads", "people", _("Caseloads"))
COVERS = Place("covers", "swap", _("Covers"))
CLOSINGS = Place("closings", "door", _("Closings"))
EMERGENCY = Place("emergency_reviews", "key", _("Emergency access"))
ENTRIES = Place("audit:entries", "list", _("Trail"))
ERASURES = Place("erasures", "leaf", _("Erasing"))
FUNDING = Place("funding_sources", "briefcase", _("Funding"))
WORDS = Place("word_hints", "message", _("Plainer words"))
STAFF = Place("accounts:staff", "people", _("Staff"))
TEAMS = Place("accounts:teams", "home-heart", _("Teams"))
DIRECTORY = Place("directory", "list", _("Directory"))
REFERRALS = Place("my_referrals", "swap", _("Referrals"))
TEAM_REFERRALS = Place("team_referrals", "swap", _("Teams' referrals"))
UNMET = Place("unmet_needs", "scale", _("Unmet needs"))
SETTINGS = Place("accounts:settings", "settings", _("Settings"))
MONTHS = Place("report_months", "calendar", _("Months"))
REPORT_SETTINGS = Place("report_settings", "chart", _("Reports"))
TEAM_FIGURES = Place("team_figures", "chart", _("Team figures"))
FIND_SUPPORT = Place("find_support", "heart", _("Find support"))
SEARCH = Place("search", "search", _("Search"))
ACCOUNT = Place("accounts:me", "person", _("My account"))

PLACES: dict[str, tuple[Place, ...]] = {
    ADVOCATE: (TODAY, MY_CASES, INTAKE, SEARCH, FIND_SUPPORT, REFERRALS, COVERS),
    SUPERVISOR: (
        CASELOADS,
        COVERS,
        CLOSINGS,
        SEARCH,
        FIND_SUPPORT,
        TEAM_REFERRALS,
        UNMET,
        TEAM_FIGURES,
        DIRECTORY,
        EMERGENCY,
    ),
    REPORTING: (MONTHS, UNMET),
    PRIVACY: (ENTRIES, EMERGENCY, ERASURES),
    ADMINISTRATOR: (STAFF, TEAMS, DIRECTORY, FIND_SUPPORT, UNMET, FUNDING, REPORT_SETTINGS, WORDS, SETTINGS),
}


def places_for(roles: Iterable[str]) -> list[Place]:
    """Everything these roles use, each once, and the person's own account last."""
    held = [place for role in ROLES if role in set(roles) for place in PLACES.get(role, ())]
    return list(dict.fromkeys([*held, ACCOUNT]))


@lru_cache(maxsize=64)
def address(url_name: str) -> str:
    """Addresses do not change while the site runs. Empty: the page is not built yet."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def current_among(addresses: Iterable[str], path: str) -> str:
    """The place this page is, or lies under: the longest address the path starts with."""
    fitting = [each for each in addresses if path == each or (len(each) > 1 and path.startswith(each))]
    return max(fitting, key=len, default="")
