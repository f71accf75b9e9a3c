"""Words of events say where public lists have the event, so that a search is read in its order.

The words are derived from the events and made anew, in both directions. Events that take long,
or nobody knows how long, get an index of their own in the lists.
"""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

import claims.models.search
from claims.domain.search_words import event_words, marks

PIECE = 2_000
NAMES = ("pk", "title", "aliases", "place")


def write_words(apps, schema_editor):
    """Fill in the words with their places."""
    word_model = apps.get_model("claims", "EventWord")
    for key, title, aliases, place, began, gap_order in events(
        apps, "date_start", "digest__gap_order"
    ):
        found = event_words(title, aliases, place)
        low, high = marks(found)
        for word in ("*", *sorted(found)):
            yield word_model(
                event_id=key,
                word=word,
                began=None if gap_order is None else began,
                gap_order=gap_order,
                marks_low=low,
                marks_high=high,
            )


def write_plain_words(apps, schema_editor):
    """Fill in the words alone."""
    word_model = apps.get_model("claims", "EventWord")
    for key, *names in events(apps):
        for word in sorted(event_words(*names)):
            yield word_model(event_id=key, word=word)


DAYS = {"postgresql": "ended - began", "sqlite": "julianday(ended) - julianday(began)"}


def find_lasting(apps, schema_editor):
    """Note which events last."""
    schema_editor.execute(
        "UPDATE claims_eventfacet SET lasts = TRUE "
        f"WHERE COALESCE({DAYS[schema_editor.connection.vendor]} > 31, TRUE)"
    )


def events(apps, *columns):
    found = apps.get_model("claims", "Event").objects.order_by("pk")
    return found.values_list(*NAMES, *columns).iterator(PIECE)


def filled_by(rows):
    """Return the operation that stores the rows piece by piece."""

    def fill(apps, schema_editor):
        every = rows(apps, schema_editor)
        while some := list(islice(every, PIECE)):
            apps.get_model("claims", "EventWord").objects.bulk_create(some)

    return fill


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_history_sheds_unused_indexes")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, filled_by(write_plain_words)),
        migrations.DeleteModel(name="EventWord"),
        migrations.CreateModel(
            name="EventWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "event_id",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="claims.event",
                    ),
                ),
                ("word", claims.models.search.FoldedWordField(max_length=60)),
                ("began", models.DateField(null=True)),
                ("gap_order", models.BigIntegerField(null=True)),
                ("marks_low", models.BigIntegerField(default=0)),
                ("marks_high", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "event word",
                "indexes": [
                    models.Index(
                        fields=[
                            *("word", "-began", "-event"),
                            *("gap_order", "marks_low", "marks_high"),
                        ],
                        name="word_by_date",
                    ),
                    models.Index(
                        fields=["word", "-gap_order", "-event", "marks_low", "marks_high"],
                        name="word_by_gap",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="eventfacet",
            name="lasts",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="eventfacet",
            index=models.Index(
                condition=models.Q(("lasts", True)),
                fields=[
                    *("facet", "-began", "-event"),
                    *("ended", "kind", "measures", "verdicts", "gap_order"),
                ],
                name="facet_of_lasting_by_date",
            ),
        ),
        migrations.RunPython(find_lasting, migrations.RunPython.noop),
        migrations.RunPython(filled_by(write_words), migrations.RunPython.noop),
    ]
