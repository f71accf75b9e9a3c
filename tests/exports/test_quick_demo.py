"""The demo as the database writes it: byte for byte what the tables of lists say."""

from claims.ingest.demo import load_demo
from tests.exports.test_quick import LISTS, asked, text_of


def test_the_demo_is_written_alike_both_ways(db: None) -> None:
    assert load_demo()

    for name in LISTS:
        assert text_of(asked(name=name), name=name) == text_of(list(asked(name=name)), name=name)
