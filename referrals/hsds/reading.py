"""Everything a package holds, as rows, and whether that is all its source has."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from referrals.hsds import csv_rows, texts, versions
from referrals.hsds.json_stream import Document, Reader
from referrals.hsds.packages import Package
from referrals.hsds.problems import Problems, Refused, short
from referrals.hsds.rows import Raw, said
from referrals.hsds.trees import Flattener
from referrals.hsds.versions import Seen


@dataclass
class Reading:
    """``whole``: what is not in it is gone from its source. Known once all rows were taken."""

    package: Package
    problems: Problems
    seen: Seen = field(init=False)
    whole: bool = False
    documents: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = versions.seen_in(self.package)

    def rows(self) -> Iterator[Raw]:
        if self.seen.form == "tables":
            yield from self._tables()
        else:
            yield from self._documents()

    def _tables(self) -> Iterator[Raw]:
        names = {name.lower() for name in self.package.files}
        self.whole = "services.csv" in names or "service.csv" in names
        if not self.whole:
            self.problems.add("", None, "", "no_services_file")
        self.whole = self.whole and self.package.form != "file"
        yield from csv_rows.rows(self.package, self.problems)

    def _documents(self) -> Iterator[Raw]:
        names = [name for name in sorted(self.package.files) if name.lower() != versions.DESCRIBED]
        names = names if self.package.form == "file" else [n for n in names if n.lower().endswith(".json")]
        read = 0
        for name in names:
            for raw in self._document(name):
                read += raw.kind in {"service", "organization", "location"}
                yield raw
        if not read:
            raise Refused("json_other", seen=self._words())
        self.whole = self._is_whole(names)

    def _document(self, name: str) -> Iterator[Raw]:
        flattener = Flattener(name, self.problems)
        with texts.noticing() as strange, texts.opened(self.package.open(name)) as source:
            reader = Reader(source, name)
            self.documents.append(reader.document)
            for item in reader.items():
                if reader.document.form == "object" and isinstance(item, dict):
                    versions.of_document(item)
                yield from flattener.take(item)
        flattener.tell_unknown()
        if strange[0]:
            self.problems.add(name, None, "", "encoding")

    def _is_whole(self, names: list[str]) -> bool:
        """All pages, or one list. A single document speaks for itself alone."""
        forms = {document.form for document in self.documents}
        if forms == {"list"}:
            return True
        if forms != {"page"}:
            return False
        wanted = max(count(document.around.get("total_pages")) for document in self.documents)
        here = {count(document.around.get("page_number")) for document in self.documents}
        if not wanted or len(here) >= wanted:
            return bool(wanted)
        self.problems.add("", None, "", "page_missing", count=len(here), wanted=wanted)
        return False

    def _words(self) -> str:
        names = [name for document in self.documents for name in document.around]
        return short(", ".join(names[:8]) or "JSON")


def count(value: object) -> int:
    text = said(value)
    return int(text) if text.isdecimal() and len(text) < 9 else 0
