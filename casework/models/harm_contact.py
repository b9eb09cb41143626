"""Contact with the person who caused harm: a history that only grows, and what it rests on.

Any value may follow any other; none is a step forward or back. An entry is never edited:
one that was entered in error is struck and can be brought back. ``person`` is empty
where nobody said which person an entry is about.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.harm_choices import Area, Contact, OrderKind, Precision, Served, State
from casework.models.case import Case
from clients.models import PersonWhoHarmed
from vault.fields import EncryptedTextField


class HarmContact(models.Model):
    """One dated entry. With ``precision`` month, ``happened_on`` is the first day of that month."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="harm_contacts")
    person = models.ForeignKey(
        PersonWhoHarmed, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    value = models.CharField(_("what is so now"), max_length=12, choices=Contact)
    happened_on = models.DateField(_("since when"))
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    words = EncryptedTextField(_("in their words"), blank=True, max_length=4000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_on", "id"], name="harm_contacts_of_case")]

    def __str__(self) -> str:
        return f"contact entry {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class RestsOn(models.Model):
    """One area on one day: at stake, being arranged, in place. The newest of an area stands.

    ``entry`` is the contact entry it came with, if any; the two are struck together.
    ``looking_since``: they want support with it, from that day on.
    """

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rests_on")
    entry = models.ForeignKey(
        HarmContact, null=True, blank=True, on_delete=models.PROTECT, related_name="rests_on"
    )
    area = models.CharField(max_length=11, choices=Area)
    state = models.CharField(max_length=12, choices=State)
    said_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    looking_since = models.DateField(null=True, blank=True)
    words = EncryptedTextField(_("in their words"), blank=True, max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="support_looked_for_at_stake", condition=Q(looking_since=None) | Q(state="at_stake")
            )
        ]
        indexes = [models.Index(fields=["case", "-said_on", "id"], name="rests_on_of_case")]

    def __str__(self) -> str:
        return f"what it rests on {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class CourtOrder(models.Model):
    """A court's order. It is a paper that changes (served, prolonged), so it has versions of one row."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    person = models.ForeignKey(
        PersonWhoHarmed, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind of order"), max_length=11, choices=OrderKind)
    terms = EncryptedTextField(_("what it says"), blank=True, max_length=8000)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    served = models.CharField(_("served"), max_length=7, choices=Served, default=Served.UNKNOWN)
    served_on = models.DateField(_("served on"), null=True, blank=True)
    expires_on = models.DateField(_("ends on"), null=True, blank=True)
    copies = EncryptedTextField(_("where copies are"), blank=True, max_length=2000)
    told = EncryptedTextField(_("who was told"), blank=True, max_length=2000)
    if_contact = EncryptedTextField(_("what to do if contact happens"), blank=True, max_length=4000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="order_served_on_a_day", condition=Q(served_on=None) | Q(served="yes")
            ),
            models.CheckConstraint(
                name="order_ends_after_it_began",
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=models.F("issued_on")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-created_at", "id"], name="orders_of_case")]

    def __str__(self) -> str:
        return f"order {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class Breach(models.Model):
    """What happened against an order. Append-only: a log that a court may ask for."""

    vault_owner = "order.case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="breaches")
    happened_at = models.DateTimeField(_("when"))
    what = EncryptedTextField(_("what happened"), max_length=8000)
    reported_to = EncryptedTextField(_("reported to"), blank=True, max_length=500)
    reference = EncryptedTextField(_("reference"), blank=True, max_length=200)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["order", "-happened_at", "id"], name="breaches_of_order")]

    def __str__(self) -> str:
        return f"breach {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.order.case
