"""The coded parts of a release of information. Everything said in words is encrypted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Item(TextChoices):
    """What can be shared. Each is ticked by itself: there is no "everything"."""

    NAME = "name", _("What they are called")
    PHONE = "phone", _("A phone number")
    SAFE_CONTACT = "safe_contact", _("How it is safe to reach them")
    EMAIL = "email", _("An email address")
    ADDRESS = "address", _("Where they live or stay")
    AGE_BAND = "age_band", _("Their age, roughly")
    BIRTH_DATE = "birth_date", _("Their date of birth")
    LANGUAGE = "language", _("Language and interpreter")
    ACCESS_NEEDS = "access_needs", _("What makes it easier to take part")
    HOUSEHOLD = "household", _("Who lives with them")
    CHILDREN = "children", _("Their children")
    NEEDS = "needs", _("What they need help with")
    SITUATION = "situation", _("What is going on")
    SAFETY = "safety", _("What to mind for their safety")
    ORDER = "order", _("Court orders")
    DOCUMENTS = "documents", _("Papers, named one by one")
    OTHER = "other", _("Something else, in words")


class Means(TextChoices):
    """How it will be shared."""

    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")
    IN_PERSON = "in_person", _("In person")
    SECURE_PORTAL = "secure_portal", _("Through a protected site")
    FAX = "fax", _("By fax")


class RecipientKind(TextChoices):
    LISTED = "listed", _("An agency of the directory")
    AGENCY = "agency", _("Another agency")
    PERSON = "person", _("A person")


class Capacity(TextChoices):
    """Who signs, and by what right."""

    SELF = "self", _("They sign for themselves")
    MINOR_WITH_ADULT = "minor_adult", _("A minor, together with a parent or guardian")
    MINOR_ALONE = "minor_alone", _("A minor alone, where the law allows it")
    GUARDIAN = "guardian", _("A guardian appointed by a court")


WITH_ADULT = (Capacity.MINOR_WITH_ADULT, Capacity.GUARDIAN)


class Sure(TextChoices):
    """Only a clear no lets a signing adult sign."""

    NO = "no", _("No")
    YES = "yes", _("Yes")
    NOT_SURE = "not_sure", _("Not sure")


class SignedHow(TextChoices):
    DRAWN = "drawn", _("Drawn on the screen")
    TYPED = "typed", _("Typed name")
    SCAN = "scan", _("On paper, the scan kept here")
    PAPER = "paper", _("On paper, kept in the locked file")


class EndedWhy(TextChoices):
    CLOSED = "closed", _("the case was closed")
    REPLACED = "replaced", _("a new release took its place")


class Basis(TextChoices):
    """By what right something left."""

    RELEASE = "release", _("a release they signed")
    HERSELF = "herself", _("given to them")
    COMPELLED = "compelled", _("required by a court or by law")
    OWN_WORK = "own_work", _("taken out by staff for their own work")


class Mandate(TextChoices):
    """What is said to require it."""

    COURT_ORDER = "order", _("An order of a court")
    STATUTE = "statute", _("A law that requires it")
    SUBPOENA = "subpoena", _("A subpoena")


class Kept(TextChoices):
    """Where a copy made for them may be kept: their answer, asked first."""

    NONE = "none", _("No copy: only look at it together now")
    PAPER = "paper", _("On paper")
    PHOTO = "photo", _("As a photo they take")
    PERSON = "person", _("With a person they trust")
