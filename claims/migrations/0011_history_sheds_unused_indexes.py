"""Indexes that nothing reads and every written row pays for.

History is read by the record's id, by date and, for citations, by claim; simple-history indexes
every foreign key and unique column besides. On PostgreSQL Django gives every unique text a second
index for LIKE, and nothing is looked up by the beginning of a public id, a key or an address.
More than half of the time of an import goes into indexes.
"""

from django.db import migrations

RECORDS = ("event", "source", "document", "claim", "citation")
READ = {"id", "history_id", "history_date"}
READ_OF = {"citation": {"claim_id"}}


def shed(apps, schema_editor):
    for kind in RECORDS:
        kept = READ | READ_OF.get(kind, set())
        table = f"claims_historical{kind}"
        for name, about in constraints(schema_editor, table):
            if about["index"] and not about["unique"] and about["columns"][0] not in kept:
                drop(schema_editor, name)
    if schema_editor.connection.vendor == "postgresql":
        for kind in (*RECORDS, "change"):
            for name, about in constraints(schema_editor, f"claims_{kind}"):
                if about["index"] and name.endswith("_like"):
                    drop(schema_editor, name)


def constraints(schema_editor, table):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, table).items()


def drop(schema_editor, name):
    schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0010_digest_knows_when_it_changed"),
    ]

    operations = [migrations.RunPython(shed, migrations.RunPython.noop)]
