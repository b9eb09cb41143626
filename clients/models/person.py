"""The person. Only an id is mandatory; everything they tell us is optional.

Names, numbers and every free text are encrypted under the client's own key. Coded
demographics are in clear, so that the database can count them.
"""

import uuid
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.choices import (
    AgeBand,
    Gender,
    Language,
    Relation,
    Unanswered,
    YesNo,
    with_unanswered,
)
from vault.fields import EncryptedJSONField, EncryptedTextField

NOT_ASKED = Unanswered.NOT_ASKED


def not_asked() -> list[str]:
    """The stored form of a several-answers question nobody has asked yet."""
    return [NOT_ASKED.value]


class Client(models.Model):
    """A survivor. ``erased_at`` is set when their key is destroyed; the row keeps no words."""

    vault_owner = "id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Encrypted: who they are, in their words.
    name = EncryptedTextField(_("name"), blank=True, max_length=200)
    alias = EncryptedTextField(_("what to call them"), blank=True, max_length=200)
    pronouns = EncryptedTextField(_("pronouns"), blank=True, max_length=60)
    phones = EncryptedJSONField(_("phone numbers"), blank=True, default=list)
    address = EncryptedTextField(_("address"), blank=True, max_length=500)
    birth_date = EncryptedTextField(_("date of birth"), blank=True, max_length=10)
    gender_words = EncryptedTextField(_("gender, in their words"), blank=True, max_length=120)
    race_words = EncryptedTextField(_("race or ethnicity, in their words"), blank=True, max_length=120)
    language_words = EncryptedTextField(_("language, in words"), blank=True, max_length=120)
    access_needs = EncryptedTextField(_("what makes it easier to take part"), blank=True, max_length=2000)

    # Coded, in clear.
    name_answer = models.CharField(
        max_length=9, choices=[("given", _("given")), *Unanswered.choices], default=NOT_ASKED
    )
    age_band = models.CharField(_("age"), max_length=9, choices=with_unanswered(AgeBand), default=NOT_ASKED)
    race = models.JSONField(_("race or ethnicity"), default=not_asked)
    gender = models.CharField(_("gender"), max_length=10, choices=with_unanswered(Gender), default=NOT_ASKED)
    language = models.CharField(
        _("language"), max_length=9, choices=with_unanswered(Language), default=NOT_ASKED
    )
    interpreter = models.CharField(
        _("interpreter wanted"), max_length=9, choices=with_unanswered(YesNo), default=NOT_ASKED
    )
    disability = models.JSONField(_("disability"), default=not_asked)
    county = models.CharField(_("county or area"), max_length=80, default=NOT_ASKED)
    # Asked where the agency asks it (its settings); then only *yes* is counted in reports.
    may_count = models.CharField(
        _("may be counted in reports"), max_length=9, choices=with_unanswered(YesNo), default=NOT_ASKED
    )
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def called(self) -> str:
        """What staff call them: the alias first, since it is what they asked for."""
        return "" if self.is_erased else (self.alias or self.name)

    @property
    def zone_name(self) -> str:
        """Their time zone; the agency's until they say otherwise."""
        return self.time_zone or settings.TIME_ZONE


def age_band_on(birth_date: date, day: date) -> AgeBand:
    """The band of somebody born on ``birth_date`` as of ``day`` (both plain dates).

    Raises ``ValueError`` when ``day`` lies before ``birth_date``.
    """
    if day < birth_date:
        raise ValueError("A date of birth cannot lie in the future.")
    years = relativedelta(day, birth_date).years
    for floor, band in reversed(AGE_FLOORS):
        if years >= floor:
            return band
    return AgeBand.B0_6


AGE_FLOORS = [
    (0, AgeBand.B0_6),
    (7, AgeBand.B7_10),
    (11, AgeBand.B11),
    (12, AgeBand.B12),
    (13, AgeBand.B13_17),
    (18, AgeBand.B18_24),
    (25, AgeBand.B25_49),
    (50, AgeBand.B50_59),
    (60, AgeBand.B60),
]


class PersonWhoHarmed(models.Model):
    """The person who caused harm: their relation and power; the name only if she gives it."""

    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="people_who_harmed")
    relation = models.CharField(
        _("who they are to them"), max_length=12, choices=with_unanswered(Relation), default=NOT_ASKED
    )
    powers = models.JSONField(_("what they hold over them"), default=not_asked)
    name = EncryptedTextField(_("name"), blank=True, max_length=200)
    words = EncryptedTextField(_("in their words"), blank=True, max_length=4000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"person who caused harm {self.pk}"
