"""Indexes of columns by which hardly anything is looked up, and which every written row pays for.

Nobody looks for records by who made, reviewed or changed them, but for one's own unfinished claims.
Of columns that hardly a row has, such as what a record was merged into, only the rows that have
something stay indexed. The tables themselves are left as they are: SQLite would write each anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

USER = settings.AUTH_USER_MODEL


UNREAD = (
    ("change", "by_id"),
    *((kind, "created_by_id") for kind in ("event", "source", "document", "claim", "citation")),
    ("claim", "reviewed_by_id"),
    ("claim", "submitted_by_id"),
)
SPARSE = {
    "citation_via": ("citation", "via_id"),
    "claim_merged_into": ("claim", "merged_into_id"),
    "claim_revising": ("claim", "revises_id"),
    "claim_of_victims_party": ("claim", "victims_party_id"),
    "comparison_of_victims_party": ("comparison", "victims_party_id"),
    "document_merged_into": ("document", "merged_into_id"),
    "event_merged_into": ("event", "merged_into_id"),
    "source_merged_into": ("source", "merged_into_id"),
}
UNFINISHED = (
    'CREATE INDEX "claim_unfinished_by" ON "claims_claim" ("created_by_id") '
    "WHERE (\"state\" = 'draft' OR \"state\" = 'rejected')"
)


def shed(apps, schema_editor):
    """Take the plain indexes away and make the ones of the rows that have something."""
    introspection = schema_editor.connection.introspection
    for kind, column in (*UNREAD, *SPARSE.values()):
        with schema_editor.connection.cursor() as cursor:
            found = introspection.get_constraints(cursor, f"claims_{kind}")
        for name, about in found.items():
            if about["index"] and not about["unique"] and about["columns"] == [column]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")
    for name, (kind, column) in SPARSE.items():
        schema_editor.execute(
            f'CREATE INDEX "{name}" ON "claims_{kind}" ("{column}") WHERE "{column}" IS NOT NULL'
        )
    schema_editor.execute(UNFINISHED)


def index_all(apps, schema_editor):
    """Index every row by these columns again."""
    for name in (*SPARSE, "claim_unfinished_by"):
        schema_editor.execute(f'DROP INDEX "{name}"')
    for kind, column in (*UNREAD, *SPARSE.values()):
        schema_editor.execute(
            f'CREATE INDEX "claims_{kind}_{column}" ON "claims_{kind}" ("{column}")'
        )


def reference(to, verbose_name=None, related_name="+", **more):
    if verbose_name:
        more["verbose_name"] = verbose_name
    return models.ForeignKey(
        to, null=True, on_delete=django.db.models.deletion.PROTECT, db_index=False,
        related_name=related_name, **more,
    )


def user(model, name):
    field = reference(USER, name.replace("_", " "), blank=True, editable=False)
    return migrations.AlterField(model_name=model, name=name, field=field)


def merged(model):
    field = reference(
        f"claims.{model}", "merged into", "merged_records", blank=True, editable=False
    )
    return migrations.AlterField(model_name=model, name="merged_into", field=field)


def where_given(model, field, name):
    return migrations.AddIndex(
        model,
        models.Index(fields=[field], name=name, condition=models.Q((f"{field}__isnull", False))),
    )


STATE = [
    migrations.AlterField("change", "by", reference(USER)),
    *(user(model, "created_by") for model in ("event", "source", "document", "claim", "citation")),
    user("claim", "reviewed_by"),
    user("claim", "submitted_by"),
    *(merged(model) for model in ("event", "source", "document", "claim")),
    migrations.AlterField("comparison", "victims_party", reference("claims.party", blank=True)),
    migrations.AlterField(
        "claim",
        "victims_party",
        reference("claims.party", "victims' party", "victim_claims", blank=True),
    ),
    migrations.AlterField(
        "claim",
        "revises",
        reference(
            "claims.claim",
            "revises",
            "revisions",
            blank=True,
            help_text="The earlier claim of the same claimant that this one replaces.",
        ),
    ),
    migrations.AlterField(
        "citation",
        "via",
        reference(
            "claims.document",
            "via",
            "relays",
            blank=True,
            help_text="The document that this one got it from.",
        ),
    ),
    migrations.AddIndex(
        "claim",
        models.Index(
            fields=["created_by"],
            name="claim_unfinished_by",
            condition=models.Q(state="draft") | models.Q(state="rejected"),
        ),
    ),
    where_given("citation", "via", "citation_via"),
    where_given("claim", "merged_into", "claim_merged_into"),
    where_given("claim", "revises", "claim_revising"),
    where_given("claim", "victims_party", "claim_of_victims_party"),
    where_given("comparison", "victims_party", "comparison_of_victims_party"),
    where_given("document", "merged_into", "document_merged_into"),
    where_given("event", "merged_into", "event_merged_into"),
    where_given("source", "merged_into", "source_merged_into"),
]


class AtOnce(migrations.SeparateDatabaseAndState):
    """Many changes that Django hears of together: models are made anew once, not for each."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0015_comparisons_are_settled"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        AtOnce(
            database_operations=[migrations.RunPython(shed, index_all)],
            state_operations=STATE,
        )
    ]
