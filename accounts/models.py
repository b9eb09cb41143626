"""Staff: who they are, which roles and teams they have. Clients are never users."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLES
from vault import keys

LONGEST_RELEASE = 365  # days; a release of information is "reasonably time-limited"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_role(self, role: str) -> "UserQuerySet":
        """Active or not, everyone who holds ``role`` (roles are stored as "|a|b|")."""
        return self.filter(roles__contains=f"|{role}|")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        keys.create_key(user.pk)  # before anything of theirs (drafts, seeds) is to be sealed
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff. Never deleted: deactivated, so that the trail keeps its names.

    ``roles`` is a text such as ``"|advocate|supervisor|"``: on the row itself, so that no
    page pays a query for it, and searchable on both databases. Use ``role_keys``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    roles = models.CharField(max_length=120, blank=True, default="")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    compact_rows = models.BooleanField(default=False)
    digest = models.BooleanField(default=True)  # the day in numbers, by email

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="user_deactivated_has_date",
                condition=Q(is_active=True, deactivated_at=None)
                | Q(is_active=False, deactivated_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_keys(self) -> frozenset[str]:
        return frozenset(key for key in self.roles.split("|") if key in ROLES)

    def has_role(self, *keys: str) -> bool:
        return not self.role_keys.isdisjoint(keys)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


def joined_roles(keys: "list[str] | set[str] | frozenset[str] | tuple[str, ...]") -> str:
    """The stored form of a set of role keys, in the order of ``ROLES``."""
    held = [key for key in ROLES if key in keys]
    return f"|{'|'.join(held)}|" if held else ""


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamMembershipQuerySet(models.QuerySet["TeamMembership"]):
    def current(self) -> "TeamMembershipQuerySet":
        return self.filter(ended_at=None)


class TeamMembership(models.Model):
    """Somebody works in a team, or supervises it, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    supervises = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team", "supervises"],
                condition=Q(ended_at=None),
                name="one_current_membership_of_a_kind",
            )
        ]
        indexes = [models.Index(fields=["team", "user"], condition=Q(ended_at=None), name="current_members")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Invitation(models.Model):
    """A link sent to a new colleague's email; used once, before ``expires_at``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_usable(self, at: datetime) -> bool:
        return self.accepted_at is None and at < self.expires_at and self.user.is_active


class AgencySettings(models.Model):
    """One row: what this agency chose. ``accounts.context.agency`` hands it to every page."""

    class ClientWord(models.TextChoices):
        CLIENT = "client", _("client")
        SURVIVOR = "survivor", _("survivor")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    site_name = models.CharField(
        _("site name"),
        max_length=40,
        default="Notes",
        help_text=_("Shown in the browser's title. Choose a word that says nothing about the work."),
    )
    client_word = models.CharField(
        _("word for the people you serve"), max_length=10, choices=ClientWord, default=ClientWord.CLIENT
    )
    leave_url = models.URLField(
        _("where Leave goes"),
        default="https://www.weather.gov/",
        help_text=_("An ordinary site that raises no questions, starting with https://."),
    )
    counties = models.TextField(
        _("counties or areas"),
        blank=True,
        help_text=_("One a line, as they should appear at intake."),
    )
    asks_to_be_counted = models.BooleanField(
        _("ask people whether we may count them"),
        default=False,
        help_text=_("Then reports count only those who said yes. Asked at intake, and changed at any time."),
    )
    release_days_max = models.PositiveSmallIntegerField(
        _("longest time of a release, in days"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RELEASE)],
        help_text=_("How long a signed release of information may hold at most. 30 days are suggested."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_settings_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="settings_release_days",
                condition=Q(release_days_max__gte=1, release_days_max__lte=LONGEST_RELEASE),
            ),
        ]

    def __str__(self) -> str:
        return "agency settings"

    @property
    def county_names(self) -> list[str]:
        return [line.strip() for line in self.counties.splitlines() if line.strip()]
