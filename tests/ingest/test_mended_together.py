"""What an import changes as a set is what the services change one by one."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.ingest.pipeline import undo_batch
from claims.ingest.reasons import reason_of
from claims.models import Change, Document, Event, ImportEdit
from claims.services import comparisons, events, plain_records, search_words
from claims.services.integrity import problems
from claims.services.records import editing
from tests import factories
from tests.ingest.by_hand import everything
from tests.ingest.importing import plan, put, refusals, totals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
NEW = {
    "event": "Strike on the new bridge, {n}",
    "event_start": "2023-02",
    "event_end": "2023-03-05",
    "country": "UA",
    "place": "Newtown",
    "latitude": "48.5",
    "event_identifiers": "acled:{n}",
    "event_aliases": "Міст | Neue Brücke",
    "document": "Army: four hundred, {n}",
    "author": "A. Writer",
    "published_on": "2023-01-04",
}


def told(n: int, **changes: str) -> dict[str, str]:
    keys = {"claim_key": f"bridge-{n}/army", "event_key": f"bridge-{n}", "note": ""}
    mine = {"url": f"https://daily.example/{n}", "event": f"Strike {n}", **keys}
    return row(**mine | {name: cell.format(n=n) for name, cell in changes.items()})


def files(csv_file: Write, numbers: range) -> tuple[Path, Path]:
    """Return a file, and the same one where every event and document is told otherwise."""
    first = csv_file(*(told(n) for n in numbers))
    newer = csv_file(*(told(n, **NEW) for n in numbers), name="newer.csv")
    return first, newer


def test_changes_as_a_set_are_those_that_services_make_one_by_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    first, newer = files(csv_file, range(3))
    put(first, editor, publish=True, reviewed_by=reviewer)
    with transaction.atomic():
        batch = put(newer, editor, publish=True, reviewed_by=reviewer)
        together = everything()
        versions = ImportEdit.objects.filter(batch=batch).values_list("version_before", flat=True)
        assert (totals(batch)["changed"], list(versions)) == (6, [1] * 6)
        transaction.set_rollback(True)

    change_by_hand(editor, reason_of(batch))

    one_by_one = everything()
    for table, rows in one_by_one.items():
        assert together[table] == rows, table


def change_by_hand(by: User, reason: str) -> None:
    """Tell every event and document by services what the newer file tells."""
    with editing(by=by, reason=reason) as edit:
        for n in range(3):
            event = edit.lock(Event.objects.get(key=f"bridge-{n}"))
            event.title = f"Strike on the new bridge, {n}"
            event.date_start, event.date_start_precision = date(2023, 2, 1), "month"
            event.date_end, event.countries, event.place = date(2023, 3, 5), ["UA"], "Newtown"
            event.latitude, event.identifiers = Decimal("48.5"), [f"acled:{n}"]
            event.aliases = ["Brücke", "Міст", "Neue Brücke"]
            events.save_within(edit, event)
            document = edit.lock(Document.objects.get(url=f"https://daily.example/{n}"))
            document.title, document.author = f"Army: four hundred, {n}", "A. Writer"
            document.published_on, document.published_on_precision = date(2023, 1, 4), "day"
            plain_records.save_edited(edit, document)


def test_changes_as_a_set_leave_everything_derived_right_and_can_be_undone(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    first, newer = files(csv_file, range(3))
    put(first, editor, publish=True, reviewed_by=reviewer)

    second = put(newer, editor, publish=True, reviewed_by=reviewer)

    event = Event.objects.get(key="bridge-1")
    assert (event.title, event.date_start.isoformat(), event.version) == (
        "Strike on the new bridge, 1",
        "2023-02-01",
        2,
    )
    assert sorted(row.party.name for row in event.history.latest().parties.all()) == [
        "Graustark",
        "Ruritania",
    ]
    assert Counter(
        Change.objects.filter(kind="corrected").values_list("record_kind", flat=True)
    ) == {
        "event": 3,
        "document": 3,
    }
    derived = [comparisons.differences(), search_words.differences(), problems()]
    assert derived == [[], [], []]
    undo_batch(second, by=editor, reason="Wrong file")
    event.refresh_from_db()
    document = Document.objects.get(url="https://daily.example/1")
    assert (event.title, document.title) == ("Strike 1", "Army: about 400 killed")
    assert second.problem == ""
    assert [comparisons.differences(), search_words.differences(), problems()] == derived


def test_changes_as_a_set_ask_no_more_of_the_database_the_more_there_are(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    asked = []
    starts = count(step=100)
    for number in (3, 12):  # few enough for one statement of SQLite each
        start = next(starts)
        first, newer = files(csv_file, range(start, start + number))
        put(first, editor, agreed_by=reviewer)
        with CaptureQueriesContext(connection) as queries:
            put(newer, editor)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_change_that_a_rule_of_the_table_forbids_is_refused_at_its_row_alone(
    csv_file: Write, editor: User
) -> None:
    later = told(1, event_start="2024-05-01", event_end="2024-05-02")
    put(csv_file(told(0), later, told(2)), editor)
    good, bad = told(0, place="Newtown"), told(1, event_start="", event_end="2023-03-05")

    batch = plan(csv_file(good, bad, told(2, place="Newtown")))

    assert [(line, column) for line, column, _ in refusals(batch)] == [(3, "event")]


def test_document_that_a_file_names_twice_is_changed_once_and_again(
    csv_file: Write, editor: User
) -> None:
    put(csv_file(told(1)), editor)
    document = Document.objects.get()
    other = factories.document(url="https://daily.example/other", state="draft")
    Document.objects.filter(pk=other.pk).update(merged_into=document, state="withdrawn")
    path = csv_file(
        told(1, author="A. Writer"),
        told(1, url="https://daily.example/other", document="Late edition"),
    )

    put(path, editor)

    document.refresh_from_db()
    assert (document.author, document.title) == ("A. Writer", "Late edition")
    assert document.version == 3


def test_change_of_an_editor_is_not_overtaken_by_a_set(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(*(told(n) for n in range(2))), editor)
    event, document = Event.objects.get(key="bridge-0"), Document.objects.first()
    events.edit_event(event, by=reviewer, changes={"place": "Riverside"})
    plain_records.edit_record(
        document, by=reviewer, changes={"author": "B."}, expected_version=None, reason="Seen"
    )

    put(csv_file(*(told(n, event=NEW["event"]) for n in range(2))), editor)

    event.refresh_from_db()
    document.refresh_from_db()
    assert (event.title, event.place) == ("Strike on the new bridge, 0", "Riverside")
    assert document.author == "B."
