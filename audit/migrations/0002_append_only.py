from django.db import migrations

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def drop(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """The database refuses to change or remove entries and seals, from now on."""

    dependencies = [("audit", "0001_trail_and_seals")]
    operations = [migrations.RunPython(install, drop)]
