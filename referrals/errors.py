"""What a service of this app may answer instead of writing."""

from django.utils.functional import Promise

from casework.exceptions import NotPossible
from clients.releases import Coverage


class NotReleased(NotPossible):
    """Nothing may go out: ``coverage`` says what no release in force names."""

    def __init__(self, sentence: "str | Promise", coverage: Coverage) -> None:
        super().__init__(sentence)
        self.coverage = coverage
