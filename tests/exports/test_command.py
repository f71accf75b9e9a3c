"""``manage.py export``: the bytes of the API in a file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests import factories


def export(*arguments: Any, **options: Any) -> str:
    told = io.StringIO()
    call_command("export", *map(str, arguments), stderr=told, **options)
    return told.getvalue()


@pytest.mark.parametrize("name", ["events", "comparisons", "claims", "sources", "documents",
                         "changes"])  # fmt: skip
def test_a_file_is_what_the_api_answers(
    db: None, client: Client, tmp_path: Path, name: str
) -> None:
    factories.claim()
    factories.event()
    path = tmp_path / f"{name}.csv"

    told = export(name, path)

    text = path.read_bytes()
    assert text == client.get(f"/api/v1/{name}.csv").getvalue()
    rows = text.count(b"\n") - 1
    assert told == f"Wrote {rows} rows.\n"


def test_a_list_is_narrowed_as_in_the_api(db: None, tmp_path: Path) -> None:
    for kind in ("strike", "war"):
        factories.event(kind=kind)
    path = tmp_path / "events.jsonl"

    assert export("events", path, "kind=war", "order=date") == "Wrote 1 rows.\n"
    assert [json.loads(line)["kind"] for line in path.read_text().splitlines()] == ["war"]


def test_a_file_for_spreadsheets_has_hashtags_too(db: None, tmp_path: Path) -> None:
    factories.event(title="=1+1")
    path = tmp_path / "events.txt"

    export("events", path, format="csv", spreadsheet=True, hxl=True)

    _, tags, row = path.read_text(encoding="utf-8-sig").splitlines()
    assert tags.startswith("#event+id,#event+name,")
    assert ",'=1+1," in row


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["events", "x.pdf"], "ends in no format"),
        (["events", "x.csv", "kind"], "Expected NAME=VALUE"),
        (["events", "x.csv", "kin=war"], "Did you mean “kind”?"),
        (["claims", "x.geojson"], "Only events have a place"),
        (["events", "nowhere/x.csv"], "No such file"),
    ],
)
def test_what_cannot_be_written_is_said(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError, match=message.replace("?", r"\?")):
        export(*arguments)

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_could_not_be_finished_is_not_there(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.parquet"
    monkeypatch.setattr("claims.exports.formats.parquet.is_installed", lambda: False)

    with pytest.raises(CommandError, match="duckdb is not installed"):
        export("events", path)

    assert list(tmp_path.iterdir()) == []
