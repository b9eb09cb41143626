"""From a package to a comparison, and on wish into the directory. One path for page and command."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
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
MANY: Final = 5_000  # services: beyond it the search reads everything again
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
    """``look`` reads and compares; ``write`` needs a transaction and what ``look`` left."""

    package: Package
    source: Source  # may be unsaved
    tell: Tell = untold
    touched: list[UUID] | None = None  # None: too many to name

    def look(self) -> Outcome:
        problems = Problems()
        reading = Reading(self.package, problems)
        self.reading, self.stage = reading, Stage(self.source.pk, problems)
        self.stage.create()
        self.stage.fill(self._rows(reading, problems), lambda rows: self.tell(READING, rows))
        self.tell(COMPARING, self.stage.rows)
        self.stage.settle()
        self._refuse_nothing()
        counts = self._compare()
        found = comparing.examples(self.stage.source, reading.whole)
        return Outcome(reading.seen.version, reading.seen.form, reading.whole, counts, problems, found)

    def write(self) -> Counts:
        """Compares once more, for the directory may have changed. Leaves in ``touched`` what to find anew."""
        counts = self._compare()
        self.tell(WRITING, self.stage.rows)
        gone = comparing.gone_services(self.stage.source) if self.reading.whole else []
        applying.write(self.stage.source, whole=self.reading.whole, first=self.comparison.first)
        self._keep_source()
        few = counts.new + counts.changed + counts.gone <= MANY
        self.touched = [*comparing.changed_services(), *gone] if few else None
        return counts

    def forget(self) -> None:
        self.stage.drop()

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
        self.comparison = Comparison(self.stage.source, self.reading.whole)
        return self.comparison.make()

    def _keep_source(self) -> None:
        seen = self.reading.seen
        self.source.loaded_at = timezone.now()
        self.source.licence = self.source.licence or seen.licence
        self.source.attribution = self.source.attribution or seen.attribution
        self.source.save()
