"""Small papers for the files of a case: a letter as text, a form as a one-page PDF."""

from dataclasses import dataclass
from random import Random

TITLES = (
    ("Letter to the landlord", "Copy of what was sent"),
    ("Bus timetable", "Route they use"),
    ("School form", "Filled in together"),
    ("Hearing date", "What the court sent"),
    ("Clinic leaflet", "For reading at home"),
    ("List of papers to bring", ""),
)
LINES = ("This paper was made up for the demonstration.", "Nobody in it exists.")


@dataclass(frozen=True)
class Paper:
    name: str
    about: str
    content_type: str
    body: bytes


def make(rng: Random) -> Paper:
    title, about = rng.choice(TITLES)
    if rng.random() < 0.4:
        text = "\n".join((title, "", *LINES, ""))
        return Paper(f"{title}.txt", about, "text/plain", text.encode())
    return Paper(f"{title}.pdf", about, "application/pdf", pdf(title, *LINES))


def pdf(*lines: str) -> bytes:
    """One page with some lines of text: the least a reader opens without complaint."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 14 Tf 20 TL 72 720 Td {shown} ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
