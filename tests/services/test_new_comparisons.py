"""The comparisons of new events are the same, computed beside the database's work."""

import tempfile
from collections.abc import Iterator, Sequence
from errno import ENOSPC
from typing import IO, Any

import pytest

from claims.models import Citation, Comparison, Event, EventDigest
from claims.services import comparisons, facets
from claims.services.new_comparisons import NewComparisons, Rows
from tests import factories

pytestmark = pytest.mark.django_db

EVERY = "SELECT id FROM claims_event"


@pytest.fixture
def events() -> Iterator[list[Event]]:
    """Events whose derived rows are all missing; the second half has no claims."""
    odd = "“Ж”, \\N \\t \\"
    found = [factories.event(title=f"Strike {n} on {odd}", countries=["UA"]) for n in range(6)]
    for event in found[:3]:
        first = factories.claim(event=event, victims_wording="men \\ women", area=odd)
        factories.claim(event=event, wording="12", claimant=first.claimant, revises=first)
        factories.claim(event=event, measure="injured", wording="none")
        claim = factories.claim(event=event, measure="injured", wording="at least 4")
        factories.citation(claim=claim, quote=f'"{odd}"\n and more', wording="4 or more")
    factories.claim(event=found[0], state="draft")
    EventDigest.objects.all().delete()
    Comparison.objects.all().delete()
    return found


def test_new_comparisons_equal_a_fresh_look(events: list[Event]) -> None:
    heard: list[int] = []

    with NewComparisons(EVERY) as computing:
        computing.store(heard.append)
    facets.refresh([event.pk for event in events])

    assert comparisons.differences() == []
    assert (Comparison.objects.count(), EventDigest.objects.count()) == (6, 6)
    assert sum(heard) == 6


def test_new_comparisons_that_are_given_up_leave_nothing(events: list[Event]) -> None:
    with NewComparisons(EVERY):
        pass

    assert (Comparison.objects.count(), EventDigest.objects.count()) == (0, 0)


def test_new_comparisons_of_no_events_are_none() -> None:
    with NewComparisons(EVERY) as computing:
        computing.store()

    assert Comparison.objects.count() == 0


def test_new_comparisons_leave_room_for_the_next_one(events: list[Event]) -> None:
    with NewComparisons(EVERY) as computing:
        computing.store()

    factories.claim(event=events[4])

    assert Comparison.objects.count() == 7


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\\N", id="what a copy has for a missing value"),
        pytest.param("\v", id="what ours has"),
        pytest.param("\\v", id="how that is written in a text"),
    ],
)
def test_new_comparisons_of_texts_that_read_like_nothing_keep_them(text: str) -> None:
    claim = factories.claim(
        victims="combatants",
        victims_party=factories.party(name="\\N"),
        area="\\N",
        claimant=factories.source(name="\\N"),
    )
    document = factories.document(title="\\N", publisher=factories.source(name="\\\\N"))
    factories.citation(claim=claim, document=document, locator="\\t")
    Citation.objects.update(quote=text)
    EventDigest.objects.all().delete()
    Comparison.objects.all().delete()

    with NewComparisons(EVERY) as computing:
        computing.store()
    facets.refresh([claim.event_id])

    assert comparisons.differences() == []


class LostDisk(Rows):
    """Rows that cannot be kept."""

    def add(self, row: Sequence[Any]) -> None:
        """Fail as a drive behind a network does."""
        raise TimeoutError("the disk does not answer")


def test_new_comparisons_that_cannot_be_kept_say_so(
    events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.services.new_comparisons.Rows", LostDisk)
    patience = iter(range(3))

    with (
        pytest.raises(TimeoutError, match="does not answer"),
        NewComparisons(EVERY) as computing,
    ):
        computing.store(lambda events: next(patience))

    assert (Comparison.objects.count(), EventDigest.objects.count()) == (0, 0)


@pytest.mark.parametrize("room", range(6))
def test_new_comparisons_without_room_for_a_file_leave_none_open(
    events: list[Event], monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    opened: list[IO[bytes]] = []
    real = tempfile.TemporaryFile

    def limited(buffering: int = -1) -> IO[bytes]:
        if len(opened) == room:
            raise OSError(ENOSPC, "No space left on device")
        opened.append(real(buffering=buffering))
        return opened[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", limited)

    with pytest.raises(OSError, match="No space left"):
        NewComparisons(EVERY)

    assert [file.closed for file in opened] == [True] * room
