"""What became of a figure when its claimant gave a new one."""

from __future__ import annotations

import pytest

from claims.domain.revisions import Move, move
from claims.domain.wording import parse_wording


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("63", "89", Move.RAISED, id="a number"),
        pytest.param("about 210", "about 200", Move.LOWERED, id="an estimate"),
        pytest.param("at least 39", "50", Move.RAISED, id="a floor then a number"),
        pytest.param("about 500", "471", Move.LOWERED, id="an estimate then a number"),
        pytest.param("89", "at least 89", Move.REWORDED, id="the same number"),
        pytest.param("more than 45", "up to 52", Move.REWORDED, id="a floor becomes a ceiling"),
        pytest.param("up to 52", "at least 45", Move.REWORDED, id="a ceiling becomes a floor"),
        pytest.param("60 to 400", "200 to 600", Move.RAISED, id="both ends of a range"),
        pytest.param("60 to 400", "60 to 300", Move.LOWERED, id="the upper end alone"),
        pytest.param("60 to 400", "80 to 300", Move.NARROWED, id="a range within"),
        pytest.param("80 to 300", "60 to 400", Move.WIDENED, id="a range around"),
        pytest.param("hundreds", "350", Move.NARROWED, id="an order of size then a number"),
        pytest.param("hundreds", "dozens", Move.LOWERED, id="orders of size"),
        pytest.param("at least 39", "50 to 60", Move.NARROWED, id="an open end is closed"),
        pytest.param("60 to 400", "between 60 and 400", Move.REWORDED, id="the same range"),
        pytest.param("up to 80", "an unknown number", Move.UNNUMBERED, id="no number any more"),
        pytest.param("an unknown number", "80", Move.NUMBERED, id="the first number"),
        pytest.param("an unknown number", "unknown", Move.REWORDED, id="no number at all"),
    ],
)
def test_a_new_figure_says_what_became_of_the_old_one(
    before: str, after: str, expected: Move
) -> None:
    assert move(parse_wording(before), parse_wording(after)) is expected
