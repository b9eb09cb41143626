"""The forms that keep the directory: quick for one service with one number, complete for the rest."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import PastDay, Version, Words
from casework.forms.hours import DAYS as WEEK
from casework.forms.hours import hour
from referrals import entry
from referrals.forms.addresses import EmailText, WebAddress
from referrals.hours_words import DAYS
from referrals.models import Organization, Report, Schedule, Service
from referrals.needs import Need
from referrals.services.directory import Details, HoursFacts, PhoneFacts, is_plain_week
from referrals.services.places import PlaceFacts

CHIPS = {"class": "chips"}
NAME, LINE, TEXT = 300, 500, 8000
OLDEST = 120


def line(label: Any, length: int = NAME, **kwargs: Any) -> Words:
    return Words(label=label, max_length=length, **{"required": False, **kwargs})


def text(label: Any, lines: int = 2, **kwargs: Any) -> Words:
    return Words(label=label, lines=lines, max_length=TEXT, **{"required": False, **kwargs})


# Of a service: what is folded away, since most services need none of it.
MORE = {
    "alternate_name",
    "program_name",
    "url",
    "email",
    "status",
    "eligibility_description",
    "minimum_age",
    "maximum_age",
    "application_process",
    "fees",
    "interpretation",
    "alert",
    "assured_on",
}


class OrganizationForm(forms.Form):
    version = Version()
    name = line(_("Name"), required=True)
    alternate_name = line(_("Also known as"))
    description = text(_("What they do"), 3)
    website = WebAddress(label=_("Website"))
    email = EmailText(label=_("Email"))

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def initial_of(organization: Organization) -> dict[str, Any]:
        return {name: getattr(organization, name) for name in OrganizationForm.base_fields}


class OrganizationNameForm(forms.Form):
    """For a service whose organization is not in the directory yet."""

    name = line(_("Organization"), required=True)
    website = WebAddress(label=_("Website"))

    facts = property(lambda self: dict(self.cleaned_data))


class ServiceForm(forms.Form):
    version = Version()
    name = line(
        _("Service"), required=True, help_text=_("What it is in a few words: Lawyers for protection orders.")
    )
    needs = forms.MultipleChoiceField(
        label=_("What it helps with"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    description = text(_("What it is"), 3)
    languages = line(_("Languages"), LINE, help_text=_("Separated by commas."))
    areas = text(_("Whom they serve, by county or town"), 2, help_text=_("One to a line."))
    ways = forms.MultipleChoiceField(
        label=_("How one gets in touch"),
        choices=[
            ("accepts_phone", _("by phone")),
            ("accepts_online", _("online")),
            ("accepts_walk_in", _("walking in")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        help_text=_("None ticked: nobody has said."),
    )
    # More
    alternate_name = line(_("Also known as"))
    program_name = line(_("Program"))
    url = WebAddress(label=_("Web page"))
    email = EmailText(label=_("Email"))
    status = forms.ChoiceField(
        label=_("Status"), choices=Service.Status.choices, initial=Service.Status.ACTIVE, required=False
    )
    eligibility_description = text(_("Who it is for"))
    minimum_age = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=OLDEST)
    maximum_age = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=OLDEST)
    application_process = text(_("How to ask for it"))
    fees = text(_("What it costs"))
    interpretation = text(_("Interpreting"))
    alert = text(_("To know first"), help_text=_("A waiting list, a move, a holiday."))
    assured_on = PastDay(label=_("Confirmed by them on"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        youngest, oldest = data.get("minimum_age"), data.get("maximum_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("maximum_age", gettext("This is younger than the age it starts from."))
        data["status"] = data.get("status") or Service.Status.ACTIVE.value
        return data

    @property
    def more_is_open(self) -> bool:
        """Where something below the fold needs another look."""
        return self.is_bound and bool(set(self.errors) & MORE)

    @property
    def facts(self) -> dict[str, Any]:
        apart = {"version", "languages", "areas", "ways"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return facts | self._ways()

    def _ways(self) -> dict[str, bool | None]:
        """Not ticked is "nobody has said", unless another way is: then it is no."""
        ticked = set(self.cleaned_data["ways"])
        names = ("accepts_phone", "accepts_online", "accepts_walk_in")
        return {name: (name in ticked) if ticked else None for name in names}

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        apart = {"languages", "areas", "ways"}
        own = {name: getattr(service, name) for name in ServiceForm.base_fields if name not in apart}
        ways = ("accepts_phone", "accepts_online", "accepts_walk_in")
        return own | {
            "languages": ", ".join(row.name or row.code for row in entry.languages_of(service)),
            "areas": "\n".join(row.name or row.description for row in entry.areas_of(service)),
            "ways": [name for name in ways if getattr(service, name)],
        }


def listed(parts: list[str]) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


# --- Rows of numbers and hours --------------------------------------------------------------------


class PhoneForm(forms.Form):
    """Left empty, it is no row at all."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    number = line(_("Number"), 200)
    extension = line(_("Extension"), 40)
    description = line(_("What it is for"), LINE)
    type = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("number") and (data.get("extension") or data.get("description")):
            self.add_error("number", gettext("Write the number, or take the rest of the row out."))
        if data.get("number") and sum(sign.isdigit() for sign in data["number"]) < 3:
            self.add_error("number", gettext("Write the number with its digits."))
        return data

    @property
    def facts(self) -> PhoneFacts | None:
        data = self.cleaned_data
        return PhoneFacts(**data) if data.get("number") else None


