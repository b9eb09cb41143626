"""What a service may answer instead of writing."""

from typing import Any


class ChangedMeanwhile(Exception):
    """Somebody else saved first. ``current`` is the record as it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__("changed meanwhile")
        self.current = current


class NotCovered(Exception):
    """Nothing leaves: ``coverage`` says what is missing and why."""

    def __init__(self, coverage: Any) -> None:
        super().__init__("not covered by a release in force")
        self.coverage = coverage
