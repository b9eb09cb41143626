"""Whom the agency reports to, when their year begins, and which money is theirs."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import FundingSource


class Form(models.TextChoices):
    AGENCY = "agency", _("The agency's own")
    OVC = "ovc", _("OVC PMT (VOCA)")
    OVW = "ovw", _("OVW (VAWA)")
    FVPSA = "fvpsa", _("FVPSA")
    GBVIMS = "gbvims", _("GBVIMS")


class Funder(models.Model):
    """One form the agency fills. With shares, it counts what was paid from those sources only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField(_("form"), max_length=6, choices=Form, unique=True)
    year_starts = models.PositiveSmallIntegerField(
        _("month in which the year begins"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("People are new once in this year."),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["form"]
        constraints = [
            models.CheckConstraint(
                name="funder_year_starts_in_a_month", condition=Q(year_starts__gte=1, year_starts__lte=12)
            )
        ]

    def __str__(self) -> str:
        return f"funder {self.form}"


class Share(models.Model):
    """How much of the work marked with a source is this funder's, in percent.

    Applied when a report is counted, never to the record of a service.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    funder = models.ForeignKey(Funder, on_delete=models.CASCADE, related_name="shares")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(
        _("percent"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["source__name"]
        constraints = [
            models.UniqueConstraint(fields=["funder", "source"], name="one_share_of_a_source"),
            models.CheckConstraint(name="share_in_percent", condition=Q(percent__gte=1, percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"


class NewThisYear(models.Model):
    """This person was first counted for this funder's year in this month.

    ``person`` is the bare id of a client's row and no reference: it outlives the client's key,
    after which that id stands for nobody who could be named (docs/adr/0012).
    """

    id = models.BigAutoField(primary_key=True)
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="+", db_index=False)
    year_first = models.DateField(_("first day of the year"))
    person = models.UUIDField()
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["funder", "year_first", "person"], name="new_once_a_year")
        ]
        indexes = [models.Index(fields=["funder", "year_first", "month"], name="new_in_month")]

    def __str__(self) -> str:
        return f"mark {self.pk}"
