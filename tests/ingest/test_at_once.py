"""An editor and an import at work at once: the import goes by what the editor saved."""

from __future__ import annotations

import contextlib
import csv
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.ingest.pipeline import commit_batch, undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Change, Claim, Document, ImportBatch, Source
from claims.services import claims as claim_services
from claims.services import comparisons, plain_records, reviews
from claims.services.integrity import problems
from claims.services.refusals import StaleVersion, WrongState
from tests import factories
from tests.ingest.importing import plan, put
from tests.ingest.rows import row
from tests.threads import in_a_thread

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WITHIN = 20
Work = Callable[..., Any]


@pytest.fixture(autouse=True)
def _has_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    monkeypatch.setattr(ClaimsCsvReading, "dataset", "war")


def written(path: Path, cells: dict[str, str] | None = None, **figures: int) -> Path:
    rows = [
        row(event=f"Battle {key}", wording="", qualifier="exactly", best=str(best), note="")
        | {"claim_key": f"war/{key}/killed", "event_key": f"war/{key}", "quote": ""}
        | (cells or {})
        for key, best in figures.items()
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def while_first_is_open(first: Callable[[], None], second: Callable[[], None]) -> None:
    """Begin the second while the first has saved and not committed, and let both end."""
    has_saved, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            first()
            has_saved.set()
            may_commit.wait(WITHIN)

    slow = in_a_thread(slowly)
    assert has_saved.wait(WITHIN)
    waiting = in_a_thread(second)
    waiting.join(1)
    assert waiting.is_alive()
    may_commit.set()
    slow.join(WITHIN)
    waiting.join(WITHIN)


@pytest.mark.parametrize("what", ["withdrawn", "corrected"])
def test_release_waits_for_an_editor_and_goes_by_what_was_saved(tmp_path: Path, what: str) -> None:
    editor, reviewer, chief = (factories.user(role=r) for r in ("editor", "editor", "chief"))
    said = {"publish": True}
    path = written(tmp_path / "1.csv", a=5, b=7)
    put(path, editor, reviewed_by=reviewer, release="1", **said)
    claim = Claim.objects.get(key="war/b/killed")
    newer = written(tmp_path / "2.csv", a=6)
    batch = plan(newer, release="2", withdraw_gone=True, by=editor, **said)

    def edit() -> None:
        if what == "withdrawn":
            reviews.withdraw_claim(claim, by=chief, reason="Never said")
        else:
            changes = {"area": "The north"}
            claim_services.correct_claim(claim, by=chief, changes=changes, reason="Mended")

    def commit() -> None:
        with contextlib.suppress(WrongState):
            commit_batch(batch, newer, by=editor, reviewed_by=reviewer, agreed_by=reviewer)

    while_first_is_open(edit, commit)

    claim.refresh_from_db()
    batch.refresh_from_db()
    withdrawn = Change.objects.filter(kind="withdrawn", record_id=claim.public_id)
    assert (claim.state, withdrawn.count()) == ("withdrawn", 1)
    if what == "corrected":
        assert (batch.state, batch.problem, claim.area) == ("committed", "", "The north")
    else:
        assert batch.state == "planned"
        assert "no longer what the dry run said (gone claims 1 then, 0 now)" in batch.problem
    assert comparisons.differences() == []
    assert problems() == []


def test_second_import_at_once_is_told_to_come_again(tmp_path: Path) -> None:
    editor = factories.user(role="editor")
    path = written(tmp_path / "1.csv", a=5)
    first, second = (plan(path, release="1", by=editor) for _ in range(2))
    began, go_on, refused = threading.Event(), threading.Event(), []

    class Waits:
        def step(self, name: str, total: int | None = None) -> None:
            if name == "Writing new records":
                began.set()
                go_on.wait(WITHIN)

        def advance(self, rows: int = 1) -> None:
            pass

    def commit_second() -> None:
        try:
            commit_batch(second, path, by=editor)
        except WrongState as error:
            refused.append(str(error))

    writing = in_a_thread(lambda: commit_batch(first, path, by=editor, progress=Waits()))
    assert began.wait(WITHIN)
    in_a_thread(commit_second).join(WITHIN)
    go_on.set()
    writing.join(WITHIN)

    assert refused == ["Another import is being written just now; try again soon."]
    assert Claim.objects.count() == 1
    with pytest.raises(WrongState, match="no longer what the dry run said"):
        commit_batch(second, path, by=editor)


class Pause:
    """Follows a work and has it wait where it has come to a step, or has begun to count in one."""

    def __init__(self, step: str, *, counting: bool = False) -> None:
        self.at, self.counting, self.now = step, counting, ""
        self.began, self.go_on = threading.Event(), threading.Event()

    def step(self, name: str, total: int | None = None) -> None:
        self.now = name
        if not self.counting:
            self._wait()

    def advance(self, rows: int = 1) -> None:
        if self.counting:
            self._wait()

    def _wait(self) -> None:
        if self.now == self.at and not self.began.is_set():
            self.began.set()
            self.go_on.wait(WITHIN)


def while_it_pauses(work: Work, pause: Pause, other: Work) -> None:
    """Do the other thing while a work pauses, and let both end."""
    working = in_a_thread(work)
    assert pause.began.wait(WITHIN)
    waiting = in_a_thread(other)
    waiting.join(1)
    pause.go_on.set()
    working.join(WITHIN)
    waiting.join(WITHIN)


TOLD_ANEW = {"is_compilation": "yes", "author": "A. Writer", "area": "The north"}
OF_AN_EDITOR: dict[str, dict[str, Any]] = {
    "source": {"aliases": ["Army"]},
    "document": {"title": "Army: 400"},
    "claim": {"victims_wording": "men"},
}


def changed_by_all(what: str) -> Any:
    """Return a record that the second release changes in place."""
    if what == "claim":
        return Claim.objects.get(key="war/b/killed")
    return (
        Source.objects.get(name="Army of Ruritania") if what == "source" else Document.objects.get()
    )


def second_release(tmp_path: Path, editor: User, reviewer: User) -> tuple[ImportBatch, Work]:
    """Return a planned release after a first one, and what commits it."""
    path = written(tmp_path / "1.csv", a=5, b=7)
    put(path, editor, reviewed_by=reviewer, release="1", publish=True)
    newer = written(tmp_path / "2.csv", cells=TOLD_ANEW, a=6, b=7)
    batch = plan(newer, release="2", publish=True, by=editor)
    return batch, lambda progress: commit_batch(
        batch, newer, by=editor, reviewed_by=reviewer, progress=progress
    )


@pytest.mark.parametrize("what", OF_AN_EDITOR)
@pytest.mark.parametrize("state", ["committed", "undone"])
def test_editor_of_what_an_import_changes_waits_for_it_and_is_told(
    tmp_path: Path, what: str, state: str
) -> None:
    editor, reviewer = (factories.user(role="editor") for _ in range(2))
    batch, work = second_release(tmp_path, editor, reviewer)
    pause = Pause("Writing new records")
    if state == "undone":
        work(None)
        pause = Pause("Putting back what was changed", counting=True)
        work = partial(undo_batch, batch, by=editor, reason="Wrong file", progress=pause)
    else:
        work = partial(work, pause)
    record = changed_by_all(what)
    version, told = record.version, []

    def edit() -> None:
        given = {"by": reviewer, "changes": OF_AN_EDITOR[what], "reason": "Found out"}
        change = claim_services.correct_claim if what == "claim" else plain_records.edit_record
        try:
            change(record, **given, expected_version=version)
        except StaleVersion as error:
            told.append(str(error))

    while_it_pauses(work, pause, edit)

    batch.refresh_from_db()
    record.refresh_from_db()
    assert (batch.state, batch.problem) == (state, "")
    assert (record.version, len(told)) == (version + 1, 1)
    assert problems() == []
