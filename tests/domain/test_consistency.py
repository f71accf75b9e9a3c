"""Parts that exceed their wholes."""

from __future__ import annotations

import pytest

from claims.domain.consistency import Counted, excesses, is_part
from claims.domain.figures import Bounds

ONE = Bounds(1, 1)


def counted(
    key: str,
    victims: str = "people",
    bounds: Bounds = ONE,
    *,
    measure: str = "killed",
    party: str | None = None,
    claimant: str = "a",
) -> Counted:
    """One claim as the check of parts and wholes sees it."""
    return Counted(key, claimant, measure, victims, party, bounds)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param(counted("p", "children"), counted("w"), True, id="children of people"),
        pytest.param(
            counted("p", "journalists"), counted("w", "civilians"), True, id="of civilians"
        ),
        pytest.param(
            counted("p", "children"), counted("w", "civilians"), False, id="not of civilians"
        ),
        pytest.param(
            counted("p"), counted("w", measure="killed_or_injured"), True, id="killed of casualties"
        ),
        pytest.param(
            counted("p"), counted("w", measure="losses_unspecified"), False, id="unclear losses"
        ),
        pytest.param(counted("p", party="x"), counted("w"), True, id="one party's of everybody"),
        pytest.param(counted("p"), counted("w", party="x"), False, id="everybody of one party's"),
        pytest.param(counted("p"), counted("w"), False, id="the same question"),
    ],
)
def test_is_part(part, whole, expected) -> None:
    assert is_part(part, whole) is expected


def test_a_part_larger_than_its_whole_is_named_with_who_says_which() -> None:
    children = counted("c", "children", Bounds(30, None), claimant="b")
    people = counted("p", "people", Bounds(25, 25), claimant="a")

    found = excesses([children, people])

    assert [(e.part.key, e.whole.key, e.is_within_one_claimant) for e in found] == [
        ("c", "p", False)
    ]


def test_a_part_that_fits_is_not_named() -> None:
    assert (
        excesses([counted("c", "children", Bounds(5, 5)), counted("p", bounds=Bounds(25, 25))])
        == []
    )
