"""The headline figure of a document for each measure."""

import pytest

from claims.extraction.stated import Interval
from claims.extraction.totals import totals
from tests.extraction.found import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Nothing happened.", {}, id="no figure"),
        pytest.param(
            "At least 25 people were killed and 108 wounded. In May a raid killed 7.",
            {"killed": (25, None), "injured": (108, 108)},
            id="the first of each measure",
        ),
        pytest.param(
            "The fighting killed 17 soldiers and three civilians.",
            {"killed": (20, 20)},
            id="a list is added up",
        ),
        pytest.param(
            "The attack killed 17, including five children.", {"killed": (17, 17)}, id="no parts"
        ),
        pytest.param(
            "Another 16 were confirmed dead, taking the total to 212.",
            {"killed": (212, 212)},
            id="the sum and not what was added",
        ),
        pytest.param(
            "The toll, previously given as 140, was revised to 1,400.",
            {"killed": (1_400, 1_400)},
            id="not what the text replaces",
        ),
        pytest.param(
            "Russia said 63 men were killed, while Kyiv claimed up to 400.",
            {"killed": (63, 63)},
            id="rivals are not added up",
        ),
    ],
)
def test_headline_figures_of_a_text(text: str, expected: dict[str, Interval]) -> None:
    assert totals(read(text)) == expected
