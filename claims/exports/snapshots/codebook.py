"""The codebook: every column of every table with its type, its meaning and its codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from claims.domain.vocabularies import ALL, Vocabulary
from claims.exports.snapshots.contents import Content
from claims.exports.tables import Column, Table

VOCABULARIES = {vocabulary.name: vocabulary for vocabulary in ALL}
TYPES = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "day": "date",
    "time": "datetime",
}
"""Types of a Data Package's Table Schema; a date that may be a month or a year is a string."""
_READING_CELLS = (
    "An empty cell is unknown or not stated, never zero. Dates are no more precise than they are "
    "known: 2023, 2023-01 or 2023-01-02. Several values in one cell are parted by ` | `."
)
_NAMED = re.compile(r"Code of (\w+)")


def vocabulary_of(column: Column) -> Vocabulary | None:
    """Return the closed list that a column's codes are from."""
    named = _NAMED.search(column.description) if column.kind == "code" else None
    return VOCABULARIES.get(named[1]) if named else None


def field_of(column: Column) -> dict[str, Any]:
    """Return a column as a field of a Table Schema."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "description": column.description,
    }
    if vocabulary := vocabulary_of(column):
        field["constraints"] = {"enum": list(vocabulary.codes)}
    return field


def schema_of(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table; a column ``id`` is different in each row."""
    schema: dict[str, Any] = {"fields": [field_of(column) for column in table.columns]}
    return {**schema, "primaryKey": ["id"]} if "id" in table.header else schema


def codebook_rows(contents: tuple[Content, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each column, followed by one for each of its codes."""
    for content in contents:
        for column in content.table.columns:
            kind = TYPES.get(column.kind, "string")
            head = (content.table.name, column.name, kind, column.description)
            yield (*head, "", "", "")
            for term in vocabulary_of(column) or ():
                yield (*head, term.code, term.label, term.definition)


def codebook_text(contents: tuple[Content, ...]) -> str:
    """Return the codebook as Markdown."""
    parts = ["# Codebook\n", f"{_READING_CELLS}\n"]
    for content in contents:
        parts.append(f"## {content.table.name}\n\n{content.description}\n")
        parts.append("| column | type | |\n|---|---|---|")
        parts += [
            f"| `{c.name}` | {TYPES.get(c.kind, 'string')} | {_escaped(c.description)} |"
            for c in content.table.columns
        ]
        parts.append("")
    for vocabulary in ALL:
        parts.append(f"## Codes of {vocabulary.name}\n\n{vocabulary.definition}\n")
        parts.append("| code | label | |\n|---|---|---|")
        parts += [f"| `{t.code}` | {t.label} | {_escaped(t.definition)} |" for t in vocabulary]
        parts.append("")
    return "\n".join(parts)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _cell(position: int) -> Any:
    return lambda row: row[position]


CODEBOOK = Table(
    "codebook",
    tuple(
        Column(name, "text", description, _cell(position))
        for position, (name, description) in enumerate(
            (
                ("table", "The table."),
                ("column", "The column."),
                ("type", "Its type."),
                ("description", "What it holds."),
                ("code", "One of its codes; empty in the row of the column itself."),
                ("label", "What people read for the code."),
                ("definition", "What the code means."),
            )
        )
    ),
)
