"""Parts said to be larger than their wholes, across the comparisons of one event."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from claims.models import Event
from claims.queries.comparisons import event_comparisons, parts_above_wholes
from tests import factories

pytestmark = pytest.mark.django_db


def found(event: Event) -> list[tuple[str, str]]:
    """Return the wordings of each part and of the whole that it exceeds."""
    views = event_comparisons(event)
    words = {c.claim.public_id: c.claim.wording for view in views for c in view.claims}
    return [(words[e.part.key], words[e.whole.key]) for e in parts_above_wholes(views)]


def two_claims(event: Event, *, whole_on: date, part: str = "at least 30") -> None:
    """Publish that 25 people were killed and, a month later, how many of them were children."""
    factories.claim(event=event, wording="25", victims="people", claimed_on=whole_on)
    factories.claim(event=event, wording=part, victims="children", claimed_on=date(2023, 2, 1))


def test_more_children_than_people_is_found_and_shown(client: Client) -> None:
    event = factories.event(date_start=date(2023, 1, 1))
    two_claims(event, whole_on=date(2023, 1, 20))

    page = client.get(event.get_absolute_url()).content.decode()

    assert found(event) == [("at least 30", "25")]
    assert "Parts and wholes" in page


def test_page_when_many_parts_exceed_their_wholes_then_folds_all_but_the_widest(
    client: Client,
) -> None:
    event = factories.event(date_start=date(2023, 1, 1))
    for victims in ("people", "civilians"):
        factories.claim(event=event, wording="25", victims=victims, claimed_on=date(2023, 1, 20))
    for victims in ("children", "women", "journalists", "aid_workers"):
        factories.claim(event=event, wording="30", victims=victims, claimed_on=date(2023, 2, 1))

    page = client.get(event.get_absolute_url()).content.decode()

    section = page.partition('id="parts"')[2].partition("</section>")[0]
    shown, _, folded = section.partition("<details>")
    assert (shown.count("<li>"), folded.count("<li>")) == (5, len(found(event)) - 5)
    assert f"{len(found(event)) - 5} more pair" in folded


def test_a_part_that_fits_is_not_named(client: Client) -> None:
    event = factories.event(date_start=date(2023, 1, 1))
    two_claims(event, whole_on=date(2023, 1, 20), part="at least 20")

    page = client.get(event.get_absolute_url()).content.decode()

    assert found(event) == []
    assert "Parts and wholes" not in page


def test_a_count_of_the_first_days_is_no_ceiling() -> None:
    event = factories.event(date_start=date(2023, 1, 1))
    two_claims(event, whole_on=date(2023, 1, 2))

    assert found(event) == []


def test_a_number_given_while_the_event_went_on_is_no_ceiling() -> None:
    event = factories.event(date_start=date(2022, 2, 24), date_end=None)
    two_claims(event, whole_on=date(2023, 1, 20))

    assert found(event) == []


def test_other_periods_are_not_set_against_each_other() -> None:
    event = factories.event(date_start=date(2023, 1, 1))
    factories.claim(event=event, wording="25", claimed_on=date(2023, 1, 20), area="one hospital")
    factories.claim(event=event, wording="30", victims="children", claimed_on=date(2023, 2, 1))

    assert found(event) == []
