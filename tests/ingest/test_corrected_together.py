"""Claims, citations and parties that an import changes as sets are as the services leave them."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.ingest.landing import mending, reverting
from claims.ingest.pipeline import undo_batch
from claims.ingest.reasons import reason_of
from claims.models import Change, Citation, Claim, Event, Party
from claims.services import citations, comparisons, events, publishing, search_words
from claims.services import claims as claim_services
from claims.services.integrity import problems
from claims.services.records import editing
from tests.ingest.by_hand import everything
from tests.ingest.importing import plan, put, refusals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
FIGURE = {"wording": "at least 500", "qualifier": "at_least", "low": "500", "best": ""}
NEW = FIGURE | {
    "victims": "people",
    "victims_wording": "",
    "victims_party": "Sylvania",
    "parties": "Ruritania | Graustark | Sylvania",
    "quote": "at least 500 were killed",
    "note": "Counted again",
}
QUIET = {
    "area": "the bridge",
    "credibility": "confirmed",
    "note": "Counted again",
    "claimed_on": "",
}


def told(n: int, **changes: str) -> dict[str, str]:
    keys = {"claim_key": f"bridge-{n}/army", "event_key": f"bridge-{n}"}
    return row(**{"url": f"https://daily.example/{n}", "event": f"Strike {n}"} | keys | changes)


def files(csv_file: Write, numbers: range, **changes: str) -> tuple[Path, Path]:
    """Return a file, and the same one with changes in every row."""
    first = csv_file(*(told(n) for n in numbers))
    return first, csv_file(*(told(n, **changes) for n in numbers), name="newer.csv")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(NEW, id="what a review looks at"),
        pytest.param(QUIET, id="what it does not"),
        pytest.param({"note": "Counted again"}, id="what readers never see"),
        pytest.param({"parties": NEW["parties"]}, id="parties alone"),
        pytest.param({"quote": NEW["quote"], "event": "Raid"}, id="a quote and a title"),
    ],
)
def test_corrections_as_a_set_are_those_that_services_make_one_by_one(
    csv_file: Write, editor: User, reviewer: User, changes: dict[str, str]
) -> None:
    first, newer = files(csv_file, range(3), **changes)
    put(first, editor, publish=True, reviewed_by=reviewer)
    with transaction.atomic():
        batch = put(newer, editor, publish=True, reviewed_by=reviewer)
        together, versions = everything(), versions_of_all()
        transaction.set_rollback(True)

    Hand(changes, editor, reviewer, reason_of(batch)).change(range(3))

    one_by_one = everything()
    for table, rows in one_by_one.items():
        assert together[table] == rows, table
    assert versions == versions_of_all()


def versions_of_all() -> list[int]:
    return [
        version
        for model in (Event, Claim, Citation)
        for version in model.objects.order_by("pk").values_list("version", flat=True)
    ]


class Hand:
    """Tells every record by services what the newer file tells."""

    def __init__(self, changes: dict[str, str], by: User, reviewer: User, reason: str) -> None:
        self.changes, self.by, self.reviewer, self.reason = changes, by, reviewer, reason

    def change(self, numbers: range) -> None:
        with editing(by=self.by, reason=self.reason) as edit:
            self.edit = edit
            if "Sylvania" in self.changes.get("parties", ""):
                edit.save(Party(name="Sylvania"))
            for n in numbers:
                self._event(Event.objects.get(key=f"bridge-{n}"))
            for n in numbers:
                self._claim(Claim.objects.get(key=f"bridge-{n}/army"))
            for n in numbers:
                self._citation(Citation.objects.get(claim__key=f"bridge-{n}/army"))
            for claim in Claim.objects.exclude(state="published"):
                self._publish(claim)

    def _event(self, event: Event) -> None:
        held = self.edit.lock(event)
        held.title = self.changes.get("event", held.title)
        names = self.changes.get("parties", "Ruritania | Graustark").split(" | ")
        events.save_within(self.edit, held, set(Party.objects.filter(name__in=names)))

    def _claim(self, claim: Claim) -> None:
        held = self.edit.lock(claim)
        if "wording" in self.changes:
            held.wording, held.qualifier = "at least 500", "at_least"
            held.low, held.best = 500, None
            held.victims, held.victims_party = "people", Party.objects.get(name="Sylvania")
        held.area = self.changes.get("area", held.area)
        held.credibility = self.changes.get("credibility", held.credibility)
        if "note" in self.changes:
            held.note = "Seen in print\nCounted again"
        claim_services.save_corrected(self.edit, held)

    def _citation(self, citation: Citation) -> None:
        held = self.edit.lock(citation)
        held.wording = self.changes.get("wording", held.wording)
        held.quote = self.changes.get("quote", held.quote)
        citations.save_edited(self.edit, held)

    def _publish(self, claim: Claim) -> None:
        held = self.edit.lock(claim)
        held.reviewed_by, held.reviewed_at = self.reviewer, timezone.now()
        held.submitted_by = self.by
        publishing.make_public(self.edit, held)


def test_corrections_as_a_set_leave_everything_derived_right_and_can_be_undone(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    first, newer = files(csv_file, range(3), **NEW)
    put(first, editor, publish=True, reviewed_by=reviewer)
    published_at = Claim.objects.get(key="bridge-1/army").published_at

    second = put(newer, editor, publish=True, reviewed_by=reviewer)

    claim = Claim.objects.get(key="bridge-1/army")
    assert (claim.low, claim.best, claim.state, claim.published_at, claim.version) == (
        500, None, "published", published_at, 3,
    )  # fmt: skip
    assert Counter(
        Change.objects.filter(kind="corrected").values_list("record_kind", flat=True)
    ) == {"event": 3, "claim": 3}
    derived = [comparisons.differences(), search_words.differences(), problems()]
    assert derived == [[], [], []]
    undo_batch(second, by=editor, reason="Wrong file")
    claim.refresh_from_db()
    assert (claim.low, claim.best, claim.state, second.problem) == (None, 400, "published", "")
    assert [comparisons.differences(), search_words.differences(), problems()] == derived


def test_corrections_and_undoing_them_ask_no_more_of_the_database_the_more_there_are(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(told(1, parties=NEW["parties"])), editor, publish=True, reviewed_by=reviewer)
    asked = []
    starts = count(start=100, step=100)
    for number in (3, 12):
        start = next(starts)
        first, newer = files(csv_file, range(start, start + number), **NEW)
        put(first, editor, publish=True, reviewed_by=reviewer, agreed_by=reviewer)
        with CaptureQueriesContext(connection) as correcting:
            batch = put(newer, editor, publish=True, reviewed_by=reviewer)
        with CaptureQueriesContext(connection) as undoing:
            undo_batch(batch, by=editor, reason="Wrong file")
        asked.append((len(correcting), len(undoing)))

    assert asked[0] == asked[1]


def test_corrections_in_several_sets_are_told_and_taken_back_like_those_of_one(
    csv_file: Write, editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "AT_ONCE", 2)
    monkeypatch.setattr(reverting, "AT_ONCE", 2)
    first, newer = files(csv_file, range(5), **NEW)
    put(first, editor, publish=True, reviewed_by=reviewer)

    batch = put(newer, editor, publish=True, reviewed_by=reviewer)

    assert set(Claim.objects.values_list("low", "best", "version", "state")) == {
        (500, None, 3, "published")
    }
    assert set(Event.objects.values_list("version", flat=True)) == {2}
    undo_batch(batch, by=editor, reason="Wrong file")
    assert set(Claim.objects.values_list("low", "best", "state")) == {(None, 400, "published")}
    assert [comparisons.differences(), search_words.differences(), problems()] == [[], [], []]


def test_undoing_corrections_gives_everything_back(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    first, newer = files(csv_file, range(3), **NEW)
    put(first, editor, publish=True, reviewed_by=reviewer)
    standing = ("Event", "Claim", "Citation", "Comparison", "EventWord", "digests", "parties")
    before = {table: everything()[table] for table in standing}
    batch = put(newer, editor, publish=True, reviewed_by=reviewer)

    undo_batch(batch, by=editor, reason="Wrong file")

    after = everything()
    for table, rows in before.items():
        assert after[table] == rows, table
    latest = Event.objects.get(key="bridge-1").history.latest()
    assert sorted(row.party.name for row in latest.parties.all()) == ["Graustark", "Ruritania"]


def test_claim_whose_question_changes_while_another_revises_it_is_refused_at_its_row(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    later = told(1, claim_key="bridge-1/army-later", revises="bridge-1/army", best="500",
                 wording="about 500", url="https://daily.example/later")  # fmt: skip
    put(csv_file(told(1), later, told(2)), editor, publish=True, reviewed_by=reviewer)

    batch = plan(csv_file(told(1, victims="people"), told(2, victims="people")), publish=True)

    assert [(line, column) for line, column, _ in refusals(batch)] == [(2, "claim_key")]
