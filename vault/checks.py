"""Said at ``manage.py check --deploy``: keys that are missing, or kept beside what they lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from vault import keyring
from vault.errors import KeyStoreUnavailable
from vault.router import ALIAS

WHERE = ("ENGINE", "NAME", "HOST", "PORT")


@register(Tags.security, deploy=True)
def key_material(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    try:
        keyring.current()
    except KeyStoreUnavailable as problem:
        return [Error(str(problem), id="vault.E003")]
    return []


@register(Tags.security, deploy=True)
def two_databases(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    records, keys = (_place(settings.DATABASES.get(alias, {})) for alias in ("default", ALIAS))
    if keys != records:
        return []
    hint = "An old backup of one database would bring an erased client back. Set KEYS_DATABASE_URL."
    return [Error("Keys and records are in the same database.", hint=hint, id="vault.E004")]


def _place(database: Mapping[str, Any]) -> list[str]:
    return [str(database.get(name) or "") for name in WHERE]
