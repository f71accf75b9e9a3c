"""Drafts of an earlier import that the same file publishes."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.ingest.pipeline import commit_batch, plan_batch, undo_batch
from claims.models import Change, Citation, Claim, Document, Event, Source, Tally
from claims.services import comparisons
from claims.services.integrity import problems
from claims.services.refusals import WrongState
from tests.ingest.importing import plan, put, refusals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
MODELS = (Event, Source, Document, Claim, Citation)


def of(number: int, **cells: str) -> dict[str, str]:
    return row(
        event=f"Strike {number}",
        document=f"Page {number}",
        url=f"https://daily.example/{number}",
        **cells,
    ) | {"claim_key": f"{number}/army", "event_key": str(number)}


def states() -> Counter[tuple[str, str, int]]:
    return Counter(
        (model.__name__, *seen)
        for model in MODELS
        for seen in model.objects.values_list("state", "version")
    )


def test_drafts_are_published_with_all_that_they_rest_on(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(of(1, parent="2"), of(2))
    put(path, editor)

    batch = put(path, editor, publish=True, reviewed_by=reviewer)

    assert states() == {
        ("Event", "published", 2): 2,
        ("Source", "published", 2): 2,
        ("Document", "published", 2): 2,
        ("Claim", "published", 2): 2,
        ("Citation", "published", 2): 2,
    }
    claim = Claim.objects.first()
    assert (claim.reviewed_by, claim.submitted_by, claim.published_at) == (
        reviewer,
        editor,
        claim.reviewed_at,
    )
    latest = claim.history.latest()
    assert (latest.state, latest.version, latest.history_user) == ("published", 2, editor)
    assert Counter(Change.objects.values_list("kind", "record_kind")) == {
        ("added", "event"): 2,
        ("added", "source"): 2,
        ("added", "document"): 2,
        ("added", "claim"): 2,
    }
    assert dict(Tally.objects.values_list("name", "value")) == {
        "claim": 2,
        "document": 2,
        "event": 2,
        "source": 2,
    }
    assert batch.counts["claim"] == {"new": 0, "changed": 2, "same": 0, "gone": 0}
    assert comparisons.differences() == []
    assert problems() == []


def test_undoing_makes_drafts_of_all_that_was_published(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(of(1), of(2))
    put(path, editor)
    batch = put(path, editor, publish=True, reviewed_by=reviewer)

    undo_batch(batch, by=editor, reason="Too early")

    assert {(name, state) for name, state, _ in states()} == {
        (model.__name__, "draft") for model in MODELS
    }
    assert set(Tally.objects.values_list("value", flat=True)) == {0}
    assert comparisons.differences() == []
    assert problems() == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"place": "Elsewhere"}, id="event that changes"),
        pytest.param({"best": "410", "wording": "about 410"}, id="claim that changes"),
        pytest.param({"document": "Another title"}, id="document that changes"),
    ],
)
def test_drafts_that_also_change_are_published_too(
    csv_file: Write, editor: User, reviewer: User, changes: dict[str, str]
) -> None:
    put(csv_file(of(1), of(2)), editor)

    put(csv_file(of(1) | changes, of(2)), editor, publish=True, reviewed_by=reviewer)

    assert {(name, state) for name, state, _ in states()} == {
        (model.__name__, "published") for model in MODELS
    }
    assert Change.objects.filter(kind="added").count() == 8
    assert comparisons.differences() == []
    assert problems() == []


@pytest.mark.parametrize("changes", [{"place": "Elsewhere"}, {"best": "410", "wording": "410"}])
def test_undoing_makes_drafts_of_what_also_changed(
    csv_file: Write, editor: User, reviewer: User, changes: dict[str, str]
) -> None:
    put(csv_file(of(1), of(2)), editor)
    newer = csv_file(of(1) | {"qualifier": ""} | changes, of(2))
    batch = put(newer, editor, publish=True, reviewed_by=reviewer)

    undo_batch(batch, by=editor, reason="Too early")

    assert {(name, state) for name, state, _ in states()} == {
        (model.__name__, "draft") for model in MODELS
    }
    assert problems() == []


def test_publishing_what_the_dry_run_did_not_publish_asks_for_a_new_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(of(1))
    put(path, editor)
    batch = plan(path, by=editor)
    batch.publish = True

    with pytest.raises(WrongState, match="changed claims 0 then, 1 now"):
        commit_batch(batch, path, by=editor, reviewed_by=reviewer)
    assert (batch.state, Claim.objects.published().count()) == ("planned", 0)

    plan_batch(batch, path)
    commit_batch(batch, path, by=editor, reviewed_by=reviewer)
    assert Claim.objects.published().count() == 1


def test_draft_on_a_withdrawn_document_is_refused_and_nothing_is_written(
    csv_file: Write, editor: User
) -> None:
    path = csv_file(of(1), of(2))
    put(path, editor)
    Document.objects.filter(title="Page 1").update(state="withdrawn")

    batch = plan(path, publish=True)

    assert refusals(batch) == [
        (2, "claim_key", "The document “Page 1” was withdrawn; nothing public can rest on it.")
    ]
    assert Claim.objects.published().count() == 0


def test_drafts_are_published_with_as_many_queries_for_three_as_for_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    counted = []
    for numbers in ((1,), (2,), (3, 4, 5)):  # the first with sources that are drafts
        path = csv_file(*map(of, numbers))
        put(path, editor)
        batch = plan(path, publish=True, by=editor)
        with CaptureQueriesContext(connection) as asked:
            commit_batch(batch, path, by=editor, reviewed_by=reviewer)
        counted.append(len(asked))

    assert counted[1] == counted[2]
