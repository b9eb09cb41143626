"""The coded answers about a person.

Every question tells *declined*, *not asked* and *unknown* apart: the three codes of
``Unanswered`` stand beside each list's own. Age bands roll up to the bands of every
funder the reports know (OVC, OVW, FVPSA, GBVIMS); 50 starts "abuse in later life".
"""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unanswered(TextChoices):
    NOT_ASKED = "not_asked", _("not asked")
    DECLINED = "declined", _("declined")
    UNKNOWN = "unknown", _("unknown")


class AgeBand(TextChoices):
    B0_6 = "0-6", _("0 to 6")
    B7_10 = "7-10", _("7 to 10")
    B11 = "11", _("11")
    B12 = "12", _("12")
    B13_17 = "13-17", _("13 to 17")
    B18_24 = "18-24", _("18 to 24")
    B25_49 = "25-49", _("25 to 49")
    B50_59 = "50-59", _("50 to 59")
    B60 = "60+", _("60 or older")


class Race(TextChoices):
    """Several may be chosen; funders' single lists are derived at report time."""

    NATIVE = "native", _("American Indian or Alaska Native")
    ASIAN = "asian", _("Asian")
    BLACK = "black", _("Black or African American")
    LATINO = "latino", _("Hispanic or Latino")
    MIDDLE_EASTERN = "mena", _("Middle Eastern or North African")
    PACIFIC = "pacific", _("Native Hawaiian or other Pacific Islander")
    WHITE = "white", _("White")
    OTHER = "other", _("Another, in their own words")


class Gender(TextChoices):
    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")
    NON_BINARY = "non_binary", _("Non-binary")
    OTHER = "other", _("Another, in their own words")


class Language(TextChoices):
    """The languages asked for most; any other is written in words."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    AMHARIC = "am", _("Amharic")
    ARABIC = "ar", _("Arabic")
    ASL = "ase", _("American Sign Language")
    CHINESE = "zh", _("Chinese")
    FRENCH = "fr", _("French")
    HAITIAN = "ht", _("Haitian Creole")
    HINDI = "hi", _("Hindi")
    KOREAN = "ko", _("Korean")
    NEPALI = "ne", _("Nepali")
    PERSIAN = "fa", _("Persian")
    PORTUGUESE = "pt", _("Portuguese")
    RUSSIAN = "ru", _("Russian")
    SOMALI = "so", _("Somali")
    SWAHILI = "sw", _("Swahili")
    TAGALOG = "tl", _("Tagalog")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
    VIETNAMESE = "vi", _("Vietnamese")
    OTHER = "other", _("Another language")


class YesNo(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


class Disability(TextChoices):
    NONE = "none", _("None")
    DEAF = "deaf", _("Deaf or hard of hearing")
    BLIND = "blind", _("Blind or low vision")
    MOBILITY = "mobility", _("Moving around")
    COGNITIVE = "cognitive", _("Learning, memory or concentration")
    MENTAL = "mental", _("Mental health")
    OTHER = "other", _("Another, in their own words")


class Relation(TextChoices):
    """Who the person who caused harm is to the survivor."""

    PARTNER = "partner", _("Partner")
    EX_PARTNER = "ex_partner", _("Former partner")
    PARENT = "parent", _("Parent or carer")
    FAMILY = "family", _("Other family")
    EMPLOYER = "employer", _("Employer or supervisor")
    COLLEAGUE = "colleague", _("Colleague")
    LANDLORD = "landlord", _("Landlord")
    COMMUNITY = "community", _("Teacher, clergy, coach or community figure")
    ACQUAINTANCE = "acquaintance", _("Acquaintance")
    STRANGER = "stranger", _("Stranger")


class Power(TextChoices):
    """What the person who caused harm holds over the survivor."""

    HOUSING = "housing", _("Housing")
    MONEY = "money", _("Money")
    JOB = "job", _("Job")
    MEDICAL = "medical", _("Medical care")
    IMMIGRATION = "immigration", _("Immigration status")
    CHILDREN = "children", _("Children")
    STANDING = "standing", _("Standing in the community")


def with_unanswered(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """A list's own codes followed by *not asked*, *declined*, *unknown*."""
    return [*choices.choices, *Unanswered.choices]
