"""A release that renames the side whose dead it counts: the claim's whole chain is about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest.landing import mending, questions, together
from claims.ingest.pipeline import undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Claim, ImportBatch, Party
from claims.services import claims as claim_services
from claims.services import comparisons, reviews
from claims.services.integrity import problems
from claims.services.refusals import WrongState
from tests.ingest.importing import put
from tests.ingest.rows import war_row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
Publish = Callable[..., ImportBatch]


@pytest.fixture(autouse=True)
def _has_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the interchange CSV stand for a dataset that comes in releases."""
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    monkeypatch.setattr(ClaimsCsvReading, "dataset", "war")


@pytest.fixture
def publish(csv_file: Write, editor: User, reviewer: User) -> Publish:
    def publish(release: str, *rows: dict[str, str], **fields: object) -> ImportBatch:
        path = csv_file(*rows, name=f"{release}.csv")
        return put(path, editor, reviewed_by=reviewer, publish=True, release=release, **fields)

    return publish


def of(best: int, side: str, event: int = 1) -> dict[str, str]:
    return war_row(event, best, victims_party=side, parties=f"Ruritania | {side}")


def chain() -> list[tuple[str, int, str, str]]:
    found = Claim.objects.order_by("pk").select_related("victims_party")
    return [(c.key, c.best, c.victims_party.name, c.state) for c in found]


def test_side_renamed_with_its_figure_is_renamed_in_what_the_release_revises(
    publish: Publish,
) -> None:
    publish("1", of(5, "Graustark"))

    publish("2", of(6, "Graustark Front"))

    assert chain() == [
        ("war/1/killed", 5, "Graustark Front", "published"),
        ("war/1/killed@2", 6, "Graustark Front", "published"),
    ]
    assert comparisons.differences() == []
    assert problems() == []


def test_side_renamed_after_a_revision_is_renamed_in_the_whole_chain(publish: Publish) -> None:
    publish("1", of(5, "Graustark"))
    publish("2", of(6, "Graustark"))

    batch = publish("3", of(6, "Graustark Front"))

    assert batch.counts["claim"] == {"new": 0, "changed": 2, "same": 0, "gone": 0}
    assert chain() == [
        ("war/1/killed", 5, "Graustark Front", "published"),
        ("war/1/killed@2", 6, "Graustark Front", "published"),
    ]
    assert comparisons.differences() == []
    assert problems() == []


def test_side_that_an_editor_corrected_stays_in_later_figures(
    publish: Publish, editor: User, reviewer: User
) -> None:
    publish("1", of(5, "Graustark"))
    correct_side(editor, reviewer, "Sylvania")

    batch = publish("2", of(6, "Graustark"))
    publish("3", of(7, "Graustark"))

    assert [(key, side) for key, _, side, _ in chain()] == [
        ("war/1/killed", "Sylvania"),
        ("war/1/killed@2", "Sylvania"),
        ("war/1/killed@3", "Sylvania"),
    ]
    assert [s["remark"] for s in batch.samples["same"]] == ["changed here; left alone"]
    assert problems() == []


def test_side_that_a_release_tells_anew_goes_before_what_an_editor_corrected(
    publish: Publish, editor: User, reviewer: User
) -> None:
    publish("1", of(5, "Graustark"))
    correct_side(editor, reviewer, "Sylvania")

    publish("2", of(6, "Graustark Front"))

    assert {side for _, _, side, _ in chain()} == {"Graustark Front"}


def correct_side(editor: User, reviewer: User, name: str) -> None:
    claim = Claim.objects.get()
    party = Party.objects.get_or_create(name=name)[0]
    claim_services.correct_claim(
        claim, changes={"victims_party": party}, by=editor, reason="It was they"
    )
    claim.refresh_from_db()
    reviews.publish_claim(claim, by=reviewer)


