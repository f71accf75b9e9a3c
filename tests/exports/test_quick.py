"""Lists as the database writes them: byte for byte what their tables say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any

import orjson
import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis.strategies import text

from claims.exports import quick
from claims.exports.claims import CLAIMS
from claims.exports.formats.format import PLAIN, Style
from claims.exports.lists import CHANGES, COMPARISONS, DOCUMENTS, EVENTS, SOURCES
from claims.exports.selected import Selected
from claims.exports.snapshots.contents import CONTENTS
from claims.exports.writing import FORMATS, write
from claims.models import Change, Citation, Claim, Comparison, Document, Event, EventDigest, Source
from claims.queries import lists
from tests import factories
from tests.once import for_a_module

pytestmark = pytest.mark.django_db

LISTS = {
    "claims": (lists.CLAIMS, CLAIMS),
    "events": (lists.EVENTS, EVENTS),
    "comparisons": (lists.COMPARISONS, COMPARISONS),
    "sources": (lists.SOURCES, SOURCES),
    "documents": (lists.DOCUMENTS, DOCUMENTS),
    "changes": (lists.CHANGES, CHANGES),
}
QUERIES = {
    "claims": ("", "order=claimed_on", "order=-added", "measure=killed&from=2023-01-01"),
    "events": ("", "order=-gap_ratio", "country=UA"),
    "comparisons": ("", "order=-latest&measure=killed"),
    "sources": ("", "order=-added"),
    "documents": ("", "order=-published_on"),
    "changes": ("", "kind=withdrawn"),
}
NASTY = [
    "plain", 'a "quoted" word', "one, two", "two\nlines", "old\rlines", "win\r\nlines", "=1+1",
    "Київ", "\\.", " spaces ", "a | b", "'", "%s", "\t", "مرحبا", "\\N",
    "Łódź, Île-de-France", "ﬁre -- _at_ ½ mile_", "İSTANBUL ǅ", "x" * 58 + " - yz",
]  # fmt: skip
PRECISIONS = ["day", "month", "year", "approximate"]


def asked(query: str = "", name: str = "claims") -> Selected:
    listing, _ = LISTS[name]
    return Selected(listing, listing.read(QueryDict(query)))


def text_of(
    records: Any, format_name: str = "csv", style: Style = PLAIN, *, name: str = "claims"
) -> bytes:
    file = io.BytesIO()
    write(LISTS[name][1], format_name, records, file, style=style)
    return file.getvalue()


@pytest.fixture(scope="module")
def tangle(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Claims with every oddity a row can have."""
    with for_a_module(django_db_blocker):
        _make_tangle()
        yield


def _make_tangle() -> None:
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
    _make_lists_odd()
    _make_log_odd()
    for model, every in ((Document, 5), (Source, 7)):
        for number, record in enumerate(model.objects.order_by("pk")):
            if number % every == 0:
                model.objects.filter(pk=record.pk).update(state="draft")
    for number, event in enumerate(Event.objects.published().order_by("pk")):
        if number % 6 == 3:
            Event.objects.filter(pk=event.pk).update(state="withdrawn")
    earlier, later, *_ = Claim.objects.filter(state="published").order_by("-pk")
    Claim.objects.filter(pk=later.pk).update(revises=earlier)


def _make_lists_odd() -> None:
    """Leave events without a digest or headline, documents untitled, and gaps from 0."""
    party, ratios = factories.party("Party D"), ["1.0000", "3.9326", "99999999999.0000", None]
    for number, comparison in enumerate(Comparison.objects.order_by("pk")):
        Comparison.objects.filter(pk=comparison.pk).update(
            gap_high=[None, 0, 350][number % 3], gap_low=[None, 0, 89][number % 3],
            gap_absolute=[0, 0, 261][number % 3], gap_ratio=ratios[number % 4],
            spread_ratio=ratios[(number + 1) % 4], victims_party=[None, party][number % 2],
            latest_claimed_on=[None, date(987, 3, 1)][number % 2],
        )  # fmt: skip
    for number, event in enumerate(Event.objects.order_by("pk")):
        Event.objects.filter(pk=event.pk).update(
            checked_on=[None, date(2024, 2, 29)][number % 2],
            date_end=[None, date(2023, 12, 31), date(2023, 2, 1)][number % 3],
            date_end_precision=PRECISIONS[number % 4], aliases=[[""], ["a", ""], []][number % 3],
        )  # fmt: skip
        if number % 5 == 0:
            EventDigest.objects.filter(event=event).delete()
        if number % 5 == 1:
            EventDigest.objects.filter(event=event).update(headline=None)
    for number, document in enumerate(Document.objects.order_by("pk")):
        if number % 3 == 0:
            Document.objects.filter(pk=document.pk).update(
                title="", publisher=None if number % 2 else document.publisher,
                published_on=[None, date(2023, 3 + number % 9, 9)][number % 4 > 0],
                published_on_precision=PRECISIONS[number % 4],
            )  # fmt: skip
    Source.objects.filter(name__contains="1").update(
        aliases=["The paper", "La ú"], url="https://x.example"
    )


