"""Fields that take what people really type: any script, any clock, any slip of a finger."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST = 1970  # a year before that is a slip of the finger
AHEAD = timedelta(days=1)  # clocks and zones differ; a day is plenty


class Words(forms.CharField):
    """Somebody's own text, in its own direction. NUL bytes cannot be kept and are taken out."""

    def __init__(self, *, lines: int = 1, **kwargs: Any) -> None:
        attrs = {"dir": "auto", "autocomplete": "off", **({"class": "tall"} if lines > 6 else {})}
        long = {**attrs, "rows": lines, "data-words": ""}  # data-words: plainer words are offered below
        widget = forms.Textarea(attrs=long) if lines > 1 else forms.TextInput(attrs=attrs)
        super().__init__(**{"widget": widget, **kwargs})
        self.took_out = False

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        self.took_out = "\x00" in text
        return super().to_python(text.replace("\x00", "").replace("\r\n", "\n"))


class PastDay(forms.DateField):
    """A day that has come, in the agency's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = gettext_lazy("Write the date as year-month-day, such as 2026-03-14.")

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        if day and day.year < EARLIEST:
            raise ValidationError(_("Please check the year."))
        if day and day > timezone.localdate() + AHEAD:
            raise ValidationError(_("This day has not come yet."))
        return day


class PastMoment(forms.DateTimeField):
    """A moment that has come, typed on the agency's clock.

    An hour that a change of clocks skips is asked again; an hour that it repeats is taken
    to be the first of the two.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        )
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        naive = next(filter(None, (_parsed(str(value), each) for each in self.input_formats)), None)
        if naive is None:
            raise ValidationError(_("Write date and time as in 2026-03-14 15:30."))
        return _moment(naive)


def _parsed(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 - the zone is given next
    except ValueError:
        return None


def _moment(naive: datetime) -> datetime:
    if naive.year < EARLIEST:
        raise ValidationError(_("Please check the year."))
    if naive.year > timezone.now().year + 1:
        raise ValidationError(_("This moment has not come yet."))
    moment = timezone.make_aware(naive)
    if timezone.make_naive(moment.astimezone(UTC)) != naive:
        raise ValidationError(_("The clocks went forward then: there was no such hour that day."))
    if moment > timezone.now() + AHEAD:
        raise ValidationError(_("This moment has not come yet."))
    return moment


class OwnId(forms.UUIDField):
    """The id the record will have, so that sending the same form twice writes it once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "initial": uuid4, "widget": forms.HiddenInput(), **kwargs})

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()


class Version(forms.IntegerField):
    """The version a form was opened with. Not ``type=hidden``: a draft has to keep it, so
    that a draft of an older version meets the newer one side by side."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"hidden": True, "aria-hidden": "true"})
        super().__init__(**{"required": False, "min_value": 0, "widget": widget, **kwargs})

    def clean(self, value: Any) -> int:
        """Anything unreadable is no version at all, which meets what stands now."""
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0
