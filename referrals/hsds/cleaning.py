"""One value of somebody else's file as one value of ours, or nothing and why.

Every function takes what was read (text, or whatever JSON held) and returns a text or number that
both databases take as it is; ``Unfit`` carries the code of ``problems.PROBLEMS``.
"""

import html
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

EMPTY: Final = {"", "null", "none", "n/a", "nan", "undefined"}
LONGEST_EMPTY: Final = max(map(len, EMPTY))
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Anything in here needs a longer look; most texts do not have it.
UNPLAIN: Final = re.compile(r"[<&\x00-\x08\x0b-\x1f\x7f-\x9f\u2000-\uffff]|\*\*|__|\]\(|^#", re.MULTILINE)
MARKUP: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,30});")
MARKDOWN: Final = (
    (re.compile(r"!?\[([^\]\n]{0,300})\]\((?:[^()\s]{0,500})\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^#{1,6}\s+", re.MULTILINE), ""),
)
BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "blockquote",
        "hr",
    ]
)
SILENT: Final = frozenset(["script", "style", "head", "template", "iframe", "object", "noscript", "svg"])
BLANK_LINES: Final = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
SPACES: Final = re.compile(r"[ \t\xa0]+")
SCHEMES: Final = {"http", "https", "mailto", "tel"}
EMAIL: Final = re.compile(r"[^@\s<>\"',;:()]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")
HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?::\d{2,5})?(?:[/?#].*)?")
TIME: Final = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
DAY_WORDS: Final = {name: name[:2] for name in ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]} | {
    name: name[:2] for name in ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
}
NUMBERS: Final = re.compile(r"\s*[+-]?\d{1,3}(?:\s*,\s*[+-]?\d{1,3})*\s*")
OLDEST: Final = 130  # years; what is above means "no limit"


class Unfit(Exception):
    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def plain(value: Any) -> str:
    """A text without markup or control characters, outer spaces gone."""
    if not isinstance(value, str):
        value = as_text(value)
    if not UNPLAIN.search(value):
        text = value.strip()
        return "" if len(text) <= LONGEST_EMPTY and text.lower() in EMPTY else text
    return _cleaned(value)


def as_text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ", ".join(as_text(each) for each in value)
    raise Unfit("shape", wanted="text")


def _cleaned(value: str) -> str:
    if MARKUP.search(value):
        value = without_markup(value)
    for pattern, kept in MARKDOWN:
        value = pattern.sub(kept, value)
    value = CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = BLANK_LINES.sub("\n\n", SPACES.sub(" ", value)).strip()
    return "" if value.lower() in EMPTY else value


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def without_markup(value: str) -> str:
    """Twice: what was escaped once more than needed must not come out as markup."""
    for _round in range(2):
        parser = _Words()
        try:
            parser.feed(value)
            parser.close()
            value = "".join(parser.words)
        except (AssertionError, ValueError):
            value = html.unescape(re.sub(r"<[^>]*>", " ", value))
        if not MARKUP.search(value):
            break
    return re.sub(r"<(?=[a-zA-Z/!])", "‹", value)


def line(value: Any) -> str:
    """A text on one line."""
    text = plain(value)
    return " ".join(text.split()) if "\n" in text or "\t" in text or "\r" in text else text


def number_as_written(value: Any) -> str:
    """A phone number; the official example wraps it in another pair of quotes."""
    return line(value).strip("\"'").strip()


def email(value: Any) -> str:
    text = line(value)
    text = text.removeprefix("mailto:").strip()
    if not text or EMAIL.fullmatch(text):
        return text
    found = EMAIL.search(text)
    if found and len(EMAIL.findall(text)) >= 1:
        return found.group()
    raise Unfit("email", value=text)


def web(value: Any) -> str:
    """http, https, mailto and tel; a bare host gets https. Nothing else is ever a link here."""
    text = line(value)
    if not text:
        return ""
    try:
        scheme, host = urlsplit(text).scheme.lower(), urlsplit(text).netloc
    except ValueError:
        raise Unfit("address", value=text) from None
    if scheme in SCHEMES and " " not in text and (host or scheme in {"mailto", "tel"}):
        return text
    if HOST.fullmatch(text) and " " not in text:
        return f"https://{text}"
    raise Unfit("address", value=text)


def day(value: Any) -> str | None:
    text = line(value)
    if not text:
        return None
    head = text[:10]
    try:
        return date.fromisoformat(head).isoformat()
    except ValueError:
        pass
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if match:
            return date(int(match[3]), int(match[1]), int(match[2])).isoformat()
    except ValueError:
        pass
    raise Unfit("date", value=text)


def moment(value: Any) -> datetime | None:
    """With a zone, or read as UTC."""
    text = line(value)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" UTC", "Z"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit("moment", value=text) from None


def clock(value: Any) -> str | None:
    """The wall's clock: what zone it was written with is another column's business."""
    text = line(value)
    if not text:
        return None
    match = TIME.fullmatch(text)
    if not match:
        raise Unfit("time", value=text)
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hours = hours % 12 + 12 * match[4].lower().startswith("p")
    if (hours, minutes, seconds) == (24, 0, 0):
        hours, minutes = 23, 59
    if hours > 23 or minutes > 59 or seconds > 59:
        raise Unfit("time", value=text)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def number(value: Any) -> float | None:
    text = line(value)
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        raise Unfit("number", value=text) from None
    if not math.isfinite(found):
        raise Unfit("number", value=text)
    return found


def whole(lowest: int, highest: int) -> Callable[[Any], int | None]:
    def read(value: Any) -> int | None:
        found = number(value)
        if found is None:
            return None
        if not lowest <= found <= highest or found != int(found):
            raise Unfit("number", value=found)
        return int(found)

    return read


def between(lowest: float, highest: float) -> Callable[[Any], float | None]:
    def read(value: Any) -> float | None:
        found = number(value)
        if found is not None and not lowest <= found <= highest:
            raise Unfit("number", value=found)
        return found

    return read


def age(value: Any) -> int | None:
    """In whole years. Files write 0 to 200 for "anybody": above ``OLDEST`` there is no limit."""
    found = number(value)
    if found is None or found > OLDEST:
        return None
    if found < 0:
        raise Unfit("number", value=found)
    return int(found)


def youngest(value: Any) -> int | None:
    return age(value) or None


def amount(value: Any) -> str | None:
    found = number(value)
    if found is None:
        return None
    if abs(found) >= 10**10:
        raise Unfit("number", value=found)
    return f"{found:.2f}"


def days_of_week(value: Any) -> str:
    """``MO,3TU,-1FR``. Parts that are nothing of the kind are left out by ``days_left_out``."""
    return ",".join(_days(value)[0])


def days_left_out(value: Any) -> list[str]:
    return _days(value)[1]


def _days(value: Any) -> tuple[list[str], list[str]]:
    kept, left = [], []
    for part in re.split(r"[,;\s]+", line(value).upper()):
        part = DAY_WORDS.get(part, part)
        match = DAY.fullmatch(part)
        if match and (match[1] is None or 1 <= abs(int(match[1])) <= 53):
            kept.append(part.removeprefix("+"))
        elif part:
            left.append(part)
    return kept, left


def week_start(value: Any) -> str:
    text = line(value).upper()
    text = DAY_WORDS.get(text, text)
    if text and not (len(text) == 2 and DAY.fullmatch(text)):
        raise Unfit("choice", value=text)
    return text


def number_list(value: Any) -> str:
    text = line(value)
    if not text:
        return ""
    if not NUMBERS.fullmatch(text):
        raise Unfit("day_list", value=text)
    return ",".join(str(int(part)) for part in text.split(","))


def one_of(values: frozenset[str], code: str = "choice") -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = line(value)
        found = text if text in values else next((v for v in values if v.lower() == text.lower()), "")
        if text and not found:
            raise Unfit(code, value=text)
        return found

    return read
