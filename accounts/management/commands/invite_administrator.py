"""The first administrator of a new site, or one more when nobody can sign in any longer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from accounts.models import User, joined_roles
from accounts.roles import ADMINISTRATOR
from accounts.services import new_invitation
from audit import trail


class Command(BaseCommand):
    help = "Make an administrator's account and print the link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--address", default="", help="the site's own address, https://…")

    def handle(self, *, email: str, name: str, address: str, **options: Any) -> None:
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError("Someone with this email already has an account.")
        with transaction.atomic(), trail.acting(system="invite_administrator"):
            user = User.objects.create_user(email, name=name, roles=joined_roles({ADMINISTRATOR}))
            token = new_invitation(user=user, by=user)
            trail.record("staff.invited", obj=user)
        path = reverse("accounts:accept_invitation", args=[token])
        self.stdout.write(f"{address.rstrip('/')}{path}")
