"""What an import has to say, as codes: written once, read in whichever language the reader has.

A ``Problem`` never stops an import. ``Refused`` does, before anything was written.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHOWN: Final = 500
LONGEST_VALUE: Final = 80

REFUSALS: Final[dict[str, Promise]] = {
    "nothing": _("There is nothing in this file."),
    "missing": _("There is no file or folder of this name."),
    "unreadable_path": _("This cannot be opened (%(seen)s)."),
    "file_gone": _("The file that was sent is no longer here. Please send it again."),
    "broken": _(
        "Something went wrong on our side. Nothing was changed. Please tell whoever looks after the site."
    ),
    "no_tables": _(
        "The database has no tables yet. Run “manage.py migrate” first, or start the demo with “make demo”."
    ),
    "index_later": _(
        "The directory is written. The search could not be made new: run this again with --apply."
    ),
    "unreadable": _("This file cannot be read: it is neither a zip, nor CSV, nor JSON."),
    "too_large": _("This file is larger than %(limit)s MB."),
    "zip_broken": _("This zip file is damaged or cut short."),
    "zip_entries": _("This zip holds more than %(limit)s files."),
    "zip_size": _("This zip holds more than %(limit)s MB once it is unpacked."),
    "zip_path": _("This zip holds a file outside its own folder (%(seen)s). It was not opened."),
    "zip_nested": _("This zip holds another zip (%(seen)s). Please unpack that one first."),
    "zip_link": _("This zip holds a link instead of a file (%(seen)s). It was not opened."),
    "zip_locked": _("This zip is locked with a password. Please send it without one."),
    "zip_method": _("This zip is packed in a way this site does not know (%(seen)s)."),
    "mixed": _("This holds CSV tables and JSON documents together. Please send one or the other."),
    "version_old": _("This is HSDS %(version)s (seen: %(seen)s). Please ask for HSDS 3.0 or newer."),
    "version_ohana": _(
        "This is in the form Ohana used before HSDS 1.1 (seen: %(seen)s). Please ask for HSDS 3.0 or newer."
    ),
    "version_new": _("This says it is HSDS %(version)s. This site reads 3.0, 3.1 and 3.2."),
    "not_hsds": _("This is not a directory in the HSDS form (seen: %(seen)s)."),
    "json_broken": _("This is not valid JSON: it breaks off or goes wrong in %(file)s."),
    "json_deep": _("This JSON is nested too deeply to be a directory (%(file)s)."),
    "json_other": _("This JSON holds no services and no organizations (seen: %(seen)s)."),
    "no_services": _("There is no service in this file that could be read."),
    "source_by_hand": _("The entries written by hand cannot be replaced by a file. Choose another name."),
}

PROBLEMS: Final[dict[str, Promise]] = {
    "no_id": _("This row has no id. One was made from what it says."),
    "no_id_dropped": _("This row has no id and nothing to make one from. It was left out."),
    "no_name": _("This has no name. It is shown as “%(instead)s”."),
    "twice": _("This id stands here more than once. The first is used."),
    "status": _("“%(value)s” is not a status HSDS knows. It is read as %(instead)s."),
    "no_status": _("No status is given. It is read as active."),
    "choice": _("“%(value)s” is not one of the values HSDS knows here. It was left empty."),
    "location_type": _("“%(value)s” is not a kind of location HSDS knows. It is read as physical."),
    "date": _("“%(value)s” is not a date. It was left empty."),
    "moment": _("“%(value)s” is not a date and time. It was left empty."),
    "time": _("“%(value)s” is not a time of day. It was left empty."),
    "number": _("“%(value)s” is not a number that fits here. It was left empty."),
    "address": _("“%(value)s” is not a web or email address that can be shown. It was left empty."),
    "email": _("“%(value)s” is not an email address. It was left empty."),
    "byday": _("“%(value)s” is not a day of the week in the form HSDS uses. It was left out."),
    "day_list": _("“%(value)s” is not a list of numbers. It was left empty."),
    "too_long": _("This text is longer than %(limit)s characters. The rest was left out."),
    "dangling": _("This points to a %(what)s that is not in the file. The row is kept without it."),
    "dangling_dropped": _("This points to a %(what)s that is not in the file. It was left out."),
    "nobody": _("This belongs to no service, location or organization in the file. It was left out."),
    "link_entity": _("“%(value)s” is not something an attribute can stand on. It was left out."),
    "no_term": _("This attribute has no term and no value. It was left out."),
    "no_number": _("This phone has no number. It was left out."),
    "service_without_organization": _("This service names no organization. One without a name was made."),
    "fields": _(
        "This row has %(count)s fields, the first line names %(wanted)s. It was read as "
        "far as it goes."
    ),
    "row_broken": _("This row could not be read and was left out."),
    "file_broken": _("This file could not be read to its end."),
    "encoding": _(
        "This file is not in UTF-8. It was read as Western European text: please check "
        "the accents."
    ),
    "file_unknown": _("This file is not part of HSDS 3. It was not read."),
    "columns_unknown": _("%(count)s columns are not read: %(value)s."),
    "keys_unknown": _("%(count)s properties are not read: %(value)s."),
    "shape": _("This should be %(wanted)s. It was left out."),
    "not_an_object": _("This is not a service or an organization. It was left out."),
    "salvaged": _("“%(value)s” was read as %(instead)s."),
    "deep": _("This is nested too deeply. It was left out."),
    "no_services_file": _("There is no services.csv: only organizations and locations are read."),
    "page_missing": _(
        "Pages are missing: %(count)s of %(wanted)s are here. What is not in them is "
        "left as it is."
    ),
}  # fmt: skip


class Refused(Exception):
    """This file is not read at all; ``str()`` is one plain sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = {name: short(value) for name, value in values.items()}
        super().__init__(code)

    def __str__(self) -> str:
        return gettext(str(REFUSALS[self.code])) % self.values if self.values else str(REFUSALS[self.code])


@dataclass(frozen=True)
class Problem:
    file: str
    row: int | None
    field: str
    code: str
    values: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        text = str(PROBLEMS[self.code])
        return text % self.values if self.values else text

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    def as_told(self) -> dict[str, Any]:
        return {"file": self.file, "row": self.row, "field": self.field, "message": self.message}


class Problems:
    """The first ``SHOWN`` in full, and of all of them how many of each kind."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.counts: Counter[str] = Counter()

    def add(self, file: str, row: int | None, field_name: str, code: str, **values: Any) -> None:
        self.counts[code] += 1
        if len(self.kept) < SHOWN:
            told = {name: short(value) for name, value in values.items()}
            self.kept.append(Problem(file, row, field_name, code, told))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.kept)

    def __len__(self) -> int:
        return self.counts.total()

    @property
    def beyond(self) -> int:
        return len(self) - len(self.kept)


def short(value: Any) -> str:
    """A value of somebody else's file, short enough for a table, on one line."""
    text = " ".join(str(value)[: LONGEST_VALUE * 4].split())
    text = "".join(each for each in text if each.isprintable())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
