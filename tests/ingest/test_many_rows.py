"""Files of more than one block: nothing depends on where a block ends."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest.blocks import MOST_ROWS, in_blocks
from claims.ingest.csv_table import Row
from claims.ingest.landing.checking import Checker
from claims.ingest.landing.naming import Names
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.remembering import LONGEST_REMEMBERED, REMEMBERED_RECORDS
from claims.ingest.landing.staging import Staging
from claims.ingest.tables.limits import LONGEST_CELL
from claims.models import Citation, Claim, Document, Event, Source
from tests.ingest.importing import plan, put, refusals, totals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
Cells = dict[str, str]

WITHOUT_KEYS = ("claim_key", "event_key")


def plain(n: int, **cells: str) -> Cells:
    """Return a row of a claim of its own, about one event, without a document."""
    return {
        "claim_key": f"bridge/{n}",
        "event_key": "bridge",
        "event": "Strike on the bridge",
        "claimant": "Army of Ruritania",
        "measure": "killed",
        "wording": str(n),
        **cells,
    }


def cited(n: int, **cells: str) -> Cells:
    """Return such a row with a document of its own."""
    return plain(n, **{"url": f"https://daily.example/{n}", **cells})


def test_claim_when_its_rows_stand_in_two_blocks_is_one(csv_file: Write, editor: User) -> None:
    rows = [cited(n) for n in range(1, MOST_ROWS)]
    rows += [cited(0, note="First"), cited(0, url="https://daily.example/x", note="Second")]

    batch = put(csv_file(*rows), editor)

    claim = Claim.objects.get(key="bridge/0")
    assert (claim.note, claim.citations.count()) == ("First\nSecond", 2)
    assert [batch.counts[kind]["new"] for kind in ("event", "claim", "citation")] == [
        1,
        MOST_ROWS,
        MOST_ROWS + 1,
    ]


def test_rows_when_they_repeat_a_block_later_add_nothing(csv_file: Write, editor: User) -> None:
    rows = [cited(n) for n in range(MOST_ROWS)]

    put(csv_file(*rows, *rows), editor)

    assert [m.objects.count() for m in (Event, Claim, Document, Citation)] == [
        1,
        MOST_ROWS,
        MOST_ROWS,
        MOST_ROWS,
    ]


def test_rows_when_they_contradict_a_block_later_are_refused(csv_file: Write) -> None:
    rows = [cited(n) for n in range(MOST_ROWS)]

    batch = plan(csv_file(*rows, cited(7, measure="injured")))

    assert refusals(batch) == [
        (
            MOST_ROWS + 2,
            "measure",
            "“injured” here, but “killed” in row 9, of the claim bridge/7.",
        )
    ]


def test_row_when_refused_within_a_block_puts_nothing_down(csv_file: Write) -> None:
    bad = {
        "event_key": "mill",
        "event": "Fire in the mill",
        "url": "https://daily.example/mill",
        "measure": "kiled",
    }

    batch = plan(csv_file(cited(1), cited(2, **bad), cited(3)))

    assert [row for row, _, _ in refusals(batch)] == [3]
    assert [batch.counts[kind]["new"] for kind in ("event", "document", "claim")] == [1, 2, 2]


def test_event_when_its_first_row_is_refused_is_taken_from_the_next(csv_file: Write) -> None:
    batch = plan(csv_file(cited(1, measure="kiled"), cited(2), cited(3)))

    assert [(s["kind"], s["row"]) for s in batch.samples["new"] if s["kind"] == "event"] == [
        ("event", 3)
    ]


def test_cells_when_refused_in_every_row_are_refused_in_each(csv_file: Write) -> None:
    batch = plan(csv_file(*(plain(n, event_start="soon") for n in range(MOST_ROWS + 2))))

    assert [(row, column) for row, column, _ in refusals(batch)] == [
        (n, "event_start") for n in range(2, MOST_ROWS + 4)
    ]


def test_row_when_several_cells_are_bad_is_refused_for_each(csv_file: Write) -> None:
    bad = cited(2, claimant="", measure="kiled", best="4oo", country="XX", published_on="soon")

    batch = plan(csv_file(cited(1), bad, cited(3)))

    assert [(row, column) for row, column, _ in refusals(batch)] == [
        (3, "best"),
        (3, "claimant"),
        (3, "country"),
        (3, "measure"),
        (3, "published_on"),
    ]


def test_file_when_it_breaks_off_after_a_block_has_one_refusal_and_no_counts(
    csv_file: Write, tmp_path: Path
) -> None:
    path = csv_file(*(plain(n) for n in range(MOST_ROWS)))
    path.write_bytes(path.read_bytes() + b'bridge/x,"bridge\r\n')

    batch = plan(path)

    assert refusals(batch) == [(MOST_ROWS + 2, "", "A quotation mark is opened and never closed.")]
    assert (batch.rows_total, batch.counts, batch.samples) == (MOST_ROWS, {}, {})


def test_column_when_only_a_late_row_has_it_is_kept(csv_file: Write, editor: User) -> None:
    rows = [plain(n, area="") for n in range(MOST_ROWS)]

    put(csv_file(*rows, plain(MOST_ROWS, area="The town")), editor)

    assert list(Claim.objects.exclude(area="").values_list("key", "area")) == [
        (f"bridge/{MOST_ROWS}", "The town")
    ]


def test_rows_when_each_has_other_columns_are_read_like_a_table(
    tmp_path: Path, editor: User
) -> None:
    path = tmp_path / "claims.json"
    path.write_text(json.dumps([plain(1), {**cited(2), "area": "The town"}, plain(3)]))

    put(path, editor)

    assert list(Claim.objects.order_by("key").values_list("key", "area")) == [
        ("bridge/1", ""),
        ("bridge/2", "The town"),
        ("bridge/3", ""),
    ]


def test_claimant_when_its_kind_is_wrong_in_rows_without_keys_is_refused_once(
    csv_file: Write,
) -> None:
    told = {n: c for n, c in row(claimant_kind="armed").items() if n not in WITHOUT_KEYS}
    rows = [told | {"best": best, "wording": f"about {best}"} for best in ("10", "20", "30")]

    batch = plan(csv_file(*rows))

    assert [(row, column) for row, column, _ in refusals(batch)] == [(2, "claimant_kind")]


def test_names_when_a_publisher_comes_before_a_claimant_are_spelt_as_the_first_row_has_them(
    csv_file: Write, editor: User
) -> None:
    put(csv_file(cited(1, publisher="THE DAILY"), cited(2, claimant="The Daily")), editor)

    assert sorted(Source.objects.values_list("name", flat=True)) == [
        "Army of Ruritania",
        "THE DAILY",
    ]


def test_file_when_longer_than_what_is_remembered_has_every_claim_once(
    csv_file: Write,
) -> None:
    rows = [plain(n) for n in range(REMEMBERED_RECORDS + MOST_ROWS)]

    batch = plan(csv_file(*rows, *rows[:3], *rows[-3:]))

    assert totals(batch) == {
        "new": len(rows) + 2,
        "changed": 0,
        "same": 0,
        "refused": 0,
    }


def test_claim_when_its_note_is_long_is_remembered_without_it() -> None:
    staging, refused = Staging(), Refusals()
    staging.create_landing()
    checker = Checker(staging, Names(refused), refused)
    long = Row(2, plain(1, note="x" * LONGEST_CELL))

    list(checker.take(in_blocks([long, long, Row(3, plain(1, note="Another"))])))

    assert staging.number("SELECT count(*) FROM landing_claim") == 2
    assert len(str(checker.putting.claims)) < LONGEST_REMEMBERED
    staging.drop()


@pytest.mark.parametrize("awkward", ["tab\there", "line\nbreak", "back\\slash", "\\N", "\\."])
def test_text_when_it_holds_what_parts_cells_is_kept(
    csv_file: Write, editor: User, awkward: str
) -> None:
    put(csv_file(cited(1, quote=f"1 {awkward} 1"), cited(2, quote="2")), editor)

    assert list(Citation.objects.order_by("pk").values_list("quote", flat=True)) == [
        f"1 {awkward} 1",
        "2",
    ]
