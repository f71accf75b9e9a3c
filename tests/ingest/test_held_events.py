"""An import that changes what other events show: editors wait for it, and it never for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from claims.ingest.pipeline import commit_batch, undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Document, ImportBatch, Source
from claims.services import comparisons, plain_records
from claims.services.integrity import problems
from claims.services.refusals import StaleVersion
from tests import factories
from tests.ingest.importing import plan, put
from tests.ingest.rows import row
from tests.ingest.test_at_once import Pause, while_it_pauses

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

TOLD: dict[str, dict[str, str]] = {
    "source": {"is_compilation": "yes"},
    "its side": {"speaks_for": "Graustark"},
    "a new side": {"speaks_for": "Freedonia"},
    "document": {"document": "Army: 400 killed"},
    "its publisher": {"publisher": "The Weekly"},
    "its day": {"published_on": "2023-01-05"},
}
"""What the second file tells otherwise, of the claimant or of the document of both events."""


def of_battle(name: str, **cells: str) -> dict[str, str]:
    return row(claim_key=f"{name}/killed", event_key=name, event=f"Battle of {name}", **cells)


@pytest.fixture
def tried(csv_file: Callable[..., Path]) -> Callable[..., tuple[ImportBatch, Callable[..., Any]]]:
    """Import two events, then plan a file that tells of the second alone; give what commits it."""

    def prepare(told: dict[str, str], **said: str) -> tuple[ImportBatch, Callable[..., Any]]:
        editor, reviewer = (factories.user(role="editor") for _ in range(2))
        both = csv_file(of_battle("first"), of_battle("second"), name="1.csv")
        put(both, editor, reviewed_by=reviewer, publish=True)
        path = csv_file(of_battle("second", **told), name="2.csv")
        batch = plan(path, publish=True, by=editor, **said)
        return batch, partial(commit_batch, batch, path, by=editor, reviewed_by=reviewer)

    return prepare


def edited(record: Any, by: User, said: list[str]) -> None:
    """Edit a record as an editor who has its first version before them."""
    changes = {"aliases": ["Army"]} if isinstance(record, Source) else {"author": "A. Writer"}
    try:
        plain_records.edit_record(
            record, by=by, changes=changes, expected_version=record.version, reason="Found out"
        )
    except (StaleVersion, OperationalError) as error:
        said.append(type(error).__name__)


def at_work(work: Callable[..., Any], pause: Pause, other: Callable[[], object]) -> list[str]:
    """Do the other thing while a work pauses; return what the database said to the work."""
    said: list[str] = []

    def working() -> None:
        try:
            work(progress=pause)
        except OperationalError as error:
            said.append(str(error))

    while_it_pauses(working, pause, other)
    return said


def shown_by_both(what: str) -> Any:
    is_of_source = set(TOLD[what]) & {"is_compilation", "speaks_for"}
    return Source.objects.get(name="Army of Ruritania") if is_of_source else Document.objects.get()


@pytest.mark.parametrize(
    ("what", "is_release"),
    [
        *(pytest.param(what, False, id=f"{what}, by a file") for what in TOLD),
        *(pytest.param(what, True, id=f"{what}, by a release") for what in ("source", "document")),
    ],
)
def test_editor_of_what_other_events_show_waits_for_an_import_that_changes_it(
    tried: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, what: str, is_release: bool
) -> None:
    monkeypatch.setattr(ClaimsCsvReading, "revises", is_release)
    figure = {"best": "401", "wording": "about 401"} if is_release else {}
    batch, work = tried(TOLD[what] | figure, release="2")
    record, told = shown_by_both(what), []
    edit = partial(edited, record, factories.user(role="editor"), told)

    said = at_work(work, Pause("Writing new records"), edit)

    batch.refresh_from_db()
    assert (said, told) == ([], ["StaleVersion"])
    assert (batch.state, batch.problem) == ("committed", "")
    assert comparisons.differences() == []
    assert problems() == []


def test_editor_of_a_publisher_waits_for_the_undoing_of_what_an_import_changed_of_it(
    csv_file: Callable[..., Path],
) -> None:
    editor, reviewer = (factories.user(role="editor") for _ in range(2))
    printed = {"document": "Leaflet", "publisher": "Army of Ruritania", "url": ""}
    elsewhere = {"claimant": "Navy", "document": "Relay", "url": "", "via": "Leaflet"}
    both = csv_file(of_battle("first", **elsewhere), of_battle("second", **printed), name="1.csv")
    put(both, editor, reviewed_by=reviewer, publish=True)
    told = csv_file(of_battle("second", **printed, **TOLD["source"]), name="2.csv")
    batch = put(told, editor, reviewed_by=reviewer, publish=True)
    source, said = Source.objects.get(name="Army of Ruritania"), []
    undoing = partial(undo_batch, batch, by=editor, reason="Wrong file")
    edit = partial(edited, source, reviewer, said)

    undone = at_work(undoing, Pause("Putting back what was changed", counting=True), edit)

    batch.refresh_from_db()
    assert (undone, said, batch.state) == ([], ["StaleVersion"], "undone")
    assert comparisons.differences() == []
