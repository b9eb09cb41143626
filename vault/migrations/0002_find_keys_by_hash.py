"""One page to read for an id, at every size: a tree of ids is a level deeper at 100,000 rows.

Only PostgreSQL has such an index. It stands beside the primary key, which keeps ids unique.
"""

from django.db import migrations

MAKE = "CREATE INDEX vault_datakey_owner_hash ON vault_datakey USING hash (owner)"
DROP = "DROP INDEX IF EXISTS vault_datakey_owner_hash"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_key_store")]
    operations = [migrations.RunPython(make, drop)]
