"""One page to read for an id, at every size: a tree of ids is a level deeper at 100,000 rows.

Only PostgreSQL has such an index. It stands beside the primary key, which keeps ids unique.
"""

from django.db import migrations

MAKE = "CREATE INDEX clients_client_id_hash ON clients_client USING hash (id)"
DROP = "DROP INDEX IF EXISTS clients_client_id_hash"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_contact_plans")]
    operations = [migrations.RunPython(make, drop)]
