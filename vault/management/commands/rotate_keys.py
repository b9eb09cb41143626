"""Wrap every data key with the first key-encryption key of the list. May be stopped and run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vault import keyring, keys
from vault.errors import VaultError
from vault.models import DataKey
from vault.router import ALIAS

BATCH = 500


class Command(BaseCommand):
    help = "Wrap every data key with the first key of VAULT_KEYS (or of VAULT_KEY_FILE)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = self.rotate()
        except VaultError as problem:
            raise CommandError(str(problem)) from problem
        alive = DataKey.objects.using(ALIAS).alive().count()
        self.stdout.write(f"{done} keys wrapped anew, {alive - done} were already, {alive} in all.")

    def rotate(self) -> int:
        kek_id, done = keyring.current().id.hex(), 0
        old = DataKey.objects.using(ALIAS).alive().exclude(kek_id=kek_id).order_by("owner")
        while owners := list(old.values_list("owner", flat=True)[:BATCH]):
            done += keys.rewrap(owners)
            self.stdout.write(f"{done} …")
        return done
