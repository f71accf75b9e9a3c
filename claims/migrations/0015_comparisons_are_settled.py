"""What the database knows of the table of comparisons, all of whose rows have just been written.

PostgreSQL answers from an index alone only where it knows that rows are settled; both databases
choose an index by what they have counted.
"""

from django.db import migrations

COUNT = {
    "postgresql": "VACUUM (ANALYZE) claims_comparison",
    "sqlite": "ANALYZE claims_comparison",
}


def settle(apps, schema_editor):
    """Have the table counted; within somebody's transaction PostgreSQL cannot settle it."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite" or not connection.in_atomic_block:
        schema_editor.execute(COUNT[connection.vendor])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0014_comparisons_know_words_by_their_marks")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
