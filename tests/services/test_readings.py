"""Readings stored: what people decided stays, only what is new is offered."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.domain.figures import Figure, Qualifier
from claims.extraction.reading import Span
from claims.models import Candidate, StoredText
from claims.services.candidates import accept_candidate, reject_candidate
from claims.services.readings import record_reading
from claims.services.refusals import NotAllowed, WrongState
from tests import factories
from tests.factories import read, reading

pytestmark = pytest.mark.django_db

TEXT = (
    "Moscow raised the toll to 89 from 63. Kyiv said about 400 died, five of them officers, "
    "and up to 300 were wounded."
)


@pytest.fixture
def stored(contributor: User) -> StoredText:
    return factories.stored_text(TEXT, by=contributor)


def found(stored: StoredText) -> list[tuple[str, str, str]]:
    """Return wording, measure and state of every candidate in reading order."""
    rows = stored.candidates.order_by("figure_start", "pk")
    return list(rows.values_list("wording", "measure", "state"))


def test_reading_when_stored_then_every_part_is_kept(stored: StoredText, contributor: User) -> None:
    eighty_nine = read(TEXT, "89", claimant="Moscow", victims="combatants", revises=1)
    sixty_three = read(TEXT, "63", claimant="Moscow")
    officers = read(TEXT, "five", victims="combatants", part_of=3)
    four_hundred = read(TEXT, "about 400", claimant="Kyiv", victims_party="Russian")

    recorded = record_reading(
        stored,
        reading=reading(eighty_nine, sixty_three, officers, four_hundred),
        by=contributor,
    )

    stored.refresh_from_db()
    first, second, whole, part = stored.candidates.order_by("figure_start")
    assert recorded == (4, 0, 0, 0)
    assert (stored.language, stored.extractor_version) == ("en", "1")
    assert (first.revises, part.part_of, second.revises) == (second, whole, None)
    assert (whole.wording, whole.qualifier, whole.best, whole.claimant_words) == (
        "about 400", "about", 400, "Kyiv",
    )  # fmt: skip
    assert TEXT[whole.figure_start : whole.figure_end] == "400"
    assert TEXT[whole.claimant_start : whole.claimant_end] == "Kyiv"
    assert (whole.victims_party_words, whole.rules) == ("Russian", ["number", "verb of dying"])
    assert (first.remarks, part.remarks, whole.remarks) == (
        ["unsure"], ["part", "unsure"], ["unsure"],
    )  # fmt: skip
    assert (whole.locator, whole.sentence) == ("paragraph 1", TEXT[TEXT.index("Kyiv") :])


def test_reading_when_read_again_the_same_then_nothing_changes(
    stored: StoredText, contributor: User
) -> None:
    same = reading(read(TEXT, "63"), read(TEXT, "about 400"))
    record_reading(stored, reading=same, by=contributor)
    before = list(Candidate.objects.order_by("pk").values())

    recorded = record_reading(stored, reading=same, by=contributor)

    assert recorded == (0, 2, 0, 0)
    assert list(Candidate.objects.order_by("pk").values()) == before


def test_reading_when_read_better_then_only_what_is_open_is_replaced(
    stored: StoredText, contributor: User
) -> None:
    factories.candidates(stored, read(TEXT, "89"), read(TEXT, "63"), read(TEXT, "about 400"))
    rejected = stored.candidates.get(wording="63")
    reject_candidate(rejected, by=contributor, reason="The old toll.")

    recorded = record_reading(
        stored,
        reading=reading(
            read(TEXT, "63"),
            read(TEXT, "about 400", victims="combatants"),
            read(TEXT, "up to 300", measure="injured"),
            version="2",
        ),
        by=contributor,
    )

    changed = stored.candidates.get(wording="about 400")
    assert recorded == (1, 1, 1, 1)
    assert found(stored) == [
        ("63", "killed", "rejected"),
        ("about 400", "killed", "open"),
        ("up to 300", "injured", "open"),
    ]
    assert (changed.victims, changed.extractor_version, changed.version) == ("combatants", "2", 2)
    rejected.refresh_from_db()
    assert (rejected.reason, rejected.extractor_version) == ("The old toll.", "1")


def test_rejected_figure_when_read_with_another_stretch_then_not_offered_again(
    stored: StoredText, contributor: User
) -> None:
    (candidate,) = factories.candidates(stored, read(TEXT, "about 400"))
    reject_candidate(candidate, by=contributor)
    at = TEXT.index("about 400")
    whole = read(TEXT, "about 400", figure=Figure(Qualifier.ABOUT, best=400, wording="about 400"))
    moved = whole.__class__(
        figure_span=Span(at, at + 9),
        wording_span=Span(at, at + 9),
        sentence_span=whole.sentence_span,
        figure=whole.figure,
        measure="killed",
    )

    record_reading(stored, reading=reading(moved, version="2"), by=contributor)

    assert found(stored) == [("about 400", "killed", "rejected")]


def test_same_stretch_when_read_for_two_measures_then_two_candidates(
    stored: StoredText, contributor: User
) -> None:
    record_reading(
        stored,
        reading=reading(read(TEXT, "63"), read(TEXT, "63", measure="injured"), read(TEXT, "63")),
        by=contributor,
    )

    assert found(stored) == [("63", "killed", "open"), ("63", "injured", "open")]


def test_reading_when_offsets_do_not_fit_then_refused(
    stored: StoredText, contributor: User
) -> None:
    long_text = TEXT + " Later 9 more."
    with pytest.raises(ValueError, match="Expected offsets within"):
        record_reading(stored, reading=reading(read(long_text, "9", start=120)), by=contributor)

    assert found(stored) == []


def test_reading_when_stored_by_somebody_without_a_role_then_refused(stored: StoredText) -> None:
    with pytest.raises(NotAllowed):
        record_reading(stored, reading=reading(), by=factories.user(role=""))


@pytest.mark.django_db(transaction=True)
def test_figure_when_accepted_while_its_text_is_read_again_then_kept_or_refused() -> None:
    by, kyiv, event = factories.user(), factories.source(name="Kyiv"), factories.event()
    stored = factories.stored_text(TEXT)
    (candidate,) = factories.candidates(stored, read(TEXT, "about 400", claimant="Kyiv"))
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def accept() -> None:
        try:
            start.wait()
            accept_candidate(candidate, by=by, event=event, claimant=kyiv)
            outcomes.append("accepted")
        except WrongState:
            outcomes.append("gone")
        finally:
            connections.close_all()

    accepting = threading.Thread(target=accept)
    accepting.start()
    start.wait()
    record_reading(stored, reading=reading(version="2"), by=by)
    accepting.join()

    kept = list(stored.candidates.values_list("state", flat=True))
    assert (outcomes, kept) in [(["accepted"], ["accepted"]), (["gone"], [])]


def test_figure_when_read_no_more_then_no_longer_decided_about(
    stored: StoredText, contributor: User
) -> None:
    (candidate,) = factories.candidates(stored, read(TEXT, "89"))
    record_reading(stored, reading=reading(version="2"), by=contributor)

    with pytest.raises(WrongState, match="is not read in the text any more"):
        reject_candidate(candidate, by=contributor)