class HoursForm(forms.Form):
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[(code, name) for code, (_number, name) in zip(DAYS, WEEK, strict=True)],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    opens_at = hour(_("From"))
    closes_at = hour(_("To"))
    description = line(_("A word about it"), LINE)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given = [bool(data.get("days")), data.get("opens_at") is not None, data.get("closes_at") is not None]
        if any(given) and not all(given):
            self.add_error(
                "days" if not given[0] else "opens_at", gettext("Say the days, and from when to when.")
            )
        return data

    @property
    def facts(self) -> HoursFacts | None:
        data = self.cleaned_data
        if not data.get("days"):
            return None
        byday = ",".join(day for day in DAYS if day in data["days"])
        return HoursFacts(byday, data["opens_at"], data["closes_at"], data["description"], data["id"])


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Every row is read, also one that was left as it came: it still stands."""

    def initial_form_count(self) -> int:
        return self.total_form_count() if self.is_bound else super().initial_form_count()


PhoneRows = formset_factory(PhoneForm, formset=Rows, extra=0, max_num=12, absolute_max=12)
HoursRows = formset_factory(HoursForm, formset=Rows, extra=0, max_num=14, absolute_max=14)


def rows_for(data: Any, service: Service | None) -> tuple[BaseFormSet, BaseFormSet]:
    """Numbers and hours as they are, and a free row or two."""
    phones = [_phone_row(row) for row in entry.phones_of(service)] if service else []
    said = entry.schedules_of(service) if service else []
    hours = [_hours_row(row) for row in said if is_plain_week(row)]
    return (
        PhoneRows(data, initial=with_room(phones, 12), prefix="phones"),
        HoursRows(data, initial=with_room(hours, 14), prefix="hours"),
    )


def with_room(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """One free row at least, two where there are none."""
    return [*rows, *([{}] if rows else [{}, {}])][:most]


def _phone_row(row: Any) -> dict[str, Any]:
    return {name: getattr(row, "pk" if name == "id" else name) for name in PhoneForm.base_fields}


def _hours_row(row: Schedule) -> dict[str, Any]:
    days = [day.strip() for day in row.byday.split(",")]
    return {"id": row.pk, "days": days, "opens_at": row.opens_at, "closes_at": row.closes_at,
            "description": row.description}  # fmt: skip


class Summary:
    """Several forms as one, for the summary of what needs another look."""

    def __init__(self, *all_forms: Any) -> None:
        self.all_forms = [each for each in all_forms if each is not None]

    def non_field_errors(self) -> list[Any]:
        return [error for form in self.all_forms for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (bound for form in self.all_forms for bound in form)


def rows_of(formset: BaseFormSet) -> Iterator[Any]:
    yield from filter(None, (form.facts for form in formset.forms))


def details_of(
    form: ServiceForm, phones: BaseFormSet, hours: BaseFormSet, place: "PlaceForm | None"
) -> Details:
    return Details(
        phones=list(rows_of(phones)),
        hours=list(rows_of(hours)),
        languages=listed(form.cleaned_data["languages"].replace(";", ",").split(",")),
        areas=listed(form.cleaned_data["areas"].splitlines()),
        place=place.facts if place is not None and place.is_filled else None,
    )


# --- Places -----------------------------------------------------------------------------------------


class PlaceForm(forms.Form):
    version = Version()
    name = line(_("Name of the place"))
    address_1 = line(_("Street and number"))
    address_2 = line(_("Second line"))
    city = line(_("City"))
    state_province = line(_("State"))
    postal_code = line(_("Postal code"), 40)
    transportation = text(_("How to get there"))
    access = text(_("Getting in"), help_text=_("Steps, a ramp, a lift, parking close by."))

    @property
    def is_filled(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "version")

    @property
    def facts(self) -> PlaceFacts:
        return PlaceFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


# --- Local facts, and what is wrong --------------------------------------------------------------------


class LocalFactsForm(forms.Form):
    version = Version()
    survivor_notes = text(
        _("Good to know for survivors"),
        4,
        help_text=_("How people were received there, whom to ask for. Shown to advocates and on print-outs."),
    )
    preferred_contact = line(
        _("Best way to reach them"), LINE, help_text=_("For us, when we call about somebody.")
    )
    no_voicemail = forms.BooleanField(label=_("Leave no voicemail there"), required=False)
    confidential_location = forms.BooleanField(
        label=_("Where it is stays confidential"),
        required=False,
        help_text=_("The address, the map and the way there are shown nowhere and printed nowhere."),
    )

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        return {name: getattr(service, name) for name in LocalFactsForm.base_fields}


class ReasonForm(forms.Form):
    reason = line(_("Why"), LINE, required=True)


class ReportForm(forms.Form):
    what = forms.ChoiceField(label=_("What is wrong?"), choices=Report.What.choices, widget=forms.RadioSelect)
    words = text(
        _("In your words"),
        3,
        help_text=_(
            "About the agency only, nothing about anybody you work with. Keepers of the directory read it."
        ),
    )


class SettleForm(forms.Form):
    answer = text(_("What was done"), 2, required=True)


class SearchForm(forms.Form):
    q = line(_("Look up by name"))
