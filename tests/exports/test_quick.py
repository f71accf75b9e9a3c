"""Claims as the database writes them: byte for byte what the table says."""

from __future__ import annotations

import io
from datetime import date
from itertools import cycle
from typing import Any

import orjson
import pytest
from django.http import QueryDict

from claims.exports import quick
from claims.exports.claims import CLAIMS
from claims.exports.formats.format import PLAIN, Style
from claims.exports.selected import Selected
from claims.exports.writing import FORMATS, write
from claims.ingest.demo import load_demo
from claims.models import Citation, Claim, Document, Event, Source
from claims.queries import lists
from tests import factories

NASTY = [
    "plain", 'a "quoted" word', "one, two", "two\nlines", "old\rlines", "win\r\nlines", "=1+1",
    "Київ", "\\.", " spaces ", "a | b", "'", "%s", "\t", "مرحبا", "\\N",
]  # fmt: skip
PRECISIONS = ["day", "month", "year", "approximate"]


def asked(query: str = "") -> Selected:
    return Selected(lists.CLAIMS, lists.CLAIMS.read(QueryDict(query)))


def text_of(records: Any, format_name: str = "csv", style: Style = PLAIN) -> bytes:
    file = io.BytesIO()
    write(CLAIMS, format_name, records, file, style=style)
    return file.getvalue()


@pytest.fixture
def tangle(db: None) -> None:
    """Claims with every oddity a row can have."""
    parties = [factories.party(f"Party {letter}") for letter in "CAB"]
    war = factories.event(title="War", key="war", date_start=None, date_end=None, aliases=[])
    hidden = factories.event(title="Hidden", state="draft")
    words, precisions = cycle(NASTY), cycle(PRECISIONS)
    for number in range(24):
        event = factories.event(
            title=f"Event {next(words)}", aliases=[next(words), next(words)][: number % 3],
            identifiers=["ucdp-ged:1", "gtd:2"][: number % 3], countries=["UA", "NA"][: number % 3],
            parent=[None, war, hidden][number % 3], place=next(words),
            date_start=date(2023, 1, 31), date_start_precision=next(precisions),
            latitude=["0.00000", "-12.50000", None][number % 3],
            longitude=["-0.10000", "37.92580", None][number % 3],
            parties=parties[: number % 4], key=f"event/{number}" if number % 2 else None,
        )  # fmt: skip
        source = factories.source(
            name=f"Source {number} {next(words)}", speaks_for=[None, *parties][number % 4],
            is_compilation=number % 5 == 0,
        )  # fmt: skip
        documents = [
            factories.document(
                title=next(words), publisher=source, url=f"https://paper.example/{number}/{n}",
                author=next(words), language="", published_on_precision=next(precisions),
                published_on=[None, date(2023, 2, 28), date(2023, 2, 1)][n % 3],
            )
            for n in range(1 + number % 3)
        ]  # fmt: skip
        claim = factories.claim(
            event=event, claimant=source, documents=documents,
            wording=["about 400", "89", "between 200 and 600", "an unknown number"][number % 4],
            victims_wording=next(words), area=["", "North"][number % 2],
            claimed_on=[None, date(2023, 1, 31)][number % 2], claimed_on_precision=next(precisions),
        )  # fmt: skip
        Claim.objects.filter(pk=claim.pk).update(
            as_of=[None, date(2023, 3, 1)][number % 2], interval=["", "95%"][number % 2],
            disordered=number % 4 == 2, key=["", None, f"claim/{number}"][number % 3] or None,
        )  # fmt: skip
        for place, citation in enumerate(Citation.objects.filter(claim=claim).order_by("-pk")):
            Citation.objects.filter(pk=citation.pk).update(
                wording=["", "four hundred", "some 400", claim.wording][(place + number) % 4],
                quote=next(words),
                locator=next(words), state="draft" if place == 2 else "published",
                via=None if citation.document == documents[0] else documents[0],
            )  # fmt: skip
    Event.objects.filter(pk=hidden.pk).update(state="draft")
    for model, every in ((Document, 5), (Source, 7)):
        for number, record in enumerate(model.objects.order_by("pk")):
            if number % every == 0:
                model.objects.filter(pk=record.pk).update(state="draft")
    earlier, later, *_ = Claim.objects.filter(state="published").order_by("-pk")
    Claim.objects.filter(pk=later.pk).update(revises=earlier)


@pytest.mark.parametrize(
    "query", ["", "order=claimed_on", "order=-added", "measure=killed&from=2023-01-01"]
)
def test_the_quick_csv_is_the_tables_byte_for_byte(tangle: None, query: str) -> None:
    quickly = text_of(asked(query))

    assert quickly == text_of(list(asked(query)))
    assert quickly.count(b"\n") > 24


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_quick_records_are_the_tables(tangle: None, name: str) -> None:
    assert text_of(asked(), name) == text_of(list(asked()), name)


@pytest.mark.parametrize("style", [Style(spreadsheet=True), Style(hxl=True)])
def test_the_quick_csv_keeps_the_style_asked(tangle: None, style: Style) -> None:
    assert text_of(asked(), style=style) == text_of(list(asked()), style=style)


def test_the_demo_is_written_alike_both_ways(db: None) -> None:
    assert load_demo()

    assert text_of(asked()) == text_of(list(asked()))


def test_chunks_join_without_a_seam(tangle: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text_of(asked())
    monkeypatch.setattr(quick, "FIRST_CHUNK", 2)
    monkeypatch.setattr(quick, "CHUNK", 5)

    assert text_of(asked()) == whole
    assert text_of(asked(), "jsonl") == text_of(list(asked()), "jsonl")


def test_what_is_not_public_is_not_written(tangle: None) -> None:
    Event.objects.filter(title="War").update(state="withdrawn")
    Source.objects.filter(pk__gt=0).update(note="secret")
    Document.objects.filter(pk__gt=0).update(state="withdrawn")

    records = [orjson.loads(line) for line in text_of(asked(), "jsonl").splitlines()]

    assert {(r["parent"], r["document"], r["quote"], r["via"]) for r in records} == {(None,) * 4}
    assert text_of(asked()) == text_of(list(asked()))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"geojson"}))
def test_the_rows_written_are_counted(tangle: None, name: str) -> None:
    rows = text_of(asked(), "jsonl").count(b"\n")

    assert write(CLAIMS, name, asked(), io.BytesIO()) == rows
