"""When a second person has to agree to an import."""

import pytest

from claims.domain.importing import Extent, reasons_for_a_second_person


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        pytest.param(Extent(added=9, withdrawn=0, standing=0), [], id="a first batch of any size"),
        pytest.param(
            Extent(added=0, withdrawn=20, standing=100), [], id="a fifth may go on one word"
        ),
        pytest.param(
            Extent(added=0, withdrawn=21, standing=100),
            ["It withdraws 21 of the dataset's 100 claims, more than 20%."],
            id="more than a fifth may not",
        ),
        pytest.param(
            Extent(added=99, withdrawn=0, standing=30, earlier=[10, 10, 10]),
            [],
            id="less than ten times the usual",
        ),
        pytest.param(
            Extent(added=1000, withdrawn=0, standing=30, earlier=[10, 12, 8]),
            ["It adds 1,000 claims, 100 times the usual 10."],
            id="a hundred times the usual",
        ),
    ],
)
def test_batch_of_some_extent_needs_a_second_person_for(
    extent: Extent, expected: list[str]
) -> None:
    assert reasons_for_a_second_person(extent) == expected
