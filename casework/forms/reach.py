"""The contact plan as it is talked about: who gets in touch, what about, by which ways and when.

Each way is a block with rows of hours. Blocks and rows are added by buttons that send the
form; nothing here needs JavaScript.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms import restoring
from casework.forms.answers import OneAnswer, from_list
from casework.forms.fields import PastDay, Version, Words
from casework.forms.hours import PRESETS, HoursForm, preset_row
from casework.forms.person import TOO_LONG
from clients.choices import Language, Unanswered, YesNo
from clients.contact_choices import DroppedLine, Initiates, Purpose, SafeToUse, Voicemail, WayKind
from clients.models import ContactPlan, ContactWay

WAYS, ROWS = 8, 8  # the most of each
VALID_FOR = timedelta(days=90)
LONGEST = timedelta(days=366)
NEARBY = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
]  # fmt: skip
RADIO = {"class": "chips"}


def words(label: Any, length: int, **kwargs: Any) -> Words:
    return Words(
        label=label, max_length=length, required=False, error_messages={"max_length": TOO_LONG}, **kwargs
    )


def one_of(choices: Any, label: Any, initial: str, **kwargs: Any) -> forms.ChoiceField:
    options = {"required": False, "widget": forms.RadioSelect(attrs=RADIO), **kwargs}
    return forms.ChoiceField(label=label, choices=choices.choices, initial=initial, **options)


def zones() -> list[Any]:
    """The near ones first; the rest by name."""
    others = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [
        (_("Often chosen"), [(name, name.replace("_", " ")) for name in NEARBY]),
        (_("All others"), [(name, name.replace("_", " ")) for name in others if name not in NEARBY]),
    ]


class PlanForm(forms.Form):
    version = Version()
    who_initiates = forms.ChoiceField(
        label=_("Who gets in touch?"),
        choices=Initiates.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets in touch. Not sure? Then they contact us.")},
    )
    purposes = forms.MultipleChoiceField(
        label=_("What may we get in touch about?"),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        help_text=_("Only what they said. Anything not ticked means: not about this."),
    )
    purpose_words = words(_("In their words"), 300)
    code_word = words(_("Code word"), 120, help_text=_("So that we know it is them."))
    hang_up = words(_("What means “hang up”"), 200, help_text=_("For example: wrong number, sorry."))
    dropped_line = one_of(DroppedLine, _("If the line drops"), DroppedLine.NOT_BACK)
    dropped_line_words = words(_("More about a dropped line"), 300)
    override = OneAnswer(
        YesNo.choices,
        label=_("In danger to life, may we get in touch outside this plan?"),
    )
    override_words = words(_("What was agreed for that"), 500, lines=2)
    words = words(_("Anything else about reaching them"), 2000, lines=3)
    time_zone = forms.ChoiceField(
        label=_("Their time zone"), choices=zones, help_text=_("All hours here are by their clock.")
    )
    confirmed_on = PastDay(
        label=_("They confirmed this on"),
        required=False,
        help_text=_("Leave it empty if they have not: the plan is kept, and used only once they confirm it."),
    )
    valid_until = forms.DateField(
        label=_("Ask again after"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("From the day after, the plan is not used until they confirm it again."),
        error_messages={"invalid": _("Write the date as year-month-day, such as 2026-03-14.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("who_initiates") == Initiates.WE and not data.get("purposes"):
            self.add_error("purposes", _("Tick what they agreed to, or choose above that they contact us."))
        data["dropped_line"] = data.get("dropped_line") or DroppedLine.NOT_BACK
        if data.get("confirmed_on"):
            self._check_days(data["confirmed_on"], data.get("valid_until"))
        return data

    def _check_days(self, confirmed: date, until: date | None) -> None:
        problem = valid_until_problem(confirmed, until)
        if problem and "valid_until" not in self.errors:
            self.add_error("valid_until", problem)

    @property
    def facts(self) -> dict[str, Any]:
        """``plan``, ``confirmed_on`` and ``valid_until`` for the service."""
        apart = ("version", "confirmed_on", "valid_until")
        data = self.cleaned_data
        plan = {name: value for name, value in data.items() if name not in apart}
        confirmed = data["confirmed_on"] or None
        return {
            "plan": plan,
            "confirmed_on": confirmed,
            "valid_until": data["valid_until"] if confirmed else None,
        }

    @staticmethod
    def initial_of(plan: ContactPlan | None, zone: str) -> dict[str, Any]:
        today = timezone.localdate()
        if plan is None:
            return {"time_zone": zone, "confirmed_on": today, "valid_until": today + VALID_FOR}
        return {name: getattr(plan, name) for name in (*SAME_NAMES, "confirmed_on", "valid_until")}


def valid_until_problem(confirmed: date, until: date | None) -> str:
    if until is None:
        return gettext("Choose until when this holds; three months is usual.")
    if until < confirmed:
        return gettext("This is before the day they confirmed it.")
    if until - confirmed > LONGEST:
        return gettext("Choose a day within a year: lives change, and so does what is safe.")
    return ""


SAME_NAMES = [name for name in PlanForm.base_fields if name not in ("version", "confirmed_on", "valid_until")]


class WayForm(forms.Form):
    """One way. Left empty, it is no way at all."""

    kind = one_of(WayKind, _("Way"), WayKind.PHONE)
    safe = one_of(SafeToUse, _("Is it safe to use?"), SafeToUse.UNKNOWN)
    where = words(_("Number or address"), 500, help_text=_("Or who it goes through."))
    name_we_use = words(_("Ask for"), 120, help_text=_("For example: the library."))
    voicemail = one_of(Voicemail, _("Voicemail"), Voicemail.NONE)
    label = words(_("What to call this way here"), 80, help_text=_("For example: their work phone."))
    who_answers = words(_("Who may answer, and what to say to them"), 500, lines=2)
    who_sees = words(_("Who else can see this phone or mailbox"), 300)
    language = from_list(Language.choices, label=_("Language on this way"))
    interpreter = OneAnswer(YesNo.choices, label=_("Interpreter"))
    caller = words(_("Who should call, if it matters to them"), 120)

    more = ("label", "who_answers", "who_sees", "language", "caller")

    def __init__(self, *args: Any, rows: list[HoursForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    @property
    def key(self) -> str:
        """Which block a button means."""
        return str(self.prefix).removeprefix("way-")

    @property
    def is_blank(self) -> bool:
        said = [name for name in ("where", "name_we_use", *self.more) if self.cleaned_data.get(name)]
        changed = self.cleaned_data.get("safe") not in ("", SafeToUse.UNKNOWN)
        return not (said or changed or any(not row.is_blank for row in self.rows))

    @property
    def more_is_open(self) -> bool:
        return any(self[name].value() for name in self.more) or any(self[name].errors for name in self.more)

    @property
    def facts(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["kind"] = data["kind"] or WayKind.PHONE
        data["safe"] = data["safe"] or SafeToUse.UNKNOWN
        data["voicemail"] = data["voicemail"] or Voicemail.NONE
        data["language"] = data["language"] or Unanswered.NOT_ASKED
        kept = [row for row in self.rows if not row.is_blank]
        data["hours"] = {
            sort: [row.window for row in kept if row.kept_as == sort] for sort in ("safe", "never")
        }
        return data

    @staticmethod
    def initial_of(way: ContactWay) -> dict[str, Any]:
        held = {name: getattr(way, name) for name in WayForm.base_fields}
        held["language"] = "" if way.language in Unanswered.values else way.language
        return held


class Summary:
    """Several forms as one, for the summary of what needs another look."""

    def __init__(self, all_forms: list[forms.Form]) -> None:
        self.all_forms = all_forms

    def non_field_errors(self) -> list[Any]:
        return [error for form in self.all_forms for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (bound for form in self.all_forms for bound in form)


class Ways:
    """The blocks of ways of a page, by the names that were sent or by the plan on file."""

    def __init__(self, blocks: list[WayForm]) -> None:
        self.blocks = blocks

    def __iter__(self) -> Iterator[WayForm]:
        return iter(self.blocks)

    @property
    def all_forms(self) -> list[forms.Form]:
        """Each block, then its rows: what the summary of errors looks at."""
        return [form for block in self.blocks for form in (block, *block.rows)]

    @property
    def summary(self) -> "Summary":
        return Summary(self.all_forms)

    def is_valid(self) -> bool:
        """Every form is asked, so that every error shows at once."""
        answers = [form.is_valid() for form in self.all_forms]
        return all(answers)

    @property
    def can_grow(self) -> bool:
        return len(self.blocks) < WAYS

    def __len__(self) -> int:
        return len(self.blocks)

    @property
    def facts(self) -> list[dict[str, Any]]:
        return [block.facts for block in self.blocks if not block.is_blank]


def sent_ways(data: Any) -> Ways:
    """Bound forms of everything that was sent."""
    return Ways([_block(way, rows, data) for way, rows in numbers_in(data).items()])


def typed_ways(data: Any) -> Ways:
    """The same as it was typed, without judging it yet."""
    ways = Ways([_block(way, rows) for way, rows in numbers_in(data).items()])
    for form in ways.all_forms:
        restoring.fill(form, data, fresh=())
    return ways


def _block(way: int, rows: list[int], data: Any = None) -> WayForm:
    hours = [HoursForm(data, prefix=f"way-{way}-row-{row}") for row in rows or [0]]
    return WayForm(data, prefix=f"way-{way}", rows=hours)


def ways_on_file(plan: ContactPlan | None) -> Ways:
    ways = plan.all_ways() if plan else []
    blocks = [
        WayForm(initial=WayForm.initial_of(way), prefix=f"way-{number}", rows=_rows_on_file(way, number))
        for number, way in enumerate(ways)
    ]
    return Ways(blocks or [_block(0, [0])])


def _rows_on_file(way: ContactWay, number: int) -> list[HoursForm]:
    hours = way.hours or {}
    held = [{"sort": sort, **window} for sort in ("safe", "never") for window in hours.get(sort, ())]
    return [
        HoursForm(initial=initial, prefix=f"way-{number}-row-{row}")
        for row, initial in enumerate(held or [{}])
    ]


def numbers_in(data: Any) -> dict[int, list[int]]:
    """``{way: [row, …]}`` of the blocks and rows whose fields were sent, in order."""
    found: dict[int, set[int]] = {}
    for name in data:
        if match := re.match(r"way-(\d{1,2})-(?:row-(\d{1,2})-)?\w", name):
            rows = found.setdefault(int(match[1]), set())
            if match[2]:
                rows.add(int(match[2]))
    return {way: sorted(found[way])[:ROWS] for way in sorted(found)[:WAYS]}


def pressed(data: Any) -> Any:
    """What was sent, changed by the button that sent it; nothing when that was the save button."""
    button = next((name for name in BUTTONS if name in data), None)
    if button is None:
        return None
    data = data.copy()
    way, _colon, preset = str(data[button]).partition(":")
    if button == "add_way" and len(numbers_in(data)) < WAYS:
        data[f"way-{max(numbers_in(data), default=-1) + 1}-row-0-sort"] = "safe"
    elif button == "drop_way":
        for name in [name for name in data if name.startswith(f"way-{way}-")]:
            del data[name]
    elif button in ("add_row", "preset") and way.isdigit():
        _add_row(data, int(way), preset if preset in PRESETS else "")
    return data


BUTTONS = ("add_way", "drop_way", "add_row", "preset")


def _add_row(data: Any, way: int, preset: str) -> None:
    """A preset goes into the first row that is still empty, or into a new one."""
    rows = numbers_in(data).get(way, [])
    empty = [row for row in rows if not any(data.get(f"way-{way}-row-{row}-{name}") for name in HOURS)]
    if not (preset and empty) and len(rows) >= ROWS:
        return
    row = empty[0] if preset and empty else max(rows, default=-1) + 1
    prefix = f"way-{way}-row-{row}"
    for name, values in (preset_row(preset, prefix) if preset else {f"{prefix}-sort": ["safe"]}).items():
        data.setlist(name, values)


HOURS = ("days", "start", "end")