def test_empty_side_of_a_new_figure_says_nothing(publish: Publish) -> None:
    publish("1", of(5, "Graustark"))

    publish("2", of(6, "") | {"victims": "", "victims_wording": ""})

    assert {side for _, _, side, _ in chain()} == {"Graustark"}
    assert Claim.objects.get(best=6).victims == "combatants"


def test_renaming_of_a_side_is_undone_in_the_whole_chain(publish: Publish, editor: User) -> None:
    publish("1", of(5, "Graustark"))
    publish("2", of(6, "Graustark"))
    newest = publish("3", of(7, "Graustark Front"))

    undo_batch(newest, by=editor, reason="Too soon")

    assert chain()[:2] == [
        ("war/1/killed", 5, "Graustark", "published"),
        ("war/1/killed@2", 6, "Graustark", "published"),
    ]
    assert comparisons.differences() == []
    assert problems() == []


def test_undoing_that_would_part_a_chain_is_refused(publish: Publish, editor: User) -> None:
    publish("1", of(5, "Graustark"))
    publish("2", of(6, "Graustark"))
    newest = publish("3", of(6, "Graustark Front"))
    first = Claim.objects.get(key="war/1/killed")
    claim_services.correct_claim(first, changes={"note": "Seen"}, by=editor, reason="A note")

    with pytest.raises(WrongState, match="have it again as the import left it"):
        undo_batch(newest, by=editor, reason="Too soon")

    assert {side for _, _, side, _ in chain()} == {"Graustark Front"}


def test_renaming_as_a_draft_asks_for_a_review_of_the_whole_chain(
    csv_file: Write, publish: Publish, editor: User
) -> None:
    publish("1", of(5, "Graustark"))
    publish("2", of(6, "Graustark"))

    put(csv_file(of(7, "Graustark Front")), editor, release="3")

    assert [(best, side, state) for _, best, side, state in chain()] == [
        (5, "Graustark Front", "submitted"),
        (6, "Graustark Front", "submitted"),
        (7, "Graustark Front", "draft"),
    ]


def test_gone_claim_that_comes_back_with_another_side_takes_its_chain_along(
    publish: Publish, reviewer: User
) -> None:
    publish("1", of(5, "Graustark"), of(9, "Graustark", 2))
    publish("2", of(9, "Graustark", 2), withdraw_gone=True, agreed_by=reviewer)

    publish("3", of(5, "Graustark Front"), of(9, "Graustark", 2))

    assert [one for one in chain() if one[1] == 5] == [
        ("war/1/killed", 5, "Graustark Front", "withdrawn"),
        ("war/1/killed@3", 5, "Graustark Front", "published"),
    ]
    assert problems() == []


def test_gone_claim_comes_back_again_after_its_return_was_undone(
    publish: Publish, editor: User, reviewer: User
) -> None:
    publish("1", of(5, "Graustark"), of(9, "Graustark", 2))
    publish("2", of(9, "Graustark", 2), withdraw_gone=True, agreed_by=reviewer)
    back = of(5, "Graustark Front"), of(9, "Graustark", 2)
    undo_batch(publish("3", *back), by=editor, reason="Too soon")

    publish("3", *back)

    assert ("war/1/killed@3", 5, "Graustark Front", "published") in chain()
    assert problems() == []


def test_many_renamed_sides_ask_no_more_questions_for_each(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "AT_ONCE", 2)
    monkeypatch.setattr(together, "AT_ONCE", 2)
    monkeypatch.setattr(mending, "AT_ONCE", 3)
    for release, best in (("1", 5), ("2", 6)):
        publish(release, *(of(best, "Graustark", n) for n in range(1, 8)))
    corrected: list[int] = []
    monkeypatch.setattr(
        claim_services, "save_corrected", lambda edit, held: corrected.append(held.pk)
    )

    publish("3", *(of(6 + n % 2, "Graustark Front", n) for n in range(1, 8)))

    assert corrected == []
    assert {side for _, _, side, _ in chain()} == {"Graustark Front"}
    assert comparisons.differences() == []
    assert problems() == []
