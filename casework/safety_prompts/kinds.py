"""What a section of a safety plan is made of: a title, a neutral heading for paper, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Setting(TextChoices):
    """Where the person who caused harm meets them. Chooses questions, never sections."""

    ANY = "any", _("Not decided, or several")
    PARTNER = "partner", _("A partner or former partner")
    FAMILY = "family", _("Family, or somebody who cares for them")
    WORK = "work", _("Work")
    CAMPUS = "campus", _("School or campus")
    STRANGER = "stranger", _("A stranger, a neighbour, an acquaintance")


@dataclass(frozen=True)
class Both:
    """One text in English and Spanish; other languages come from the catalogues.

    Both languages stand beside each other in code, because a copy in somebody's hand must
    be right whatever language the reader of the screen has chosen, and whatever state the
    catalogues are in; and because who reviews the Spanish sees what it stands for.
    """

    en: str
    es: str

    def __str__(self) -> str:
        language = (get_language() or "en").split("-")[0]
        if language == "es":
            return self.es
        return self.en if language == "en" else gettext(self.en)


Questions = tuple[Both, ...]


@dataclass(frozen=True)
class Section:
    """``heading`` stands on paper: it says nothing about harm. ``questions`` are for any setting."""

    key: str
    title: Both
    heading: Both
    questions: Questions
    more: Mapping[str, Questions] = field(default_factory=dict)

    def asked(self, setting: str) -> Questions:
        return self.questions + self.more.get(setting, ())
