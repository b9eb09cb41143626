"""The vault's tables live in the key database, and nothing else does."""

from typing import Any

from django.db.models import Model

ALIAS = "keys"
APP = "vault"


class KeyStore:
    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return ALIAS if model._meta.app_label == APP else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if app_label == APP:
            return db == ALIAS
        return False if db == ALIAS else None
