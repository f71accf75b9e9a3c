"""The pages of snapshots, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.exports.snapshots.publishing import publish_snapshot
from claims.exports.snapshots.reading import Snapshot
from claims.exports.writing import TABLE_FORMATS
from tests import factories
from tests.web.conftest import text_of


@pytest.fixture
def snapshot(db: None, tmp_path: Path, settings: Any) -> Snapshot:
    settings.SNAPSHOTS_DIR = tmp_path
    factories.claim()
    return publish_snapshot(tmp_path, note="For a paper.")


def body(answer: Any) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content


def test_a_page_says_that_there_is_none_yet(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.SNAPSHOTS_DIR = tmp_path / "not there"

    page = client.get("/data/")

    assert "No snapshot has been published yet." in text_of(page.content.decode())
    assert client.get("/data/latest/").status_code == 404


def test_every_list_is_offered_whole_in_each_format(client: Client, db: None) -> None:
    factories.claim()

    page = client.get("/data/").content.decode()

    for name in ("claims", "events", "comparisons", "sources", "documents", "changes"):
        for made in TABLE_FORMATS:
            address = f"/api/v1/{name}.{made.name}"
            assert (address, f'href="{address}"' in page) == (address, made.is_installed())
        assert client.get(f"/api/v1/{name}.csv").status_code == 200
    assert 'href="/api/v1/events.geojson"' in page
    assert "/api/v1/claims.csv" in text_of(page)  # the lines for a notebook


def test_the_page_of_data_asks_the_database_nothing(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/data/").status_code == 200


def test_the_list_names_each_snapshot_with_size_and_note(
    client: Client, snapshot: Snapshot
) -> None:
    second = publish_snapshot(snapshot.folder.parent)

    words = text_of(client.get("/data/").content.decode())

    assert words.index(second.name) < words.index(snapshot.name)
    assert "For a paper." in words
    assert "nothing changed" in words


def test_a_snapshot_has_its_files_hash_and_citation(client: Client, snapshot: Snapshot) -> None:
    page = client.get(f"/data/{snapshot.name}/").content.decode()

    for file in snapshot.files:
        assert f'href="/data/{snapshot.name}/{file.name}"' in page
        assert file.sha256 in page
    assert f"Dataset, version {snapshot.name}, http://127.0.0.1:8000/data/" in page
    assert f"SHA-256 of datapackage.json {snapshot.sha256}" in page
    assert "@misc{casualty-figures-" in page


def test_every_file_is_served_as_it_is_on_disk(client: Client, snapshot: Snapshot) -> None:
    for name in [file.name for file in snapshot.files] + ["SHA256SUMS", "datapackage.json"]:
        answer = client.get(f"/data/{snapshot.name}/{name}")
        assert body(answer) == (snapshot.folder / name).read_bytes(), name
        assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_a_file_that_the_client_has_is_not_sent_again(client: Client, snapshot: Snapshot) -> None:
    address = f"/data/{snapshot.name}/claims.csv"
    first = client.get(address)
    part = client.get(address, headers={"range": "bytes=0-3"})

    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (part.status_code, part.headers["Accept-Ranges"]) == (200, "none")
    assert body(part) == body(first)


def test_latest_leads_to_the_newest(client: Client, snapshot: Snapshot) -> None:
    second = publish_snapshot(snapshot.folder.parent)

    assert client.get("/data/latest/").headers["Location"] == f"/data/{second.name}/"
    assert (
        client.get("/data/latest/claims.csv").headers["Location"]
        == f"/data/{second.name}/claims.csv"
    )


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key", "..%2fsecret_key", "%2e%2e/secret_key", "....//secret_key", "notes.txt",
        "/etc/passwd", "claims.csv/", "claims.csv%00", ".", "..", "latest", "SHA256SUMS/..",
    ],
)  # fmt: skip
def test_nothing_else_can_be_had(client: Client, snapshot: Snapshot, name: str) -> None:
    (snapshot.folder / "notes.txt").write_text("mine")
    (snapshot.folder.parent / "secret_key").write_text("secret")

    for address in (f"/data/{snapshot.name}/{name}", f"/data/latest/{name}"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert b"secret" not in body(answer) or b"secret_key" in address.encode()


@pytest.mark.parametrize("name", ["2026-01-01.1", "2026-01-01.0", "x", "..", ".unfinished-1"])
def test_a_snapshot_that_is_not_there_is_not_found(
    client: Client, snapshot: Snapshot, name: str
) -> None:
    assert client.get(f"/data/{name}/").status_code == 404


def test_a_page_of_snapshots_asks_the_database_nothing(
    client: Client, snapshot: Snapshot, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get("/data/")
        client.get(f"/data/{snapshot.name}/")
