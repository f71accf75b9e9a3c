"""A newer release of a dataset: changed figures revise, same ones stay, gone ones are asked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest import reading
from claims.ingest.pipeline import reasons_to_ask, undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Change, Citation, Claim, Document, Event, ImportBatch
from claims.services import claims as claim_services
from claims.services import comparisons, events, plain_records, reviews
from claims.services.integrity import problems
from claims.services.refusals import NotReviewed, Refused, WrongState
from tests import factories
from tests.ingest.importing import plan, put, refusals
from tests.ingest.rows import war_row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
OTHER = {"document": "Other", "url": "https://other.example"}


@pytest.fixture(autouse=True)
def _has_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the interchange CSV stand for a dataset that comes in releases."""
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    monkeypatch.setattr(ClaimsCsvReading, "dataset", "war")
    assert reading.CLAIMS_CSV == "claims-csv"


def of(event: int, best: int, **cells: str) -> dict[str, str]:
    given = {"document": "Release 1", "url": "https://war.example/1", **cells}
    return war_row(event, best, **given)


@pytest.fixture
def publish(editor: User, reviewer: User) -> Callable[..., ImportBatch]:
    def publish(path: Path, **fields: object) -> ImportBatch:
        return put(path, editor, reviewed_by=reviewer, publish=True, **fields)

    return publish


def test_changed_figure_of_a_newer_release_revises_the_claim(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1", released_on=date(2024, 1, 1))

    newer = csv_file(of(1, 6, url="https://war.example/2"), of(2, 7, url="https://war.example/2"))
    batch = publish(newer, release="2", released_on=date(2025, 1, 1))

    revised = Claim.objects.get(key="war/1/killed@2")
    assert (revised.best, revised.revises.key, revised.state) == (6, "war/1/killed", "published")
    assert batch.counts["claim"] == {"new": 1, "changed": 0, "same": 1, "gone": 0}
    assert (Claim.objects.count(), Citation.objects.count(), Document.objects.count()) == (3, 3, 2)
    assert Change.objects.filter(kind="revised").values_list("record_id", "target_id").get() == (
        revised.public_id,
        revised.revises.public_id,
    )
    assert comparisons.differences() == []
    assert problems() == []


def test_third_release_revises_the_end_of_the_chain(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    for release, best in (("1", 5), ("2", 6), ("3", 8)):
        publish(csv_file(of(1, best)), release=release)

    chain = {c.key: c.revises and c.revises.key for c in Claim.objects.all()}
    assert chain == {
        "war/1/killed": None,
        "war/1/killed@2": "war/1/killed",
        "war/1/killed@3": "war/1/killed@2",
    }


def test_release_imported_again_changes_nothing(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5)), release="1")
    publish(csv_file(of(1, 6)), release="2")

    again = plan(csv_file(of(1, 6)), release="2", publish=True)

    assert again.counts["claim"] == {"new": 0, "changed": 0, "same": 1, "gone": 0}


def test_another_figure_under_the_same_release_is_refused(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5)), release="1")
    publish(csv_file(of(1, 6)), release="2")

    batch = plan(csv_file(of(1, 7)), release="2")

    assert [(number, column) for number, column, _ in refusals(batch)] == [(2, "claim_key")]
    assert "Release 2 is here already with another figure" in refusals(batch)[0][2]


def test_other_changes_than_the_figure_are_mended_in_place(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5)), release="1")

    batch = publish(csv_file(of(1, 5, place="Elsewhere")), release="2")

    assert batch.counts["event"] == {"new": 0, "changed": 1, "same": 0, "gone": 0}
    assert Claim.objects.get().event.place == "Elsewhere"


