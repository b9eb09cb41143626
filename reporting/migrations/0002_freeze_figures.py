"""From here on the database refuses to change or remove figures that were frozen."""

from django.db import migrations

from reporting import frozen


def install(apps, schema_editor):
    frozen.install(schema_editor.connection)


def drop(apps, schema_editor):
    frozen.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_months_and_funders")]

    operations = [migrations.RunPython(install, drop)]
