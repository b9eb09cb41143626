"""Releases for tests, made through the services."""

from casework.services import compelled, releases
from casework.services.releases import Scan
from clients.release_choices import Item
from vault import files

DRAWN = {"strokes": [[[1, 1], [90, 60]]]}
WORDS = {
    "recipient_name": "Birch House",
    "items": ["name", "needs"],
    "said": {"name": "Maple", "needs": "a lawyer"},
    "purpose": "a first meeting",
    "means": ["phone"],
}
SCAN = b"%PDF-1.7\nleaf\n%%EOF"


def prepared(case, by, **changed):
    return releases.begin(case=case, by=by, **{**WORDS, "last_day": releases.usual_last_day(), **changed})


def read(case, by, release=None, **changed):
    release = release or prepared(case, by, **changed)
    return releases.read_together(case=case, release=release, by=by, version=release.version, language="en")


def signed(case, by, release=None, **changed):
    how = {"how": "drawn", "signature": DRAWN, **changed}
    held = read(case, by, release)
    return releases.sign(case=case, release=held, by=by, version=held.version, **how)


def scanned(case, by):
    return signed(case, by, how="scan", scan=Scan([SCAN], "page.pdf", "application/pdf"))


def required(case, by, **changed):
    facts = {
        "kind": "order",
        "recipient_name": "the court",
        "items": [Item.DOCUMENTS.value],
        "said": {"documents": "two letters"},
        "means": "letter",
        "mandate_on": releases.usual_last_day().replace(year=2026, month=1, day=5),
        "issued_by": "Elm County",
        "what": "letters",
        "attempts": "rang twice",
        "steps": "sealed",
    }
    return compelled.record_compelled(case=case, by=by, **(facts | changed))


def release_things(case, by):
    """For questions that nobody reads the answer of: the scan's bytes are gone, so nothing stays open."""
    release = scanned(case, by)
    files.remove(release.scan_id)
    return {"release": release, "compelled": required(case, by), "step": "who"}