def test_gone_claims_are_counted_and_stay_unless_asked(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1")

    batch = publish(csv_file(of(1, 5)), release="2")

    assert batch.counts["claim"]["gone"] == 1
    assert [s["label"] for s in batch.samples["gone"]] == ["war/2/killed"]
    assert Claim.objects.published().count() == 2


def test_release_that_breaks_off_does_not_say_that_claims_are_gone(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1")
    broken = csv_file(of(1, 5), of(2, 7))
    broken.write_bytes(broken.read_bytes() + b'"war/3')

    batch = plan(broken, release="2", publish=True)

    said = [(4, "", "A quotation mark is opened and never closed.")]
    assert (batch.counts, batch.samples, refusals(batch)) == ({}, {}, said)


def test_gone_claims_are_withdrawn_where_asked_and_a_second_person_agrees(
    csv_file: Write, editor: User, reviewer: User, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1")
    path = csv_file(of(1, 5))

    with pytest.raises(NotReviewed, match="withdraws 1 of the dataset's 2 claims"):
        publish(path, release="2", withdraw_gone=True)
    publish(path, release="2", withdraw_gone=True, agreed_by=reviewer)

    gone = Claim.objects.get(key="war/2/killed")
    assert (gone.state, gone.version) == ("withdrawn", 2)
    assert gone.history.latest().state == "withdrawn"
    entry = Change.objects.get(kind="withdrawn")
    assert (entry.record_id, entry.reason) == (gone.public_id, "No longer in claims-csv 2")
    assert comparisons.differences() == []


def test_share_that_is_gone_is_of_all_that_stand_whatever_the_others_say_now(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(*(of(event, 5) for event in range(10))), release="1")

    newer = csv_file(*(of(event, 6) for event in range(9)), name="newer.csv")
    batch = publish(newer, release="2", withdraw_gone=True)  # by one person

    assert batch.counts["claim"] == {"new": 9, "changed": 0, "same": 0, "gone": 1, "standing": 10}
    assert reasons_to_ask(batch) == []


def test_undoing_a_release_lets_the_earlier_one_stand_again(
    csv_file: Write, reviewer: User, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1")
    second = publish(csv_file(of(1, 6)), release="2", withdraw_gone=True, agreed_by=reviewer)

    undo_batch(second, by=factories.user(role="chief"), reason="Wrong file")

    standing = Claim.objects.published().values_list("key", "best")
    assert sorted(standing) == [("war/1/killed", 5), ("war/2/killed", 7)]
    assert comparisons.differences() == []
    assert problems() == []


def test_older_release_than_the_newest_is_refused(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    newest = publish(csv_file(of(1, 6)), release="2", released_on=date(2025, 1, 1))

    with pytest.raises(WrongState, match="Release 2 of 2025-01-01 is here already"):
        publish(csv_file(of(1, 5)), release="1", released_on=date(2024, 1, 1))

    undo_batch(newest, by=factories.user(role="chief"), reason="Too early")
    publish(csv_file(of(1, 5)), release="1", released_on=date(2024, 1, 1))
    assert Claim.objects.published().get().best == 5


def test_ten_times_the_usual_needs_a_second_person(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(0, 5)), release="1")
    many = csv_file(*[of(number, 5) for number in range(11)])

    with pytest.raises(Refused, match="10 times the usual 1"):
        publish(many, release="2")


def test_gone_claim_is_withdrawn_with_every_figure_it_had(
    csv_file: Write, reviewer: User, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5), of(2, 7)), release="1")
    publish(csv_file(of(1, 6), of(2, 7)), release="2")

    third = publish(csv_file(of(2, 7)), release="3", withdraw_gone=True, agreed_by=reviewer)

    assert third.counts["claim"] == {"new": 0, "changed": 0, "same": 1, "gone": 1}
    assert list(Claim.objects.published().values_list("key", flat=True)) == ["war/2/killed"]
    assert Change.objects.filter(kind="withdrawn").count() == 2
    assert comparisons.differences() == []
    assert problems() == []

    undo_batch(third, by=factories.user(role="chief"), reason="Wrong file")

    assert Claim.objects.published().count() == 3
    assert comparisons.differences() == []
    assert problems() == []


def test_another_figure_under_the_first_release_is_refused(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5)), release="1")

    batch = plan(csv_file(of(1, 7)), release="1")

    assert [(number, column) for number, column, _ in refusals(batch)] == [(2, "claim_key")]
    assert "Release 1 is here already with another figure" in refusals(batch)[0][2]


@pytest.mark.parametrize("second", [5, 6])
def test_earlier_release_imported_again_does_not_revise_the_later_one(
    csv_file: Write, publish: Callable[..., ImportBatch], second: int
) -> None:
    publish(csv_file(of(1, 5)), release="1")
    publish(csv_file(of(1, second)), release="2")
    publish(csv_file(of(1, 7)), release="3")

    batch = plan(csv_file(of(1, second)), release="2")

    assert "Release 2 is here already" in refusals(batch)[0][2]


