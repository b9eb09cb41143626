"""Copies on paper: the same pages as PDF, made in memory, or printed from the browser.

Titles, headings and file names are neutral, and no agency is named. WeasyPrint and pango
are loaded when somebody asks for a PDF; where they are missing the print page is offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils._os import safe_join
from django.utils.translation import override

from casework import card
from casework.models import PlanCopy
from casework.plan_text import Item, PlanText
from casework.safety_prompts import Both

TITLE = Both("Notes", "Notas")
FILE_NAME = "notes.pdf"
NOWHERE = "https://house.invalid"  # what relative addresses in a page are relative to; never asked
KINDS = {".css": "text/css"}  # all that a page of ours asks for
WITH, KNOWS = Both("with", "con"), Both("may know", "puede saber")
HOW_TO_FOLD = Both(
    "Cut along the line. Fold along the dots, writing outside: first in half, then like a fan.",
    "Corte por la línea. Doble por los puntos, lo escrito afuera: primero por la mitad, luego como abanico.",
)


Part = tuple[str, str, list[str]]  # heading, words, lines


class NoPdf(Exception):
    """This machine has no pango; ``str(error)`` is for the log, never for a person."""


@dataclass(frozen=True)
class Look:
    """What somebody chose about a copy; see ``forms.safety_plan.Paper``."""

    form: str
    language: str
    size: str = "letter"
    large: bool = False


# --- Pages ---------------------------------------------------------------------------------


def title(look: Look) -> str:
    with override(look.language):
        return str(TITLE)


def sheet(text: PlanText, look: Look) -> str:
    """The inner HTML of a copy of a plan, in the language of the copy."""
    with override(look.language):
        parts = [(str(part.section.heading), part.words, list(map(_line, part.items))) for part in text.parts]
        return pages(parts, look)


def pages(parts: Iterable[Part], look: Look) -> str:
    """The same for anything that goes into somebody's hand: headings, words, lines."""
    with override(look.language):
        if look.form == PlanCopy.Form.CARD:
            sheets = card.sheets(map(_block, parts), large=look.large)
            card_context = {"sheets": sheets, "title": str(TITLE), "how": str(HOW_TO_FOLD)}
            return render_to_string("casework/plan/_card.html", card_context)
        context = {"parts": list(parts), "title": str(TITLE), "look": look}
        return render_to_string("casework/plan/_letter.html", context)


def _block(part: Part) -> card.Block:
    heading, said, lines = part
    words = [line.strip() for line in said.splitlines() if line.strip()]
    return card.Block(heading, (*words, *(f"– {line}" for line in lines)))


def _line(item: Item) -> str:
    """An item as one line: what · with whom · what they may know."""
    who = f"{WITH} {item.who}" if item.who and item.what else item.who
    knows = f"{KNOWS}: {item.may_know}" if item.may_know else ""
    return " · ".join(filter(None, (item.what, who, knows)))


# --- PDF -----------------------------------------------------------------------------------


@cache
def _weasyprint() -> Any:
    """Loaded once, at the first PDF. Without pango the import itself stumbles, with an ``OSError``."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoPdf(type(error).__name__) from None
    return weasyprint


def can_make_pdf() -> bool:
    try:
        _weasyprint()
    except NoPdf:
        return False
    return True


def pdf(inner: str, look: Look) -> bytes:
    """A PDF of ``sheet``'s HTML, made in memory. Raises ``NoPdf``."""
    library = _weasyprint()
    with override(look.language):
        context = {"inner": inner, "look": look, "title": str(TITLE)}
        page = render_to_string("casework/plan/pdf.html", context)
    made: bytes = library.HTML(string=page, base_url=NOWHERE, url_fetcher=_fetcher(library)).write_pdf()
    return made


def pdf_answer(content: bytes) -> HttpResponse:
    """Shown by the browser rather than saved: a download would stay behind on this machine."""
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _fetcher(library: Any) -> Any:
    """Refuses everything but our own static files: whatever is typed, nothing is fetched for it."""

    class OurFilesOnly(library.urls.URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_file(url)
            return library.urls.URLFetcherResponse(
                url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]}
            )

    return OurFilesOnly()


def static_file(url: str) -> Path:
    """The file of ours behind ``url``. Raises ``ValueError`` for anything else."""
    asked = urlsplit(url)
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    path = unquote(asked.path)
    if f"{asked.scheme}://{asked.netloc}" != NOWHERE or not path.startswith(prefix):
        raise ValueError("Only files of this site are put on paper.")
    name = path.removeprefix(prefix)
    try:
        collected = Path(safe_join(settings.STATIC_ROOT, name))
        found = collected if collected.is_file() else finders.find(name)
    except SuspiciousFileOperation:
        found = None
    if not found or Path(found).suffix not in KINDS:
        raise ValueError("There is no such file here.")
    return Path(found)
