"""What changed between two snapshots: entry by entry, however many there are."""

import json
import tracemalloc

import pytest
from django.utils import timezone

from claims.domain.vocabularies import CHANGE_KIND
from claims.exports.snapshots.changelog import Log, changelog_json, changelog_text
from claims.models import Change

pytestmark = pytest.mark.django_db


def entries(kind: str, record_kind: str, *names: str, target_id: str = "") -> None:
    """Log some entries about documents or sources, which no event stands for."""
    Change.objects.bulk_create(
        Change(
            kind=kind,
            at=timezone.now(),
            record_kind=record_kind,
            record_id=name,
            target_id=target_id,
        )
        for name in names
    )


def log() -> Log:
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Log("2026-11-23.1", 0, newest or 0)


def test_changelog_names_every_entry_by_kind_of_change_and_of_record() -> None:
    entries("merged", "source", "so_1", target_id="so_2")
    entries("added", "source", "so_2", "so_1")
    entries("added", "document", "do_1")

    told = json.loads("".join(changelog_json(log())))

    assert told == {
        "since": "2026-11-23.1",
        "counts": {"added": 3, "merged": 1},
        **{kind: {} for kind in CHANGE_KIND.codes},
        "added": {"document": [{"id": "do_1"}], "source": [{"id": "so_2"}, {"id": "so_1"}]},
        "merged": {"source": [{"id": "so_1", "target": "so_2"}]},
    }


def test_changelog_of_the_first_snapshot_names_nothing() -> None:
    entries("added", "source", "so_1")

    told = json.loads("".join(changelog_json(Log("", 0, Change.objects.latest("pk").pk))))

    assert told == {"since": None, "counts": {}, **{kind: {} for kind in CHANGE_KIND.codes}}


def test_changelog_in_words_cuts_a_long_list_short() -> None:
    entries("added", "source", *(f"so_{n}" for n in range(102)))

    lines = changelog_text("2026-11-24.1", log()).splitlines()

    assert lines[2] == "## added: 102 × source"
    assert lines[-2:] == ["- so_99", "- and 2 more in changelog.json"]


def test_changelog_takes_no_more_memory_the_more_entries_there_are() -> None:
    peaks = []
    for number in (2_000, 20_000):
        entries("added", "source", *(f"so_{number}_{n}" for n in range(number)))
        told = log()
        tracemalloc.start()
        length = sum(len(piece) for piece in changelog_json(told))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert length > number * 20

    assert peaks[1] < peaks[0] * 1.5