def test_figure_may_go_back_to_what_it_was(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    for release, best in (("1", 5), ("2", 6), ("3", 5)):
        publish(csv_file(of(1, best)), release=release)

    again = plan(csv_file(of(1, 5)), release="3", publish=True)

    assert again.counts["claim"] == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    assert Claim.objects.get(key="war/1/killed@3").revises.key == "war/1/killed@2"


def test_claim_that_another_was_merged_into_stays_when_that_one_is_gone(
    csv_file: Write, reviewer: User, publish: Callable[..., ImportBatch]
) -> None:
    twice = of(1, 5), of(1, 5, area="The north") | {"claim_key": "war/1/again"}
    publish(csv_file(*twice), release="1")
    kept, gone = (Claim.objects.get(key=key) for key in ("war/1/killed", "war/1/again"))
    claim_services.merge_claims(gone, into=kept, by=factories.user(role="chief"), reason="One")

    second = publish(csv_file(twice[0]), release="2", withdraw_gone=True, agreed_by=reviewer)

    assert second.counts["claim"]["gone"] == 0
    assert list(Claim.objects.published()) == [kept]


def test_merged_claim_that_says_what_it_said_revises_nothing(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    other = of(1, 6, area="The north") | {"claim_key": "war/1/again"}
    publish(csv_file(of(1, 5), other), release="1")
    kept, gone = (Claim.objects.get(key=key) for key in ("war/1/killed", "war/1/again"))
    claim_services.merge_claims(gone, into=kept, by=factories.user(role="chief"), reason="One")

    batch = plan(csv_file(of(1, 5), other), release="2", publish=True)

    assert batch.counts["claim"]["new"] == 0


@pytest.mark.parametrize(
    ("second", "documents"),
    [
        pytest.param({}, ["Release 1"], id="in one document"),
        pytest.param(OTHER, ["Other", "Release 1"], id="in two documents"),
    ],
)
def test_merged_claims_that_say_the_same_new_figure_make_one_revision(
    csv_file: Write,
    publish: Callable[..., ImportBatch],
    editor: User,
    second: dict[str, str],
    documents: list[str],
) -> None:
    publish(csv_file(of(1, 5), of(2, 5)), release="1")
    chief = factories.user(role="chief")
    event, same = Event.objects.order_by("pk")
    events.merge_events(same, into=event, by=chief, reason="The same")
    kept, gone = Claim.objects.order_by("pk")
    claim_services.merge_claims(gone, into=kept, by=chief, reason="The same")
    newer = csv_file(of(1, 6), of(2, 6, **second), name="newer.csv")

    batch = publish(newer, release="2")

    revised = Claim.objects.get(best=6)
    titles = revised.citations.values_list("document__title", flat=True)
    assert (revised.key, revised.revises, sorted(titles)) == ("war/1/killed@2", kept, documents)
    assert batch.counts["claim"] == {"new": 1, "changed": 0, "same": 1, "gone": 0}
    again = plan(newer, release="3", publish=True).counts["claim"]
    assert again == {"new": 0, "changed": 0, "same": 2, "gone": 0}
    undo_batch(batch, by=editor, reason="Too soon")
    assert Claim.objects.published().get() == kept
    assert problems() == []


def test_merged_claims_with_different_new_figures_are_refused_and_told_what_to_do(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    other = of(1, 5, area="The north") | {"claim_key": "war/1/again"}
    publish(csv_file(of(1, 5), other), release="1")
    kept, gone = (Claim.objects.get(key=key) for key in ("war/1/killed", "war/1/again"))
    claim_services.merge_claims(gone, into=kept, by=factories.user(role="chief"), reason="One")

    batch = plan(csv_file(of(1, 6), other | {"best": "7"}), release="2", publish=True)

    sentence = (
        "“war/1/again” has another figure here than “war/1/killed” in row 2, and both were "
        f"made one claim, {kept.public_id}, which can have one new figure. Give both the same "
        "figure or, where they are two claims after all, give one of them a key of its own."
    )
    assert refusals(batch) == [(3, "claim_key", sentence)]


def test_other_claimant_with_another_figure_is_refused_and_told_both_names(
    csv_file: Write, publish: Callable[..., ImportBatch], editor: User
) -> None:
    publish(csv_file(of(1, 5)), release="1")
    earlier = Claim.objects.get()
    renamed = csv_file(of(1, 6, claimant="Ruritanian Army"))

    batch = plan(renamed, release="2", publish=True)

    sentence = (
        "A claim revises only an earlier claim of the same claimant on the same question; "
        f"“war/1/killed” and the earlier {earlier.public_id} differ in claimant (“Ruritanian "
        "Army” here, “Army of Ruritania” there). Let it revise none: leave `revises` empty "
        "or, in a dataset that comes in releases, give the claim a key of its own. If "
        "“Ruritanian Army” is another name of “Army of Ruritania”, add it to the other names "
        "of that source at the desk and import the file again."
    )
    assert refusals(batch) == [(2, "claim_key", sentence)]
    changes = {"aliases": ["Ruritanian Army"]}
    plain_records.edit_record(
        earlier.claimant, by=editor, changes=changes, expected_version=None, reason="Renamed"
    )
    publish(renamed, release="2")
    assert Claim.objects.get(best=6).revises == earlier


def test_undoing_a_middle_release_waits_for_the_figures_that_revise_it(
    csv_file: Write, editor: User
) -> None:
    made = [
        put(csv_file(of(1, best)), editor, release=release)
        for release, best in (("1", 5), ("2", 6), ("3", 7))
    ]

    with pytest.raises(WrongState, match="Later figures revise claims of this import"):
        undo_batch(made[1], by=editor, reason="Wrong file")
    for batch in (made[2], made[1]):
        undo_batch(batch, by=editor, reason="Wrong file")
    put(csv_file(of(1, 8)), editor, release="2")

    standing = Claim.objects.not_withdrawn().values_list("key", "best", "revises__key")
    assert sorted(standing) == [("war/1/killed", 5, None), ("war/1/killed@2", 8, "war/1/killed")]


@pytest.mark.parametrize("figures", [(5, 5, 5), (5, 6, 6), (5, 6, 7)])
def test_claim_that_was_gone_comes_back_with_a_later_release(
    csv_file: Write,
    reviewer: User,
    publish: Callable[..., ImportBatch],
    figures: tuple[int, int, int],
) -> None:
    first, second, back = figures
    gone = {"withdraw_gone": True, "agreed_by": reviewer}
    publish(csv_file(of(1, first), of(2, 7)), release="1")
    publish(csv_file(of(1, second), of(2, 7)), release="2")
    publish(csv_file(of(2, 7)), release="3", **gone)

    fourth = publish(csv_file(of(1, back), of(2, 7)), release="4")

    assert fourth.counts["claim"] == {"new": 1, "changed": 0, "same": 1, "gone": 0}
    standing = Claim.objects.published().values_list("key", "best")
    assert sorted(standing) == [("war/1/killed@4", back), ("war/2/killed", 7)]

    again = plan(csv_file(of(1, back), of(2, 7)), release="4", publish=True)
    publish(csv_file(of(2, 7)), release="5", **gone)
    publish(csv_file(of(1, 9), of(2, 7)), release="6")

    assert again.counts["claim"] == {"new": 0, "changed": 0, "same": 2, "gone": 0}
    standing = Claim.objects.published().values_list("key", "best")
    assert sorted(standing) == [("war/1/killed@6", 9), ("war/2/killed", 7)]
    assert comparisons.differences() == []
    assert problems() == []


def test_claim_that_was_gone_stays_so_when_both_its_import_and_the_later_one_are_undone(
    csv_file: Write, publish: Callable[..., ImportBatch], editor: User
) -> None:
    only = {"document": "Only", "url": "https://only.example"}
    path = csv_file(of(1, 5), of(2, 7, **only), name="first.csv")
    first = publish(path, release="1")
    later = publish(
        csv_file(of(1, 5)), release="2", withdraw_gone=True, agreed_by=factories.user(role="chief")
    )

    undo_batch(first, by=editor, reason="The wrong file")
    undo_batch(later, by=editor, reason="The wrong file, too")

    assert not Claim.objects.published().exists()
    assert problems() == []
    again = publish(path, release="1")
    assert again.counts["claim"] == {"new": 2, "changed": 0, "same": 0, "gone": 0}


def test_claim_that_an_editor_withdrew_does_not_come_back(
    csv_file: Write, publish: Callable[..., ImportBatch]
) -> None:
    publish(csv_file(of(1, 5)), release="1")
    chief = factories.user(role="chief")
    reviews.withdraw_claim(Claim.objects.get(), by=chief, reason="Not about this war")

    publish(csv_file(of(1, 6)), release="2")

    assert Claim.objects.published().count() == 0
