"""Several rows about one record made one, and refused where they contradict each other.

Rows that say exactly the same are counted as one by the database; only where they differ is each
cell compared here.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from claims.domain.dates import PartialDate, partial
from claims.domain.folding import folded
from claims.ingest.cells import CellRefused, shown
from claims.ingest.landing import shape
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.staging import Staging
from claims.ingest.told_figure import figure_columns
from claims.ingest.wanted import printed

NAMES = ("claimant_name", "publisher_name", "victims_party_name")
TOLD_FIGURE = {
    "qualifier": "told_qualifier",
    "low": "told_low",
    "best": "told_best",
    "high": "told_high",
    "disordered": "disordered",
}

Record = dict[str, Any]


def merge(staging: Staging, refusals: Refusals) -> None:
    """Leave one row of each record in every landing table."""
    for kind in shape.KEYS:
        _merge_kind(staging, refusals, kind)
    _complete_figures(staging, refusals)


def _merge_kind(staging: Staging, refusals: Refusals, kind: str) -> None:
    table, keys = f"landing_{kind}", shape.KEYS[kind]
    spelt = ", ".join(keys)
    staging.make("repeated", f"SELECT {spelt} FROM {table} GROUP BY {spelt} HAVING count(*) > 1")
    if not staging.number("SELECT count(*) FROM repeated"):
        return
    same = " AND ".join(staging.same(f"t.{key}", f"r.{key}") for key in keys)
    staging.make("told_twice", f"SELECT t.* FROM {table} t JOIN repeated r ON {same}")
    staging.run(f"DELETE FROM {table} WHERE n IN (SELECT n FROM told_twice)")
    names = [name for name, _ in shape.columns_of(kind)]
    rows = staging.rows(f"SELECT {', '.join(names)} FROM told_twice ORDER BY {spelt}, n")
    staging.create("merged", dict(shape.columns_of(kind)))
    records = (_record(kind, names, row) for row in rows)
    for _, group in groupby(records, key=lambda record: tuple(record[key] for key in keys)):
        merged = _merged(refusals, kind, list(group))
        staging.add("merged", [_kept(merged[name]) for name in names])
    staging.flush()
    staging.run(f"INSERT INTO {table} SELECT * FROM merged")


def _record(kind: str, names: list[str], row: tuple[Any, ...]) -> Record:
    record = dict(zip(names, row, strict=True))
    for told in shape.COLUMNS[kind]:
        record[told.column] = shape.from_database(told, record[told.column])
    return record


def _merged(refusals: Refusals, kind: str, group: list[Record]) -> Record:
    """Return the first row with what the later ones add; contradictions are refused."""
    merged = group[0]
    rows = {told.cell: merged["landing_row"] for told in shape.COLUMNS[kind]}
    for later in group[1:]:
        if kind == "claim" and later["event_key"] != merged["event_key"]:
            said = f"The claim {merged['key']} belongs to {merged['event_key']} already."
            refusals.add(later["landing_row"], "event_key", said)
        for told in shape.COLUMNS[kind]:
            if told.of or later[told.column] is None:
                continue
            if merged[told.column] is None:
                rows[told.cell] = later["landing_row"]
                _take_over(kind, merged, later, told)
            elif _differ(kind, told, merged, later):
                refusals.add(
                    later["landing_row"],
                    told.cell,
                    f"“{_printed(told, later)}” here, but “{_printed(told, merged)}” in row "
                    f"{rows[told.cell]}, of {_whose(kind, merged)}.",
                )
    if kind == "claim":
        _merge_words(merged, group)
    merged["told_in"] = json.dumps(rows)
    return merged


def _take_over(kind: str, merged: Record, later: Record, told: shape.Told) -> None:
    merged[told.column] = later[told.column]
    for other in shape.COLUMNS[kind]:
        if other.of == told.column:
            merged[other.column] = later[other.column]


def _differ(kind: str, told: shape.Told, merged: Record, later: Record) -> bool:
    one, other = merged[told.column], later[told.column]
    if told.column in NAMES:
        return folded(one) != folded(other)
    return one != other or any(
        merged[p.column] != later[p.column] for p in shape.COLUMNS[kind] if p.of == told.column
    )


def _whose(kind: str, merged: Record) -> str:
    return {
        "event": "the event {key}",
        "document": "the document “{title}”",
        "claim": "the claim {key}",
        "citation": "this citation",
    }[kind].format(key=merged.get("key", ""), title=_title(merged))


def _title(record: Record) -> str:
    return shown(record.get("key", "").split("\x1f")[1]) if "\x1f" in record.get("key", "") else ""


def _printed(told: shape.Told, record: Record) -> str:
    value = record[told.column]
    how = record.get(f"{told.column}_precision")
    if told.type == "date" and how:
        known: PartialDate | None = partial(value, how)
        return printed(known)
    return printed(value)


def _merge_words(merged: Record, group: list[Record]) -> None:
    """Give a claim its first wording and the notes of all its rows."""
    merged["wording"] = next((record["wording"] for record in group if record["wording"]), None)
    notes = [record["note"] for record in group if record["note"]]
    merged["note"] = "\n".join(dict.fromkeys(notes)) or None
    merged |= figure_of(merged) or dict.fromkeys(("qualifier", "low", "best", "high"))


def figure_of(record: Record) -> Record | None:
    """Return the columns of a claim's figure, ``None`` where its cells make none."""
    try:
        return _figure(record)
    except CellRefused:
        return None


def _figure(record: Record) -> Record:
    cells = {
        name: record[column] for name, column in TOLD_FIGURE.items() if record[column] is not None
    }
    return figure_columns(cells, record["wording"] or "")


def _complete_figures(staging: Staging, refusals: Refusals) -> None:
    """Refuse the claims whose cells, of all rows together, make no figure."""
    names = ["landing_row", "wording", *TOLD_FIGURE.values()]
    for row in staging.rows(
        f"SELECT {', '.join(names)} FROM landing_claim WHERE qualifier IS NULL ORDER BY n"
    ):
        record = dict(zip(names, row, strict=True))
        try:
            _figure(record)
        except CellRefused as error:
            column = "wording" if record["wording"] else "qualifier"
            refusals.add(record["landing_row"], column, str(error))
    staging.run("DELETE FROM landing_claim WHERE qualifier IS NULL")


def _kept(value: Any) -> Any:
    """Return a value as the temporary tables take it."""
    if isinstance(value, list):
        return json.dumps(value)
    if value is None or isinstance(value, int):
        return value
    return str(value)
