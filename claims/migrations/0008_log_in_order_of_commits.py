"""Entries of the log get their ids in the order of the commits.

A sequence hands out ids before the commit, so that a reader could see 11 before 10 and go on
from there. A transaction that writes entries therefore waits for the one before it to end.
SQLite has one writer at a time and needs nothing.
"""

from django.db import migrations, models

LOCK = 5310042
CREATE = f"""
CREATE FUNCTION claims_change_wait_for_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    RETURN NULL;
END $$;
CREATE TRIGGER change_in_order_of_commits BEFORE INSERT ON claims_change
    FOR EACH STATEMENT EXECUTE FUNCTION claims_change_wait_for_turn();
"""
DROP = """
DROP TRIGGER change_in_order_of_commits ON claims_change;
DROP FUNCTION claims_change_wait_for_turn();
"""


def add_trigger(apps, schema_editor):
    """Make writers of the log wait for their turn."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop_trigger(apps, schema_editor):
    """Let writers of the log overtake each other."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_lists_by_index")]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("kind", "refreshed"), _negated=True),
                fields=["-id"],
                name="change_told",
            ),
        ),
        migrations.RunPython(add_trigger, drop_trigger, elidable=False),
    ]
