"""From a package to a comparison, and on wish into the directory. One path for page and command."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from referrals.hsds import applying, comparing
from referrals.hsds.comparing import Comparison, Counts
from referrals.hsds.packages import Package
from referrals.hsds.problems import Problems, Refused
from referrals.hsds.reading import Reading
from referrals.hsds.rows import Clean, Cleaner
from referrals.hsds.staging import Stage, fetched, stage
from referrals.models import Source

Tell = Callable[[str, int], None]  # what is being done, and how many rows were read
READING, COMPARING, WRITING, INDEXING = "reading", "comparing", "writing", "indexing"


@dataclass
class Outcome:
    version: str
    form: str
    whole: bool
    counts: Counts
    problems: Problems
    examples: dict[str, Any] = field(default_factory=dict)


def untold(stage: str, rows: int) -> None:
    """For callers whom nobody watches."""


@dataclass
class Import:
    """``look`` reads and compares; ``write`` needs a transaction, and what ``look`` left. Then ``forget``."""

    package: Package
    source: Source  # may be unsaved
    tell: Tell = untold
    touched: list[UUID] = field(default_factory=list)
    stage: Stage | None = None

    def look(self) -> Outcome:
        problems = Problems()
        reading = Reading(self.package, problems)
        self.reading = reading
        self.stage = staged = Stage(self.source.pk, problems)
        staged.create()
        staged.fill(self._rows(reading, problems), lambda rows: self.tell(READING, rows))
        self.tell(COMPARING, staged.rows)
        staged.settle()
        self._refuse_nothing()
        counts = self._compare()
        found = comparing.examples(staged.source, reading.whole)
        return Outcome(reading.seen.version, reading.seen.form, reading.whole, counts, problems, found)

    def write(self) -> Counts:
        """Compares once more, for the directory may have changed. Leaves in ``touched`` what to find anew."""
        staged = self._staged()
        counts = self._compare()
        self.tell(WRITING, staged.rows)
        gone = comparing.gone_services(staged.source) if self.reading.whole else []
        applying.write(staged.source, whole=self.reading.whole, first=self.comparison.first)
        self._keep_source()
        self.touched = [*comparing.changed_services(), *gone]
        return counts

    def forget(self) -> None:
        if self.stage:
            self.stage.drop()

    def _staged(self) -> Stage:
        if self.stage is None:
            raise RuntimeError("look() comes before write()")
        return self.stage

    def _rows(self, reading: Reading, problems: Problems) -> Iterator[Clean]:
        cleaner = Cleaner(self.source.pk, problems)
        for raw in reading.rows():
            row = cleaner.clean(raw)
            if row is not None:
                yield row

    def _refuse_nothing(self) -> None:
        names = [stage(kind) for kind in ("service", "organization", "location")]
        if not any(fetched(f"SELECT 1 FROM {name} LIMIT 1") for name in names):
            raise Refused("no_services")

    def _compare(self) -> Counts:
        self.comparison = Comparison(self._staged().source, self.reading.whole)
        return self.comparison.make()

    def _keep_source(self) -> None:
        seen = self.reading.seen
        self.source.loaded_at = timezone.now()
        self.source.licence = self.source.licence or seen.licence
        self.source.attribution = self.source.attribution or seen.attribution
        self.source.save()
