"""Events under a facet say by marks which words they have, so that a search can be narrowed.

The marks are those of the event's words, copied from there; the indexes are made anew around it.
"""

from django.db import migrations, models

COLUMNS = "event_id, facet, began, ended, kind, gap_order, measures, verdicts, lasts"
EMPTY = {"postgresql": "TRUNCATE claims_eventfacet", "sqlite": "DELETE FROM claims_eventfacet"}
FILL = f"""
INSERT INTO claims_eventfacet ({COLUMNS}, marks_low, marks_high)
SELECT f.*, COALESCE(w.marks_low, 0), COALESCE(w.marks_high, 0) FROM facets_before f
LEFT JOIN claims_eventword w ON w.event_id = f.event_id AND w.word = '*'
"""


def copy_marks(apps, schema_editor):
    """Write every row anew with its marks: changed in place, indexes would hold each row twice."""
    schema_editor.execute(
        f"CREATE TEMPORARY TABLE facets_before AS SELECT {COLUMNS} FROM claims_eventfacet"
    )
    schema_editor.execute(EMPTY[schema_editor.connection.vendor])
    schema_editor.execute(FILL)
    schema_editor.execute("DROP TABLE facets_before")
    schema_editor.connection.check_constraints()  # with checks to come no index can be made


NAMES = ("facet_by_date", "facet_by_gap", "facet_of_lasting_by_date")


def indexes():
    """Return the indexes by which lists are read, with what is looked at in each row."""
    looked_at = ("ended", "kind", "measures", "verdicts", "marks_low", "marks_high")
    by_date = ["facet", "-began", "-event", *looked_at, "gap_order"]
    by_gap = ["facet", "-gap_order", "-event", *looked_at, "began"]
    lasting = models.Q(("lasts", True))
    return [
        models.Index(fields=by_date, name="facet_by_date"),
        models.Index(fields=by_gap, name="facet_by_gap"),
        models.Index(fields=by_date, condition=lasting, name="facet_of_lasting_by_date"),
    ]


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_words_know_their_place_in_lists")]

    operations = [
        *(migrations.RemoveIndex(model_name="eventfacet", name=name) for name in NAMES),
        *(
            migrations.AddField(
                model_name="eventfacet", name=name, field=models.BigIntegerField(default=0)
            )
            for name in ("marks_low", "marks_high")
        ),
        migrations.RunPython(copy_marks, migrations.RunPython.noop),
        *(
            migrations.AddIndex(model_name="eventfacet", index=index)
            for index in indexes()
        ),
    ]
