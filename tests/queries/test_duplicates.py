"""Records that may be the same thing twice: found, narrowed, never too many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.queries.duplicates import likely_duplicate_events, likely_duplicate_sources
from tests import factories

pytestmark = pytest.mark.django_db


def test_event_under_another_spelling_of_its_aliases_is_found() -> None:
    event = factories.event(title="Makiivka barracks strike", aliases=["Макіївка", "Makeyevka"])
    factories.event(title="Belgorod shelling")

    assert likely_duplicate_events("Strike on barracks", ["makeyevka"], date(2023, 1, 2)) == [event]


@pytest.mark.parametrize(
    ("day", "countries", "is_found"),
    [
        pytest.param(date(2023, 1, 3), ["UA"], True, id="same week, same country"),
        pytest.param(date(2023, 1, 3), ["RU"], True, id="same week, another country"),
        pytest.param(date(9999, 12, 31), ["UA"], True, id="the calendar's last day"),
        pytest.param(date(1, 1, 1), ["RU"], False, id="its first day"),
        pytest.param(None, ["UA"], True, id="no day known"),
        pytest.param(None, [], True, id="nothing but the name"),
        pytest.param(date(2020, 1, 1), ["RU"], False, id="another year and country"),
    ],
)
def test_event_of_almost_the_same_name_is_found_where_day_or_country_allow(
    day: date | None, countries: list[str], is_found: bool
) -> None:
    event = factories.event(title="Makiivka barracks strike")

    found = likely_duplicate_events("Makiivka barracks strikes", [], day, countries)

    assert found == ([event] if is_found else [])


def test_event_of_the_same_place_name_years_apart_is_another() -> None:
    factories.event(title="Shelling of Belgorod", date_start=date(2023, 12, 30))

    assert likely_duplicate_events("Belgorod, shelling", [], date(2024, 6, 1), ["UA"]) == []


def test_event_itself_and_withdrawn_ones_are_not_duplicates() -> None:
    event = factories.event(title="Makiivka strike")
    factories.event(title="Makiivka strike", state="withdrawn")

    assert likely_duplicate_events("Makiivka strike", exclude_id=event.pk) == []


def test_source_under_another_order_of_words_or_accents_is_found() -> None:
    source = factories.source(name="Ministère de la Santé", aliases=["Ministry of Health"])
    factories.source(name="Ministry of Defence")

    assert likely_duplicate_sources("Health, Ministry of") == [source]
    assert likely_duplicate_sources("MINISTERE DE LA SANTE") == [source]
    assert likely_duplicate_sources("Emergency Service") == []
    assert likely_duplicate_sources("Ministry of Health", exclude_id=source.pk) == []


def test_at_most_five_are_shown_the_likeliest_first() -> None:
    for number in range(7):
        factories.source(name=f"Ministry of Health {number}")
    exact = factories.source(name="Ministry of Health")

    found = likely_duplicate_sources("Ministry of Health")

    assert (len(found), found[0]) == (5, exact)


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_two_queries(count: int) -> None:
    for _ in range(count):
        factories.event(title="Makiivka strike")
        factories.source(name=f"Ministry of Health {_}")

    with CaptureQueriesContext(connection) as events:
        likely_duplicate_events("Makiivka strike", [], date(2023, 1, 1), ["UA"])
    with CaptureQueriesContext(connection) as sources:
        likely_duplicate_sources("Ministry of Health")

    assert (len(events), len(sources)) == (2, 2)
