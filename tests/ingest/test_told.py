"""What readers are told of imports, of drafts among them, and of taking imports back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.ingest.pipeline import undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Change, Claim, Event, ImportBatch, Source
from claims.services import claims as claim_services
from claims.services import events as event_services
from claims.services import sources as source_services
from tests import factories
from tests.feeds.mirror import Mirror
from tests.ingest.importing import put
from tests.ingest.rows import war_row
from tests.ingest.soundness import faults

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
RETURNED = "corrected state"


@pytest.fixture(autouse=True)
def _has_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the interchange CSV stand for a dataset that comes in releases."""
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    monkeypatch.setattr(ClaimsCsvReading, "dataset", "war")


class Desk:
    """Imports releases, edits their claim and takes them back, a step a word."""

    def __init__(self, csv_file: Write, client: Client, editor: User, reviewer: User) -> None:
        self.csv_file, self.client, self.editor, self.reviewer = csv_file, client, editor, reviewer
        self.mirror = Mirror()
        self.batches: dict[str, ImportBatch] = {}

    def do(self, steps: str) -> None:
        """Take steps such as "draft:1 undo:1"; after each everything is as it has to be."""
        for step in steps.split():
            name, _, of = step.partition(":")
            getattr(self, name)(of)
            assert faults(self.client, self.mirror) == [], step

    def draft(self, release: str, *, publish: bool = False) -> None:
        rows = [war_row(n, 5) | CELLS[release] for n in BATTLES.get(release, (1, 2))]
        path = self.csv_file(*rows, name=f"{release}.csv")
        self.batches[release] = put(
            path,
            self.editor,
            publish=publish,
            reviewed_by=self.reviewer,
            agreed_by=self.reviewer,
            release=release,
            withdraw_gone=release == "fewer",
        )

    def public(self, release: str) -> None:
        self.draft(release, publish=True)

    def undo(self, release: str) -> None:
        undo_batch(self.batches[release], by=self.editor, reason="Wrong file")

    def by_hand(self, _: str) -> None:
        factories.publish(self.claim(), by=self.reviewer)

    def correct(self, _: str) -> None:
        changes = {"victims": "people"}
        claim_services.correct_claim(
            self.claim(), by=self.editor, changes=changes, reason="Misread"
        )

    def claim(self) -> Claim:
        return Claim.objects.get(key="war/2/killed")

    def told(self) -> list[str]:
        """Return what readers were told of the second claim."""
        entries = Change.objects.told().filter(claim__event__title="Battle 2", record_kind="claim")
        return [
            " ".join([e.kind, *(one["field"] for one in e.fields)]) for e in entries.order_by("pk")
        ]


EVENING = {"publisher": "The Evening"}
OTHER = {"document": "Other", "url": "https://other.example"} | EVENING
CELLS = {
    "1": {},
    "again": {},
    "fewer": {},
    "elsewhere": {"place": "Elsewhere"},
    "civilians": {"victims": "civilians", "victims_wording": ""},
    "evening": EVENING | {"best": "6"},
    "other": OTHER | {"best": "6"},
    "third": OTHER,
}
"""What the releases tell otherwise than the first."""
BATTLES = {"fewer": (1,), "third": (3,)}


@pytest.fixture
def desk(csv_file: Write, client: Client, editor: User, reviewer: User) -> Desk:
    return Desk(csv_file, client, editor, reviewer)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param("draft:1 undo:1", [], id="drafts come and go without a word"),
        pytest.param(
            "draft:1 public:again undo:again",
            ["added", "withdrawn"],
            id="drafts made public are told to be gone when they are drafts again",
        ),
        pytest.param(
            "draft:1 public:again undo:again by_hand",
            ["added", "withdrawn", RETURNED],
            id="and to be public again when somebody publishes them",
        ),
        pytest.param(
            "draft:1 public:again undo:again public:again undo:again undo:1",
            ["added", "withdrawn", RETURNED, "withdrawn"],
            id="a draft that goes for good is not told to go once more",
        ),
        pytest.param(
            "draft:1 by_hand undo:1",
            ["added", "withdrawn"],
            id="of drafts only the published one is told to be withdrawn",
        ),
        pytest.param(
            "public:1 draft:civilians undo:civilians",
            ["added"],
            id="a claim that left for a review comes back without a word",
        ),
        pytest.param(
            "public:1 draft:civilians draft:fewer undo:fewer",
            ["added", "withdrawn"],
            id="one that is gone meanwhile is told to be",
        ),
        pytest.param(
            "public:1 draft:civilians public:civilians undo:civilians",
            ["added", "corrected victims", "withdrawn"],
            id="one that waits for its review again is told to be gone",
        ),
        pytest.param(
            "public:1 correct undo:1",
            ["added", "withdrawn"],
            id="one that an editor corrected goes with its import",
        ),
    ],
)
def test_readers_are_told_once_of_what_comes_and_goes(
    desk: Desk, steps: str, told: list[str]
) -> None:
    desk.do(steps)

    assert desk.told() == told


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param("draft:third public:1 public:other", id="of a draft document"),
        pytest.param("draft:third public:1 public:evening", id="that a document names instead"),
    ],
)
def test_draft_publisher_that_an_import_published_is_a_draft_again(desk: Desk, steps: str) -> None:
    desk.do(steps)
    assert Source.objects.get(name="The Evening").state == "published"

    desk.do(f"undo:{steps.rpartition(':')[2]}")

    assert Source.objects.get(name="The Evening").state == "draft"


def test_part_of_a_draft_event_that_an_import_publishes_names_it_from_now_on(desk: Desk) -> None:
    desk.do("draft:1")
    part = event_services.create_event(by=desk.editor, title="Raid")
    event_services.publish_event(part, by=desk.editor)
    above = Event.objects.get(title="Battle 2")
    event_services.edit_event(part, by=desk.editor, changes={"parent": above})

    desk.do("public:again undo:again")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param("draft:1 undo:1", ["added"], id="of which nobody knew"),
        pytest.param("public:1 undo:1", ["added", "withdrawn", "corrected"], id="that was public"),
    ],
)
def test_chief_brings_back_a_source_of_an_undone_import(
    desk: Desk, steps: str, told: list[str]
) -> None:
    desk.do(steps)
    source = Source.objects.get(name="The Daily")

    source_services.publish_source(source, by=factories.user(role="chief"), reason="Known")

    entries = Change.objects.told().filter(record_id=source.public_id).order_by("pk")
    assert list(entries.values_list("kind", flat=True)) == told
    assert faults(desk.client, desk.mirror) == []


def test_new_publisher_of_a_public_document_has_its_history_in_order(desk: Desk) -> None:
    desk.do("public:1 draft:evening")

    history = Source.objects.get(name="The Evening").history.order_by("history_id")
    assert list(history.values_list("version", "state")) == [(1, "draft"), (2, "published")]
