"""A release as she reads it: on the screen, on paper to sign, as a copy; and her account of what left.

Neutral: no agency is named (the office's name is written in by hand), nothing says what the work is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from casework import release_words as words
from casework.safety_prompts import Both
from casework.signatures import Drawing, drawing_of
from casework.templatetags.house import local
from clients.models import Disclosure, Release
from clients.release_choices import WITH_ADULT, Capacity


@dataclass(frozen=True)
class Part:
    heading: str
    words: str = ""
    lines: tuple[tuple[str, str], ...] = ()  # what, and the words of it


def parts(release: Release) -> list[Part]:
    """What the release says, in the language active now. Their own words stay as typed."""
    said: Mapping[str, str] = release.said or {}
    who = "\n".join(filter(None, (release.recipient_name, release.recipient_about)))
    found = [
        Part(str(words.WHO), who),
        Part(
            str(words.WHAT),
            lines=tuple((str(words.ITEMS[item]), said.get(item, "")) for item in in_order(release.items)),
        ),
        Part(str(words.WHAT_FOR), release.purpose),
        Part(str(words.NEVER), release.exclusions),
        Part(
            str(words.HOW), ", ".join(str(words.MEANS[each]) for each in words.MEANS if each in release.means)
        ),
        Part(str(words.UNTIL), until(release)),
    ]
    return [part for part in found if part.words or part.lines]


def in_order(items: Iterable[str]) -> list[str]:
    chosen = set(items)
    return [str(item) for item in words.ITEMS if item in chosen]


def until(release: Release) -> str:
    if release.last_day is None:
        return ""
    return str(words.LAST_DAY) % {"day": local(release.last_day)}


def statement() -> list[str]:
    return [str(each) for each in words.STATEMENT]


def sheet(release: Release, language: str, *, large: bool = False, to_sign: bool = False) -> str:
    """The inner HTML: with lines to sign on, or with what was signed. In ``language``."""
    with override(language):
        context = {
            "title": str(words.TITLE),
            "parts": parts(release),
            "knows": str(words.KNOWS),
            "statement": statement(),
            "large": large,
            "lines": _lines_to_sign() if to_sign else [],
            "signed": [] if to_sign else signed_lines(release),
            "drawings": [] if to_sign else drawings(release),
            "signed_heading": str(words.SIGNED),
            "reference": release.case_code if to_sign else "",
        }
        return render_to_string("casework/releases/_paper.html", context)


def text(release: Release, language: str) -> str:
    """To read together on the screen: the same words as on paper, in ``language``."""
    with override(language):
        context = {"parts": parts(release), "knows": str(words.KNOWS), "statement": statement()}
        return render_to_string("casework/releases/_text.html", context)


def _lines_to_sign() -> list[str]:
    return [
        str(each)
        for each in (
            words.SIGNATURE,
            words.PRINTED_NAME,
            words.DATE,
            words.ADULT,
            words.WITNESS,
            words.OFFICE,
        )
    ]


def signed_lines(release: Release) -> list[str]:
    """How and when it was signed, and when it was taken back."""
    if release.signed_at is None:
        return []
    how = words.HOW_SIGNED[release.signed_how]
    lines = [f"{local(release.signed_at)} · {words.CAPACITY[release.capacity]} · {how}"]
    typed = [typed_name(release.signature), typed_name(release.adult_signature)]
    lines += [name for name in (*typed, _adult(release)) if name]
    if release.witness:
        lines.append(f"{words.WITNESS}: {release.witness}")
    if release.interpreter_name:
        lines.append(str(words.INTERPRETED) % {"name": release.interpreter_name})
    if release.revoked_at:
        lines.append(str(words.TAKEN_BACK) % {"day": local(release.revoked_at)})
    return lines


def _adult(release: Release) -> str:
    return release.adult_name if Capacity(release.capacity) in WITH_ADULT else ""


def typed_name(kept: Any) -> str:
    return str(kept.get("typed", "")) if isinstance(kept, dict) else ""


def drawings(release: Release) -> list[Drawing]:
    found = (drawing_of(kept) for kept in (release.signature, release.adult_signature))
    return [each for each in found if each]


# --- The account ---------------------------------------------------------------------------------


def account(
    rows: Iterable[Disclosure],
    language: str,
    *,
    large: bool = False,
    opens: Callable[[datetime], bool] = lambda recorded: True,
) -> str:
    """Everything that ever left, newest first, in ``language``; words only where they are open."""
    with override(language):
        context = {
            "title": str(words.ACCOUNT_TITLE),
            "lead": str(words.ACCOUNT_LEAD),
            "rows": [account_row(row, words_open=opens(row.recorded_at)) for row in rows],
            "nothing": str(words.NOTHING_LEFT),
            "large": large,
        }
        return render_to_string("casework/releases/_account.html", context)


@dataclass(frozen=True)
class AccountRow:
    at: str
    what: str
    to: str
    by: str
    why: str
    lines: tuple[tuple[str, str], ...]


def account_row(row: Disclosure, *, words_open: bool = True) -> AccountRow:
    said: Mapping[str, str] = (row.said or {}) if words_open else {}
    return AccountRow(
        at=local(row.made_at),
        what=str(words.SOURCES.get(row.source, Both(row.source, row.source))),
        to=_to(row),
        by=f"{words.BY} {row.by.name}",
        why=str(words.BASIS[row.basis]),
        lines=tuple((str(words.ITEMS[item]), said.get(item, "")) for item in in_order(row.items)),
    )


def _to(row: Disclosure) -> str:
    if row.basis == "herself":
        return str(words.TO_ME)
    if row.basis == "own_work":
        return str(words.THIS_OFFICE)
    means = words.MEANS.get(row.means)
    return ", ".join(filter(None, (row.recipient_name, str(means) if means else "")))
