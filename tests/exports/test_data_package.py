"""A snapshot's description against the standard, and its rows against the description.

``PROFILE`` says what the official profile (datapackage.org/profiles/2.0/datapackage.json) demands
of the properties that are used here; the whole of it was run against a snapshot by hand.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from claims.exports.snapshots.publishing import publish_snapshot
from claims.ingest.demo import load_demo

pytestmark = pytest.mark.django_db

TEXT = {"type": "string"}
PATH = {**TEXT, "pattern": r"^(?![./~])(?!file:)(?!.*(\.\./|\\)).*$|^(http|ftp)s?://.*$"}
FIELD_TYPES = (
    "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date",
    "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any",
)  # fmt: skip
FIELD = {
    "type": "object",
    "required": ["name", "type", "description"],
    "additionalProperties": False,
    "properties": {
        "name": TEXT,
        "type": {"enum": list(FIELD_TYPES)},
        "description": TEXT,
        "constraints": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT}
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "additionalProperties": False,
    "properties": {
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
        "primaryKey": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "format", "mediatype", "bytes", "hash"],
    "properties": {
        "name": {**TEXT, "pattern": r"^[a-z0-9._/-]+$"},
        "type": {"const": "table"},
        "path": PATH,
        "title": TEXT,
        "description": TEXT,
        "format": TEXT,
        "mediatype": {**TEXT, "pattern": "^(.+)/(.+)$"},
        "encoding": {"const": "utf-8"},
        "bytes": {"type": "integer"},
        "hash": {**TEXT, "pattern": "^sha256:[a-f0-9]{64}$"},
        "rows": {"type": "integer"},
        "dialect": {"const": {"lineTerminator": "\n"}},
        "schema": SCHEMA,
    },
    "additionalProperties": False,
}
TITLED = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": {"title": TEXT, "path": PATH}},
}
PROFILE = {
    "type": "object",
    "required": ["$schema", "name", "id", "created", "licenses", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {**TEXT, "pattern": r"^[a-z0-9._/-]+$"},
        "id": TEXT,
        "title": TEXT,
        "description": TEXT,
        "homepage": {**TEXT, "format": "uri"},
        "version": TEXT,
        "created": {**TEXT, "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path"],
                "properties": {"name": {**TEXT, "pattern": r"^[-a-zA-Z0-9._]+$"}, "path": PATH},
            },
        },
        "sources": TITLED,
        "contributors": TITLED,
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}
CELLS = {
    "string": r".+",
    "integer": r"-?\d+",
    "number": r"-?\d+\.\d+",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
}


@pytest.fixture
def described(tmp_path: Path) -> tuple[Path, Any]:
    """Return the folder of a snapshot of the demo, and what it says of itself."""
    assert load_demo()
    folder = publish_snapshot(tmp_path).folder
    return folder, json.loads((folder / "datapackage.json").read_text())


def test_a_description_is_what_the_profile_of_data_packages_demands(
    described: tuple[Path, Any],
) -> None:
    _, package = described

    assert [error.message for error in Draft7Validator(PROFILE).iter_errors(package)] == []


def test_every_cell_is_of_the_type_and_among_the_codes_that_its_column_names(
    described: tuple[Path, Any],
) -> None:
    folder, package = described
    faults = [
        (resource["path"], field["name"], row[field["name"]])
        for resource in package["resources"]
        if resource["format"] == "csv"
        for row in read(folder / resource["path"])
        for field in resource["schema"]["fields"]
        if row[field["name"]] and not is_allowed(row[field["name"]], field)
    ]

    assert faults == []


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_allowed(cell: str, field: Any) -> bool:
    codes = field.get("constraints", {}).get("enum", [cell])
    return cell in codes and bool(re.fullmatch(CELLS[field["type"]], cell, re.DOTALL))


def test_no_two_rows_have_the_same_primary_key(described: tuple[Path, Any]) -> None:
    folder, package = described

    with_key = [r for r in package["resources"] if "primaryKey" in r.get("schema", {})]
    assert sorted({r["path"].partition(".")[0] for r in with_key}) == [
        "comparisons", "documents", "events", "sources",
    ]  # fmt: skip
    for resource in with_key:
        if resource["format"] == "csv":
            ids = [row["id"] for row in read(folder / resource["path"])]
            assert len(ids) == len(set(ids)) == resource["rows"]
