"""The page on methods says what the domain does, word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from claims.domain import review, vocabularies
from claims.domain.figures import Reading
from claims.domain.wording import parse_wording
from claims.domain.wording_table import WORDING_TABLE
from claims.web import worked_examples


def test_every_row_of_the_table_of_wordings_is_printed_with_its_bounds(
    words_at: Callable[[str], str],
) -> None:
    words = words_at("/methods/")

    for row in WORDING_TABLE:
        plain = worked_examples.in_words(parse_wording(row.example).bounds(Reading.PLAIN))
        assert f"{row.example} {plain}" in words
        assert ", ".join(row.phrases) in words


def test_rows_that_the_strict_reading_takes_less_from_say_so() -> None:
    differing = {r.example: (r.plain, r.strict) for r in worked_examples.wording_rules()}

    assert differing["about 400"] == ("350 to 450", "no bounds")
    assert differing["nearly 400"] == ("300 to 400", "0 to 400")
    assert {e for e, (plain, strict) in differing.items() if plain != strict} == {
        "about 400",
        "nearly 400",
    }


def test_every_term_of_every_vocabulary_is_defined_there(words_at: Callable[[str], str]) -> None:
    words = words_at("/methods/")

    for vocabulary in vocabularies.ALL:
        assert vocabulary.definition in words
        for term in vocabulary:
            assert f"{term.label} {term.code} {term.definition}" in words


def test_every_move_of_review_is_printed(words_at: Callable[[str], str]) -> None:
    words = words_at("/methods/")

    for move in review.MOVES:
        assert move.definition in words
    publish = next(m for m in worked_examples.review_moves() if m.name == "publish")
    assert (publish.before, publish.after, publish.who) == ("submitted", "published", "editor")
    assert publish.conditions == "somebody other than the author; at least one document cited"


def test_worked_pairs_come_out_as_the_domain_says() -> None:
    found = [(p.first, p.second, p.relation) for p in worked_examples.pair_examples(2)]

    assert found == [
        ("“89”", "“about 400”", "contradictory"),
        ("“89”", "“at least 400”", "contradictory"),
        ("“89”", "“up to 400”", "compatible"),
        ("“10” on day 1", "“25” on day 4", "first days"),
        ("“between 5 and 10” on day 1", "“25” on day 4", "contradictory"),
        ("“25” on day 1", "“10” on day 4", "contradictory"),
        ("“7,797” identified by name", "“15,002”", "compatible"),
        ("“92” identified by name", "“89”", "contradictory"),
    ]


def test_worked_agreement_sets_are_the_four_of_the_design() -> None:
    assert [e.agreement for e in worked_examples.agreement_examples()] == [
        "400 by 2 of 3",
        "89 by 2 of 3 and 200 to 400 by 2 of 3",
        "400 to 600 by 2 of 3",
        "350 to 450 by 2 of 3",
    ]


def test_each_verdict_that_words_can_show_has_its_example() -> None:
    assert list(worked_examples.verdict_examples(2)) == [
        "single",
        "contradictory",
        "developing",
        "agree",
        "compatible",
    ]


@pytest.mark.parametrize("days", [2, 5])
def test_first_days_are_those_of_this_copy(
    words_at: Callable[[str], str], settings: object, days: int
) -> None:
    settings.FIRST_DAYS = days

    words = words_at("/methods/")

    assert f"A count from the first {days} days of an event" in words
    assert f"“25” on day {days + 2}" in words


def test_a_desk_of_one_person_says_so(words_at: Callable[[str], str], settings: object) -> None:
    settings.ONE_PERSON_DESK = True

    assert "run by a desk of one person" in words_at("/methods/")


def test_page_asks_the_database_nothing(client: Client) -> None:
    # Without the database fixture any query fails the test.
    assert client.get("/methods/").status_code == 200
    assert client.get("/about/").status_code == 200


def test_about_names_the_contact_where_one_is_set(
    words_at: Callable[[str], str], settings: object
) -> None:
    assert "No address for letters has been set" in words_at("/about/")

    settings.CONTACT_EMAIL = "desk@tracker.example"

    assert "Write to desk@tracker.example." in words_at("/about/")
    assert "CC BY 4.0" in words_at("/about/")