def _make_log_odd() -> None:
    """Leave entries of every kind on every kind of record, with reasons, to the second and not."""
    kinds, words = cycle(["added", "withdrawn", "corrected", "merged", "refreshed"]), cycle(NASTY)
    citations = list(Citation.objects.select_related("claim", "document").order_by("pk"))
    for number, citation in enumerate(citations):
        Change.objects.create(
            kind=next(kinds), at=datetime(2023, 1, 2, 3, 4, 5, [0, 60][number % 2], tzinfo=UTC),
            record_kind="citation", record_id=citation.claim.public_id, claim=citation.claim,
            target_id=citation.document.public_id, event_id=citation.claim.event_id,
        )  # fmt: skip
    for number, change in enumerate(Change.objects.order_by("pk")):
        columns = {"kind": next(kinds)} if number % 2 else {}
        Change.objects.filter(pk=change.pk).update(
            reason=next(words), by=None, event=change.event if number % 7 else None, **columns
        )


def is_storable(title: str) -> bool:
    """Tell whether both databases can hold a text."""
    return "\x00" not in title and not any("\ud800" <= letter <= "\udfff" for letter in title)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_quick_csv_is_the_tables_byte_for_byte(tangle: None, name: str) -> None:
    for query in QUERIES[name]:
        quickly = text_of(asked(query, name), name=name)

        assert quickly == text_of(list(asked(query, name)), name=name), query
        assert quickly.count(b"\n") > (7 if "country" in query else 20), query


@pytest.mark.parametrize("made", ["json", "jsonl"])
def test_quick_records_are_the_tables(tangle: None, made: str) -> None:
    for name in LISTS:
        quickly = text_of(asked(name=name), made, name=name)

        assert quickly == text_of(list(asked(name=name)), made, name=name), name


@pytest.mark.parametrize("style", [Style(spreadsheet=True), Style(hxl=True)])
def test_the_quick_csv_keeps_the_style_asked(tangle: None, style: Style) -> None:
    for name in LISTS:
        quickly = text_of(asked(name=name), style=style, name=name)

        assert quickly == text_of(list(asked(name=name)), style=style, name=name), name


def test_the_rows_of_a_snapshot_are_written_alike(tangle: None, settings: Any) -> None:
    settings.SITE_NAME = "It's 100 %s of “ours”"

    for content in CONTENTS:
        quickly, slowly = io.BytesIO(), io.BytesIO()
        write(content.table, "csv", content.records, quickly)
        write(content.table, "csv", list(content.records), slowly)

        assert quickly.getvalue() == slowly.getvalue(), content.table.name
    assert [c.table.name for c in CONTENTS if c.table.sql is None] == []


@example_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=text(min_size=1, max_size=90).filter(is_storable))
def test_the_address_of_any_title_is_written_alike(db: None, title: str) -> None:
    event = factories.event()
    Event.objects.filter(pk=event.pk).update(title=title)

    assert text_of(asked(name="events"), name="events") == text_of(
        list(asked(name="events")), name="events"
    )


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
    for name in LISTS:
        assert text_of(asked(name=name), name=name) == text_of(list(asked(name=name)), name=name)


def test_what_became_private_since_its_key_was_read_is_left_out(
    tangle: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("claims", "events", "comparisons", "sources", "documents"):
        listing, table = LISTS[name]
        keys = list(listing.rows().order_by("pk").values_list("pk", flat=True))
        monkeypatch.setattr(quick, "_chunks", lambda _, keys=keys: iter([keys]))
        with transaction.atomic():
            for model in (Event, Claim, Source, Document):
                model.objects.filter(pk__gt=0).update(state="draft")

            assert keys
            assert list(quick.rows(table, asked(name=name))) == []
            transaction.set_rollback(True)


def test_reasons_of_what_is_not_public_stay_untold(tangle: None) -> None:
    Change.objects.filter(pk__gt=0).update(reason="secret")
    for model in (Event, Claim, Source, Document):
        model.objects.filter(pk__gt=0).update(state="draft")

    records = [
        orjson.loads(r)
        for r in text_of(asked(name="changes"), "jsonl", name="changes").splitlines()
    ]

    told = {record["kind"] for record in records if record["reason"]}
    assert {record["kind"] for record in records} > told == {"withdrawn", "merged"}
    assert {record["event_id"] for record in records} == {None}


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"geojson"}))
def test_the_rows_written_are_counted(tangle: None, name: str) -> None:
    rows = text_of(asked(), "jsonl").count(b"\n")

    assert write(CLAIMS, name, asked(), io.BytesIO()) == rows
