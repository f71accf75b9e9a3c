"""The columns of a new record as SQL: what the file tells, else what every record starts with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from claims.ingest.landing import shape


def column_names(model: type[Model]) -> list[str]:
    """Return the columns of a table in order, the id first."""
    return [str(field.column) for field in model._meta.concrete_fields]


def told_columns(kind: str) -> set[str]:
    """Return the columns of a landing table that are columns of the record's table too."""
    return {column.column for column in [*shape.COLUMNS[kind], *shape.MORE[kind]]}


def new_columns(model: type[Model], kind: str, given: dict[str, str]) -> dict[str, str]:
    """Return for each column but the id what a new record has in it, the file being ``l``.

    ``given`` says it for columns that neither the file nor a default does.
    """
    told = told_columns(kind) if kind in shape.COLUMNS else set()
    found = {}
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if field.primary_key:
            continue
        if column in given:
            found[column] = given[column]
        elif column in told:
            default = default_of(field)
            found[column] = f"l.{column}" if field.null else f"coalesce(l.{column}, {default})"
        else:
            found[column] = default_of(field)
    return found


def default_of(field: Field[Any, Any]) -> str:
    """Return what a column of a new record holds where nobody says."""
    if field.null:
        return f"CAST(NULL AS {field.db_type(connection)})"
    if isinstance(field, JSONField):
        return "CAST('[]' AS jsonb)" if connection.vendor == "postgresql" else "'[]'"
    if field.has_default():
        return literal(field.get_default())
    return "''"


def literal(value: Any) -> str:
    """Return a plain value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        if connection.vendor == "postgresql":
            return f"CAST('{value.isoformat()}' AS timestamptz)"
        return f"'{connection.ops.adapt_datetimefield_value(value)}'"
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"
