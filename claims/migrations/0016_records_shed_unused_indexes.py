"""Indexes of columns by which hardly anything is looked up, and which every written row pays for.

Nobody looks for records by who made, reviewed or changed them, but for one's own unfinished claims.
Of columns that hardly a row has, such as what a record was merged into, only the rows that have
something stay indexed. The tables themselves are left as they are: SQLite would write each anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

USER = settings.AUTH_USER_MODEL


class Unindexed(migrations.AlterField):
    """A column that loses the index of its own, and nothing else."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        column, table = self._found(app_label, from_state)
        with schema_editor.connection.cursor() as cursor:
            found = schema_editor.connection.introspection.get_constraints(cursor, table)
        for name, about in found.items():
            if about["index"] and not about["unique"] and about["columns"] == [column]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))

    def _found(self, app_label, state):
        model = state.apps.get_model(app_label, self.model_name)
        return model._meta.get_field(self.name).column, model._meta.db_table


def reference(to, verbose_name=None, related_name="+", **more):
    if verbose_name:
        more["verbose_name"] = verbose_name
    return models.ForeignKey(
        to, null=True, on_delete=django.db.models.deletion.PROTECT, db_index=False,
        related_name=related_name, **more,
    )


def user(model, name):
    field = reference(USER, name.replace("_", " "), blank=True, editable=False)
    return Unindexed(model_name=model, name=name, field=field)


def merged(model):
    field = reference(
        f"claims.{model}", "merged into", "merged_records", blank=True, editable=False
    )
    return Unindexed(model_name=model, name="merged_into", field=field)


def where_given(model, field, name):
    return migrations.AddIndex(
        model,
        models.Index(fields=[field], name=name, condition=models.Q((f"{field}__isnull", False))),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0015_comparisons_are_settled"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        Unindexed("change", "by", reference(USER)),
        *(user(model, "created_by") for model in ("event", "source", "document", "claim", "citation")),
        user("claim", "reviewed_by"),
        user("claim", "submitted_by"),
        *(merged(model) for model in ("event", "source", "document", "claim")),
        Unindexed("comparison", "victims_party", reference("claims.party", blank=True)),
        Unindexed(
            "claim",
            "victims_party",
            reference("claims.party", "victims' party", "victim_claims", blank=True),
        ),
        Unindexed(
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
        Unindexed(
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
