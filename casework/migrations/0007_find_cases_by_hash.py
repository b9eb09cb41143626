"""One page to read for an id, at every size: a tree of ids is a level deeper at 100,000 rows.

Only PostgreSQL has such an index. It stands beside the primary key, which keeps ids unique.
"""

from django.db import migrations

MAKE = "CREATE INDEX casework_case_id_hash ON casework_case USING hash (id)"
DROP = "DROP INDEX IF EXISTS casework_case_id_hash"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_index_open_cases_of_a_team")]
    operations = [migrations.RunPython(make, drop)]
