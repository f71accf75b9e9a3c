"""The read model: right after every write, gone with a rollback, and proven by a fresh look."""

import json
import threading
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction

from claims.models import (
    Claim,
    Comparison,
    Event,
    EventCountry,
    EventDigest,
    EventWord,
    SourceWord,
    Tally,
)
from claims.queries.comparison_document import as_body, comparisons_document
from claims.queries.comparisons import event_comparisons
from claims.services import claims, comparisons, reviews
from tests import factories

pytestmark = pytest.mark.django_db


def test_row_holds_the_numbers_of_the_question() -> None:
    event, party = factories.event(), factories.party("Russia")
    for wording in ("89", "about 400", "between 60 and 400"):
        factories.claim(
            event=event, wording=wording, victims_party=party, claimed_on=date(2023, 1, 9)
        )

    row = Comparison.objects.get()

    assert (row.measure, row.victims, row.victims_party, row.verdict) == (
        "killed",
        "people",
        party,
        "contradictory",
    )
    assert (row.claim_count, row.claimant_count, row.citation_count) == (3, 3, 3)
    assert (row.lowest, row.highest, float(row.spread_ratio), row.spread_order) == (
        60,
        400,
        6.6667,
        66667,
    )
    assert (row.gap_low, row.gap_high, row.gap_absolute, float(row.gap_ratio), row.gap_order) == (
        89,
        350,
        261,
        3.9326,
        39326,
    )
    assert row.latest_claimed_on == date(2023, 1, 9)


@pytest.mark.parametrize(
    ("wordings", "gap_order", "spread_order"),
    [
        pytest.param(("none", "at least 5"), Comparison.INFINITE, Comparison.INFINITE, id="none"),
        pytest.param(("none",), 0, 0, id="nobody says more than none"),
        pytest.param(("5", "5"), 0, 10_000, id="all say the same"),
        pytest.param(("dozens",), 0, 0, id="words alone"),
    ],
)
def test_orders_put_infinity_first_and_nothing_last(
    wordings: tuple[str, ...], gap_order: int, spread_order: int
) -> None:
    event = factories.event()
    for wording in wordings:
        factories.claim(event=event, wording=wording, claimed_on=date(2023, 3, 1))

    row = Comparison.objects.get()

    assert (row.gap_order, row.spread_order) == (gap_order, spread_order)


def test_digest_holds_the_default_document_as_made() -> None:
    event = factories.event()
    factories.claim(event=event)
    factories.claim(event=event, measure="injured")

    digest = EventDigest.objects.get()

    assert (digest.comparisons_json, digest.etag) == as_body(
        comparisons_document(event_comparisons(Event.objects.get()))
    )
    assert [r["measure"] for r in json.loads(digest.comparisons_json)["results"]] == [
        "killed",
        "injured",
    ]
    assert digest.claim_count == 2


def test_headline_is_what_several_speak_about_and_the_killed_first() -> None:
    event = factories.event()
    headlines = []

    for measure in ("missing", "killed", "injured", "injured", "missing", "killed"):
        factories.claim(event=event, measure=measure, wording="9")
        headlines.append(event_headline(event))

    assert headlines == ["missing", "killed", "killed", "injured", "injured", "killed"]


def test_digest_sorts_by_the_widest_gap_of_its_event() -> None:
    event = factories.event()
    for measure, wording in (("killed", "9"), ("killed", "9"), ("injured", "1"), ("injured", "4")):
        factories.claim(event=event, measure=measure, wording=wording, claimed_on=date(2023, 3, 1))

    digest = EventDigest.objects.get()

    assert (digest.headline.measure, digest.gap_order) == ("killed", 40_000)


def event_headline(event: Event) -> str:
    return EventDigest.objects.get(event=event).headline.measure


def test_question_keeps_its_address_when_its_numbers_change() -> None:
    event = factories.event()
    factories.claim(event=event)
    before = Comparison.objects.values_list("pk", "public_id").get()

    factories.claim(event=event, wording="400")

    assert Comparison.objects.values_list("pk", "public_id").get() == before


