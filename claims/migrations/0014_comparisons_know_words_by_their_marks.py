"""Comparisons say by marks which words their event has, so that a search reads them in order.

The marks are those of the event's words, copied from there; the indexes are made anew around it.
A second index of public ids, for LIKE, goes on PostgreSQL: nothing is looked up by their beginning.
"""

from django.db import migrations, models

MARKS = ("marks_low", "marks_high")
OF_EVENT = (
    "SELECT w.{name} FROM claims_eventword w WHERE w.event_id = {event} AND w.word = '*'"
)


def copy_marks(apps, schema_editor):
    """Fill in the marks of every comparison."""
    if schema_editor.connection.vendor == "postgresql":
        return write_anew(schema_editor)
    told = [
        f"{name} = COALESCE(({OF_EVENT.format(name=name, event='claims_comparison.event_id')}), 0)"
        for name in MARKS
    ]
    schema_editor.execute(f"UPDATE claims_comparison SET {', '.join(told)}")
    return schema_editor.connection.check_constraints()  # with checks to come no index can be made


def write_anew(schema_editor):
    """Have PostgreSQL write the table anew: updated rows would stand in each index twice."""
    changes = []
    for name in MARKS:
        schema_editor.execute(
            f"CREATE FUNCTION pg_temp.{name}_of(event bigint) RETURNS bigint LANGUAGE sql STABLE "
            f"AS $$ {OF_EVENT.format(name=name, event='event')} $$"
        )
        changes.append(
            f"ALTER COLUMN {name} TYPE bigint USING COALESCE(pg_temp.{name}_of(event_id), 0)"
        )
    schema_editor.execute(f"ALTER TABLE claims_comparison {', '.join(changes)}")
    for name in MARKS:
        schema_editor.execute(f"DROP FUNCTION pg_temp.{name}_of(bigint)")


def shed(apps, schema_editor):
    """Take the index away that nothing reads and every written row pays for."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "claims_comparison").items()
    for name, about in found:
        if about["index"] and name.endswith("_like"):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def indexes():
    """Return the indexes by which lists are read, with what is looked at in each row."""
    widest = ("-gap_order", "-id")
    figures = ("measure", "event_kind", "verdict")
    by_country, second = ("country", *widest, *figures), ("second_country", *widest, *figures)
    plain = {
        "comparison_by_gap_ratio": (*widest, "event", "victims", "event_start", "event_end"),
        "comparison_by_gap": ("-gap_absolute", "-id"),
        "comparison_by_spread": ("-spread_order", "-id"),
        "comparison_latest": ("-latest_claimed_on", "-id"),
        "comparison_of_measure": ("measure", *widest, "victims", "event_kind", "verdict"),
        "comparison_of_event_kind": ("event_kind", *widest, "measure", "verdict"),
        "comparison_of_verdict": ("verdict", *widest, "measure", "event_kind"),
        "comparison_in_country": by_country,
        "comparison_in_second_country": second,
        "comparison_in_several": (*widest, "event"),
    }
    only = {
        "comparison_in_second_country": models.Q(("second_country", ""), _negated=True),
        "comparison_in_several": models.Q(("in_several_countries", True)),
    }
    return [
        models.Index(fields=[*fields, *MARKS], name=name, condition=only.get(name))
        for name, fields in plain.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_lists_know_words_by_their_marks")]

    operations = [
        *(
            migrations.RemoveIndex(model_name="comparison", name=index.name)
            for index in indexes()
        ),
        *(
            migrations.AddField(
                model_name="comparison", name=name, field=models.BigIntegerField(default=0)
            )
            for name in MARKS
        ),
        migrations.RunPython(shed, migrations.RunPython.noop),
        migrations.RunPython(copy_marks, migrations.RunPython.noop),
        *(
            migrations.AddIndex(model_name="comparison", index=index)
            for index in indexes()
        ),
    ]
