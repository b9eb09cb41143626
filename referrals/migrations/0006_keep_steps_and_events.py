"""Steps and events of a referral are kept by the database itself."""

from typing import Any

from django.db import migrations

from audit import triggers
from referrals.kept import TABLES


def install(apps: Any, editor: Any) -> None:
    triggers.install(editor.connection, TABLES)


def drop(apps: Any, editor: Any) -> None:
    triggers.drop(editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_order_hits_without_long_texts")]

    operations = [migrations.RunPython(install, drop)]
