"""What a service may answer instead of writing. Views turn each into plain words."""

from django.utils.functional import Promise

from clients.errors import ChangedMeanwhile


class NotPossible(Exception):
    """The wish makes sense but cannot be done now; ``str(error)`` is a sentence for the screen.

    ``field`` names the form field it belongs to, or is empty for the whole form.
    """

    def __init__(self, sentence: "str | Promise", *, field: str = "") -> None:
        super().__init__(str(sentence))
        self.field = field


__all__ = ["ChangedMeanwhile", "NotPossible"]