def test_rolled_back_write_leaves_nothing(editor: User) -> None:
    claim = factories.claim(state="submitted")

    with transaction.atomic():
        reviews.publish_claim(claim, by=editor)
        assert Comparison.objects.count() == 1
        transaction.set_rollback(True)

    assert (Comparison.objects.count(), EventDigest.objects.count()) == (0, 0)
    assert Tally.objects.filter(value__gt=0).count() == 0


def test_differences_name_every_derived_row_that_is_wrong() -> None:
    claim = factories.claim()
    other = factories.claim()
    hidden = factories.event(state="draft")
    assert comparisons.differences() == []

    Comparison.objects.filter(event=claim.event).update(highest=7)
    Comparison.objects.filter(event=other.event).delete()
    EventDigest.objects.filter(event=claim.event).update(comparisons_json="{}")
    EventDigest.objects.filter(event=other.event).delete()
    EventDigest.objects.create(event=hidden)
    Tally.objects.filter(name="claim").update(value=99)
    EventWord.objects.filter(event=claim.event).exclude(word=EventWord.EVERY).first().delete()
    EventWord.objects.filter(event=other.event).update(gap_order=7)
    EventCountry.objects.filter(event=other.event).delete()
    SourceWord.objects.create(source=claim.claimant, word="wrong")

    found = "\n".join(comparisons.differences())
    for expected in (
        "highest is 7, computed 25",
        f"of event {other.event.pk} is missing",
        f"The digest of event {claim.event.pk}: comparisons_json is {{}}",
        f"The digest of event {other.event.pk} is missing",
        f"The digest of event {hidden.pk} should not be there",
        "Tally claim: stored 99, counted 2",
        f"The words of event {claim.event.pk} are out of date",
        f"The places of event {other.event.pk} are out of date",
        f"The countries of event {other.event.pk} are out of date",
        f"The words of source {claim.claimant.pk} are out of date",
    ):
        assert expected in found


def test_rebuild_mends_every_derived_row() -> None:
    claim = factories.claim()
    Comparison.objects.all().delete()
    EventDigest.objects.filter(event=claim.event).update(etag="wrong")
    Tally.objects.all().delete()
    EventWord.objects.all().delete()

    assert comparisons.rebuild() == 1

    assert comparisons.differences() == []


@pytest.mark.parametrize("count", [1, 3])
def test_refresh_takes_a_fixed_number_of_queries(
    count: int, django_assert_num_queries: object
) -> None:
    ids = []
    for _ in range(count):
        event = factories.event()
        for _ in range(count):
            factories.claim(event=event)
        ids.append(event.pk)

    with django_assert_num_queries(13):
        comparisons.refresh_events(ids)


@pytest.mark.django_db(transaction=True)
def test_two_editors_publishing_on_one_event_at_once_leave_a_right_table() -> None:
    event = factories.event()
    waiting = [factories.claim(event=event, state="submitted", wording=str(n)) for n in range(6)]
    editor = factories.user()
    start = threading.Barrier(len(waiting))
    failures: list[BaseException] = []

    def publish(claim: Claim) -> None:
        try:
            start.wait()
            reviews.publish_claim(claim, by=editor)
        except BaseException as error:  # noqa: BLE001 - reported to the test's own thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[claim]) for claim in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Comparison.objects.get().claim_count == len(waiting)
    assert Tally.objects.get(name="claim").value == len(waiting)
    assert comparisons.differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_editors_saving_one_version_at_once_one_is_refused() -> None:
    claim = factories.claim(state="draft")
    editors = [factories.user(), factories.user()]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def edit(by: User, note: str) -> None:
        try:
            start.wait()
            claims.edit_claim(claim, by=by, changes={"note": note}, expected_version=1)
            outcomes.append("saved")
        except Exception as error:  # noqa: BLE001 - reported to the test's own thread
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=edit, args=[by, by.username]) for by in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["StaleVersion", "saved"]
    assert Claim.objects.get().version == 2
