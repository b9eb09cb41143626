"""The coded parts of a contact plan. Everything said in words is encrypted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clients import contact_safety


class Initiates(TextChoices):
    WE = contact_safety.WE, _("We may, as agreed")
    THEY = contact_safety.THEY, _("They will contact us")
    NOBODY = contact_safety.NOBODY, _("Nobody gets in touch")


class Purpose(TextChoices):
    """What we may get in touch about. Not ticked means: not about this."""

    CHECK_IN = "check_in", _("How they are")
    APPOINTMENT = "appointment", _("Appointments")
    LEGAL = "legal", _("Court and legal dates")
    HELP = "help", _("Help we looked for together")
    SAFETY = "safety", _("News that touches their safety")
    PAPERS = "papers", _("Papers to sign or fetch")
    OTHER = "other", _("Something else, in words")


class WayKind(TextChoices):
    PHONE = "phone", _("Phone")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("Email")
    POST = "post", _("Post")
    MEETING = "meeting", _("In person")
    THROUGH = "through", _("Through a person")


class SafeToUse(TextChoices):
    YES = contact_safety.YES, _("Safe to use")
    NO = contact_safety.NO, _("Not safe")
    UNKNOWN = contact_safety.UNKNOWN, _("Not known yet")


class Voicemail(TextChoices):
    NONE = "none", _("No message")
    NEUTRAL = "neutral", _("A neutral message, no names")
    NAMED = "named", _("A message may say who we are")


class DroppedLine(TextChoices):
    NOT_BACK = "not_back", _("Do not ring back")
    THEY_RING = "they_ring", _("Wait: they ring us")
    RING_BACK = "ring_back", _("Ring back, as they said")
