"""A wall: this worker knows the people involved, so the case does not exist for them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from clients.models import Client


class WallQuerySet(models.QuerySet["Wall"]):
    def standing(self) -> "WallQuerySet":
        return self.filter(lifted_at=None)


class Wall(models.Model):
    """Stands on the client, so that every case of theirs, past and future, is behind it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="walls")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "user"], condition=Q(lifted_at=None), name="one_standing_wall"
            ),
            models.CheckConstraint(
                name="wall_lifted_by_someone",
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["user", "client"], condition=Q(lifted_at=None), name="walls_of_user")]

    def __str__(self) -> str:
        return f"wall {self.pk}"
