"""A signed release and everything that left are kept by the database itself."""

from typing import Any

from django.db import migrations

from clients import triggers


def install(apps: Any, editor: Any) -> None:
    triggers.install(editor.connection)


def drop(apps: Any, editor: Any) -> None:
    triggers.drop(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clients", "0004_keep_releases_and_disclosures")]

    operations = [migrations.RunPython(install, drop)]
