"""Any run of releases: the dry run says what the commit does, and what stands is the last file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.ingest.pipeline import commit_batch, undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Claim, Event, ImportBatch
from claims.services import claims as claim_services
from claims.services import comparisons
from claims.services import events as event_services
from claims.services.integrity import problems
from tests.feeds.mirror import Mirror
from tests.ingest.importing import plan
from tests.ingest.releasing import ReleaseDesk
from tests.ingest.rows import row
from tests.ingest.soundness import faults

pytestmark = pytest.mark.django_db

FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
figures = st.dictionaries(st.integers(1, 3), st.sampled_from([5, 6, 7]), min_size=1)
titles = st.sampled_from(["Battle", "The battle"])
releases = st.lists(
    st.fixed_dictionaries({"figures": figures, "title": titles}), min_size=2, max_size=4
)


def written(path: Path, release: dict[str, Any]) -> Path:
    rows = [
        row(event=f"{release['title']} {key}", wording="", qualifier="exactly", best=str(best))
        | {"claim_key": f"war/{key}/killed", "event_key": f"war/{key}", "quote": "", "note": ""}
        for key, best in sorted(release["figures"].items())
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(autouse=True)
def _has_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    monkeypatch.setattr(ClaimsCsvReading, "dataset", "war")


def committed(
    path: Path, number: int, by: User, reviewer: User, *, publish: bool = True
) -> ImportBatch:
    """Commit a release, and hold the dry runs before and after against it."""
    said = {"release": str(number), "publish": publish, "withdraw_gone": True, "by": by}
    batch = plan(path, **said)
    foreseen = batch.counts
    assert batch.refused_count == 0
    commit_batch(batch, path, by=by, reviewed_by=reviewer, agreed_by=reviewer)
    assert batch.counts == foreseen
    again = plan(path, **said).counts
    assert {(kind, fate) for kind, of in again.items() for fate in of if of[fate]} <= {
        (kind, "same") for kind in again
    }
    assert comparisons.differences() == []
    assert problems() == []
    return batch


def standing() -> dict[str, int]:
    """Return the figures that are public and that nothing public revises."""
    claims = Claim.objects.published()
    revised = set(claims.values_list("revises", flat=True))
    return {
        claim.key.split("@")[0]: claim.best
        for claim in claims.order_by("pk")
        if claim.pk not in revised
    }


@FEW
@given(run=releases)
def test_what_stands_after_any_releases_is_the_last_file(
    tmp_path: Path, editor: User, reviewer: User, run: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        after = []
        for number, release in enumerate(run):
            path = written(tmp_path / f"{number}.csv", release)
            batch = committed(path, number, editor, reviewer)
            after.append(standing())
            wanted = {f"war/{key}/killed": best for key, best in release["figures"].items()}
            assert after[-1] == wanted
        undo_batch(batch, by=editor, reason="Wrong file")
        assert standing() == after[-2]
        assert comparisons.differences() == []
        committed(path, number, editor, reviewer)
        assert standing() == after[-1]
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", range(3))
def test_readers_know_what_is_public_after_any_imports_edits_and_undoings(
    tmp_path: Path, client: Client, seed: int
) -> None:
    desk, mirror = ReleaseDesk(seed, tmp_path, client), Mirror()

    for _ in range(14):
        desk.do_any()

        assert [*desk.found, *faults(client, mirror)] == [], desk.notes


@FEW
@given(run=releases, edited=st.lists(st.integers(0, 2), max_size=3), drafts=st.booleans())
def test_dry_run_is_exact_with_editors_at_work_in_between(
    tmp_path: Path,
    editor: User,
    reviewer: User,
    run: list[dict[str, Any]],
    edited: list[int],
    drafts: bool,
) -> None:
    with transaction.atomic():
        for number, release in enumerate(run):
            path = written(tmp_path / f"{number}.csv", release)
            committed(path, number, editor, reviewer, publish=not drafts or number % 2 == 1)
            for place in edited:
                edit(place, reviewer)
        transaction.set_rollback(True)


def edit(place: int, by: User) -> None:
    """Change a record as an editor would."""
    event = Event.objects.order_by("pk").not_withdrawn()[:3][place:].first()
    if event is not None:
        event_services.edit_event(event, by=by, changes={"title": f"Renamed {event.version}"})
    claim = Claim.objects.filter(state__in=("draft", "submitted"))[place:].first()
    if claim is not None:
        claim_services.edit_claim(claim, by=by, changes={"best": 40 + claim.version})
    public = Claim.objects.published()[place:].first()
    if public is not None:
        claim_services.correct_claim(
            public, by=by, changes={"area": f"Area {public.version}"}, reason="Mended"
        )
