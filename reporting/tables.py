"""The tables of every report, as data: what is counted, by which answers, for which form.

The plan is fixed and has a version: a table that changes is a new version, so that what was
released under one plan is never compared with another by mistake. Figures of a closed month
keep the version they were counted under.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.spans import Span

PLAN = 1
TOTAL = "TOTAL"


class Unit(StrEnum):
    PEOPLE = "people"  # unduplicated over the period
    SAID = "said"  # people, by everything they said happened
    SPECIAL = "special"
    RELATED = "related"
    REACHED = "reached"  # people given a kind of service, each once a kind
    STATUS = "status"  # people served, partly served, not served
    DEPENDANTS = "dependants"
    CONTACTS = "contacts"  # anonymous: cannot be unduplicated
    CONTACT_TYPES = "contact_types"
    CONTACT_SERVICES = "contact_services"
    SERVICES = "services"  # times given
    HOURS = "hours"  # kept as minutes, which add up exactly
    CHARGED = "charged"  # minutes times percent, after the funder's shares
    NIGHTS = "nights"  # one a person and day in shelter
    REQUESTS = "requests"


# What units that count people say of themselves where figures are shown.
OF_PEOPLE = {Unit.PEOPLE, Unit.SAID, Unit.SPECIAL, Unit.RELATED, Unit.REACHED, Unit.STATUS, Unit.DEPENDANTS}
ADD_UP = set(Unit) - OF_PEOPLE  # months of these sum to their quarter


@dataclass(frozen=True)
class Dimension:
    """``of``: the answer of a row; ``by``: the value list, or nothing where codes are as found."""

    of: str
    by: str = ""
    title: str | Promise = ""


@dataclass(frozen=True)
class Table:
    key: str
    form: str
    title: str | Promise
    unit: Unit
    dimensions: tuple[Dimension, ...] = ()
    spans: frozenset[Span] = frozenset({Span.MONTH})
    only: Mapping[str, Any] = field(default_factory=dict)
    note: str | Promise = ""


MONTHLY = frozenset({Span.MONTH, Span.QUARTER, Span.YEAR, Span.TO_DATE})
FINE = frozenset({Span.QUARTER, Span.YEAR})
ADDED = frozenset({Span.MONTH, Span.QUARTER, Span.YEAR})
QUARTER, HALF, YEAR, MONTH = (frozenset({each}) for each in (Span.QUARTER, Span.HALF, Span.YEAR, Span.MONTH))

AGE = Dimension("age_band", "agency_age", _("Age"))
GENDER = Dimension("gender", "agency_gender", _("Gender"))
RACE = Dimension("race", "agency_race", _("Race or ethnicity"))
TYPE = Dimension("codes", "agency_victimisation", _("What happened"))
GROUP = Dimension("kind", "agency_service", _("Services"))
COUNTY = Dimension("county", "", _("County or area"))
KIND = Dimension("kind", "", _("Kind"))
OUTCOME = Dimension("outcome", "", _("Outcome"))
NEW = {"new": True}

AGENCY = (
    Table("people_age", "agency", _("People, by age"), Unit.PEOPLE, (AGE,), MONTHLY),
    Table("people_gender", "agency", _("People, by gender"), Unit.PEOPLE, (GENDER,), MONTHLY),
    Table("people_happened", "agency", _("People, by what happened"), Unit.SAID, (TYPE,), MONTHLY,
          note=_("A person may stand in several lines.")),
    Table("new_age", "agency", _("New people, by age"), Unit.PEOPLE, (AGE,), ADDED, NEW,
          note=_("New once in the year.")),
    Table("people_race", "agency", _("People, by race or ethnicity"), Unit.PEOPLE, (RACE,), FINE),
    Table("people_county", "agency", _("People, by county or area"), Unit.PEOPLE, (COUNTY,), FINE),
    Table("people_age_gender", "agency", _("People, by age and gender"), Unit.PEOPLE, (AGE, GENDER), FINE),
    Table("people_happened_age", "agency", _("People, by what happened and age"), Unit.SAID, (TYPE, AGE),
          FINE, note=_("A person may stand in several lines.")),
    Table("people_reached", "agency", _("People, by services given"), Unit.REACHED, (GROUP,), MONTHLY,
          note=_("A person may stand in several lines.")),
    Table("dependants", "agency", _("People whose child or dependant was given something"), Unit.DEPENDANTS,
          (), MONTHLY),
    Table("services_group", "agency", _("Services, times given"), Unit.SERVICES, (GROUP,), ADDED),
    Table("hours_group", "agency", _("Hours of service"), Unit.HOURS, (GROUP,), ADDED),
    Table("contacts_kind", "agency", _("Anonymous contacts"), Unit.CONTACTS,
          (Dimension("contact", "", _("How they reached us")),), ADDED),
    Table("nights", "agency", _("Nights in shelter"), Unit.NIGHTS, (KIND,), ADDED),
    Table("requests_outcome", "agency", _("Asked for, by what came of it"), Unit.REQUESTS,
          (Dimension("kind", "agency_service", _("What they asked for")), OUTCOME),
          ADDED),
)  # fmt: skip

OVC = (
    Table("Q1", "ovc", _("1. Individuals who received services"), Unit.PEOPLE, (), QUARTER),
    Table("Q2", "ovc", _("2. Anonymous contacts"), Unit.CONTACTS, (), QUARTER),
    Table("Q3", "ovc", _("3. New individuals"), Unit.PEOPLE, (), QUARTER, NEW),
    Table("Q4A", "ovc", _("4A. Race and ethnicity of new individuals"), Unit.PEOPLE,
          (Dimension("race", "ovc_race"),), QUARTER, NEW),
    Table("Q4B", "ovc", _("4B. Gender of new individuals"), Unit.PEOPLE,
          (Dimension("gender", "ovc_gender"),), QUARTER, NEW),
    Table("Q4C", "ovc", _("4C. Age of new individuals"), Unit.PEOPLE,
          (Dimension("age_band", "ovc_age"),), QUARTER, NEW),
    Table("Q5A", "ovc", _("5A. Individuals by type of victimization"), Unit.SAID,
          (Dimension("codes", "ovc_victimisation"),), QUARTER,
          note=_("Anonymous contacts who said what happened are in it.")),
    Table("Q5B", "ovc", _("5B. More than one type of victimization"), Unit.SAID, (), QUARTER,
          {"several": True}),
    Table("Q5C", "ovc", _("5C. Special classifications"), Unit.SPECIAL,
          (Dimension("codes", "ovc_special"),), QUARTER),
    Table("Q8", "ovc", _("8A–8E. Individuals, by category of service"), Unit.REACHED,
          (Dimension("kind", "agency_service"),), QUARTER,
          note=_("Anonymous contacts who were given a service are in it.")),
    Table("Q8_times", "ovc", _("8A–8E. Services, number of times"), Unit.SERVICES,
          (Dimension("kind", "ovc_service"),), QUARTER,
          note=_("Services of anonymous contacts are in it.")),
    Table("charged", "ovc", _("Hours paid from this grant, after its shares"), Unit.CHARGED, (), QUARTER),
)  # fmt: skip

OVW = (
    Table("status", "ovw", _("Served, partially served, not served"), Unit.STATUS,
          (Dimension("status", "", _("Status")),), HALF),
    Table("primary", "ovw", _("By primary victimization"), Unit.SAID,
          (Dimension("codes", "ovw_victimisation"),), HALF),
    Table("primary_age", "ovw", _("By primary victimization and age"), Unit.SAID,
          (Dimension("codes", "ovw_victimisation"), Dimension("age_band", "ovw_age")), HALF),
    Table("race", "ovw", _("Race and ethnicity"), Unit.PEOPLE, (Dimension("race", "ovw_race"),), HALF,
          note=_("A person may stand in several lines.")),
    Table("sex", "ovw", _("Sex"), Unit.PEOPLE, (Dimension("gender", "ovw_gender"),), HALF),
    Table("age", "ovw", _("Age"), Unit.PEOPLE, (Dimension("age_band", "ovw_age"),), HALF),
    Table("other", "ovw", _("Other demographics"), Unit.SPECIAL, (Dimension("codes", "ovw_special"),), HALF),
    Table("relation", "ovw", _("Relationship to the person who caused harm"), Unit.RELATED,
          (Dimension("codes", "ovw_relation"),), HALF),
    Table("services", "ovw", _("Victims, by service"), Unit.REACHED,
          (Dimension("kind", "ovw_service"),), HALF),
    Table("reasons", "ovw", _("Reasons not served or partially served"), Unit.REQUESTS,
          (Dimension("reasons", "ovw_reason"),), HALF, {"outcome": ("partly", "not_served")},
          note=_("Counted once for each thing asked for.")),
    Table("nights", "ovw", _("Bed nights"), Unit.NIGHTS, (KIND,), HALF),
    Table("contacts", "ovw", _("Hotline calls and other anonymous contacts"), Unit.CONTACTS,
          (Dimension("contact", "", _("How they reached us")),), HALF),
)  # fmt: skip

SHELTER = Dimension("shelter", "", _("Shelter"))
FVPSA = (
    Table("served", "fvpsa", _("People served, in shelter and otherwise"), Unit.PEOPLE,
          (SHELTER, Dimension("gender", "fvpsa_gender")), YEAR, NEW,
          note=_("Who was in shelter is counted there only. New people of the year.")),
    Table("age", "fvpsa", _("Age, in shelter and otherwise"), Unit.PEOPLE,
          (SHELTER, Dimension("age_band", "fvpsa_age")), YEAR, NEW),
    Table("race", "fvpsa", _("Race and ethnicity"), Unit.PEOPLE,
          (Dimension("race", "fvpsa_race"),), YEAR, NEW, note=_("A person may stand in several lines.")),
    Table("nights", "fvpsa", _("Shelter nights"), Unit.NIGHTS, (KIND,), YEAR),
    Table("shelter_requests", "fvpsa", _("Unmet requests for shelter"), Unit.REQUESTS, (), YEAR,
          {"outcome": ("not_served",), "kind": ("D1",)}),
    Table("services", "fvpsa", _("Supportive services, times given"), Unit.SERVICES,
          (Dimension("kind", "fvpsa_service"),), YEAR),
    Table("calls", "fvpsa", _("Crisis and hotline calls without a name"), Unit.CONTACTS, (), YEAR,
          {"contact": ("call", "text")}),
)  # fmt: skip

GBVIMS = (
    Table("new", "gbvims", _("New people"), Unit.PEOPLE, (), MONTH, NEW),
    Table("sex", "gbvims", _("Sex"), Unit.PEOPLE, (Dimension("gender", "gbvims_sex"),), MONTH, NEW),
    Table("age", "gbvims", _("Age"), Unit.PEOPLE, (Dimension("age_band", "gbvims_age"),), MONTH, NEW),
    Table("type", "gbvims", _("Type of incident"), Unit.SAID,
          (Dimension("codes", "gbvims_type"),), MONTH, NEW),
    Table("type_sex", "gbvims", _("Type of incident and sex"), Unit.SAID,
          (Dimension("codes", "gbvims_type"), Dimension("gender", "gbvims_sex")), MONTH, NEW),
    Table("relation", "gbvims", _("Relationship of the person who caused harm"), Unit.RELATED,
          (Dimension("codes", "gbvims_relation"),), MONTH),
    Table("sectors", "gbvims", _("Services provided, by sector"), Unit.SERVICES,
          (Dimension("kind", "gbvims_sector"),), MONTH),
)  # fmt: skip

TABLES: tuple[Table, ...] = (*AGENCY, *OVC, *OVW, *FVPSA, *GBVIMS)

# What the forms ask and our records cannot answer: shown beside the figures, never guessed.
NOT_TRACKED: dict[str, tuple[str | Promise, ...]] = {
    "ovc": (
        _("6. Assistance with a compensation application: services have no item for it."),
        _("5C. Homeless, immigrants, LGBTQ, veterans: not kept on a person here."),
        _("7. Which categories were offered: a question about the agency."),
    ),
    "ovw": (
        _("Secondary victims, protection orders requested and granted, living in rural areas."),
        _("The body of the 2025 data catalog could not be read: these are the older forms."),
    ),
    "fvpsa": (_("Youth victims of dating violence, community education, outcome surveys, money."),),
    "gbvims": (
        _(
            "Civil status, displacement, time and place, number and sex of those who caused harm, "
            "referrals by outcome."
        ),
    ),
    "agency": (),
}


def tables_of(form: str, span: Span) -> list[Table]:
    return [table for table in TABLES if table.form == form and span in table.spans]


def find(form: str, key: str) -> Table | None:
    return next((table for table in TABLES if table.form == form and table.key == key), None)
