"""The coded lists of the contact history, of what it rests on, of orders and of risk tools.

Codes are frozen; labels may be reworded. None of these lists is a scale: their order says
nothing about good or bad, and any value may follow any other.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Contact(TextChoices):
    """Between the survivor and the person who caused harm."""

    NONE_CHOSEN = "none_chosen", _("No contact, by choice")
    NONE_ORDERED = "none_ordered", _("No contact, ordered by a court")
    LIMITED = "limited", _("Limited contact, or through somebody else")
    PREPARING = "preparing", _("In contact while a plan is prepared")
    IN_CONTACT = "in_contact", _("In contact")
    WEIGHING = "weighing", _("Weighing it")
    NOT_TALKED = "not_talked", _("Not talked about")


class Precision(TextChoices):
    DAY = "day", _("the day")
    MONTH = "month", _("about that month")


class Area(TextChoices):
    """What being in contact or not may rest on."""

    FAMILY = "family", _("Family")
    FRIENDS = "friends", _("Friends and community")
    INCOME = "income", _("Income")
    HOUSING = "housing", _("Housing")
    WORK = "work", _("Work or school")
    MEDICAL = "medical", _("Medical care")
    CHILDREN = "children", _("Children")
    IMMIGRATION = "immigration", _("Immigration")
    TRANSPORT = "transport", _("Transport")
    PETS = "pets", _("Pets")
    FAITH = "faith", _("Faith")
    OTHER = "other", _("Something else")


class State(TextChoices):
    NOT_TALKED = "not_talked", _("Not talked about")
    NOT_AT_STAKE = "not_at_stake", _("Not at stake")
    AT_STAKE = "at_stake", _("At stake")
    ARRANGING = "arranging", _("Being arranged")
    IN_PLACE = "in_place", _("In place")


class OrderKind(TextChoices):
    PROTECTION = "protection", _("Protection order")
    RESTRAINING = "restraining", _("Restraining order")
    NO_CONTACT = "no_contact", _("No-contact order")
    CUSTODY = "custody", _("Custody order")
    OTHER = "other", _("Another order")


class Served(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("not yet")
    UNKNOWN = "unknown", _("not known")


class RiskTool(TextChoices):
    """Names only. The tools belong to their authors: no item and no weight is ever kept here."""

    DA = "da", "Danger Assessment"
    DA_I = "da_i", "Danger Assessment for Immigrant Women (DA-I)"
    DA_R = "da_r", "Danger Assessment-Revised (DA-R)"
    DA_LE = "da_le", "Danger Assessment for Law Enforcement (DA-LE)"
    LAP = "lap", "Lethality Assessment Program (LAP)"
    DASH = "dash", "DASH"
    ODARA = "odara", "ODARA"
    SARA = "sara", "SARA"
    B_SAFER = "b_safer", "B-SAFER"
    SPECSS = "specss", "SPECSS+"
    OTHER = "other", _("Another tool")
