from typing import Any

from django.db import migrations, models

from clients import triggers


def lift(apps: Any, editor: Any) -> None:
    """SQLite rebuilds the table for a new column, which the triggers that read it would stop."""
    triggers.drop(editor.connection)


def put_back(apps: Any, editor: Any) -> None:
    triggers.install(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clients", "0005_keep_what_was_signed")]

    operations = [
        migrations.RunPython(lift, put_back),
        migrations.AddField(
            model_name="client",
            name="may_count",
            field=models.CharField(
                choices=[
                    ("yes", "yes"),
                    ("no", "no"),
                    ("not_asked", "not asked"),
                    ("declined", "declined"),
                    ("unknown", "unknown"),
                ],
                default="not_asked",
                max_length=9,
                verbose_name="may be counted in reports",
            ),
        ),
        migrations.RunPython(put_back, lift),
    ]
