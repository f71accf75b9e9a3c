"""Which bounds can be true together: the maximum-agreement set and the groups.

The agreement set is the part of the number line that most bounds cover (Marzullo, Maintaining
the Time in a Distributed System, 1984; NTP's intersection algorithm, RFC 5905 section 11.2.1,
is a descendant). Groups are the maximal cliques of the interval graph. Neither is a probability,
and neither says what is true.

Both come from one sweep over the ends of the bounds, O(n log n) apart from the size of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.domain.figures import Bounds

_OPEN = float("inf")


class Stretch(NamedTuple):
    """A part of the number line that as many as possible of the bounds cover.

    ``bounded_claimants`` counts those of them that have an upper end too.
    """

    low: int
    high: int | None
    claimants: int
    bounded_claimants: int
    of: int


def groups(bounds: Sequence[Bounds]) -> list[tuple[int, ...]]:
    """Return the largest sets of positions whose bounds all overlap, lowest stretch first.

    Each set is maximal: no further position overlaps all of its members. By Helly's theorem on a
    line, bounds that overlap in pairs have a number in common.
    """
    if len(bounds) < 2:
        return [(0,)] if bounds else []
    lows = [b.low for b in bounds]
    highs = [_OPEN if b.high is None else b.high for b in bounds]
    if max(lows) <= min(highs):
        return [tuple(range(len(bounds)))]
    starts = sorted(range(len(bounds)), key=lows.__getitem__)
    ends = sorted(range(len(bounds)), key=highs.__getitem__)
    found: list[tuple[int, ...]] = []
    open_now: set[int] = set()
    leaving = 0
    has_grown = False
    for entering in starts:
        while highs[ends[leaving]] < lows[entering]:
            if has_grown:
                found.append(tuple(sorted(open_now)))
                has_grown = False
            open_now.discard(ends[leaving])
            leaving += 1
        open_now.add(entering)
        has_grown = True
    if has_grown:
        found.append(tuple(sorted(open_now)))
    return found


def agreement(
    bounds: Sequence[Bounds], cliques: Sequence[tuple[int, ...]] | None = None
) -> list[Stretch]:
    """Return all stretches that the most bounds cover, from low to high.

    Two stretches are one only when the same bounds cover them; these are just what the largest
    groups have in common. ``cliques`` are the groups where they are already known.
    """
    if len(bounds) == 1:
        return [Stretch(*bounds[0], 1, int(bounds[0].is_bounded), 1)]
    cliques = groups(bounds) if cliques is None else cliques
    most = max([len(clique) for clique in cliques], default=0)
    return [
        _common([bounds[i] for i in clique], of=len(bounds))
        for clique in cliques
        if len(clique) == most
    ]


def _common(bounds: Sequence[Bounds], *, of: int) -> Stretch:
    highs = [b.high for b in bounds if b.high is not None]
    return Stretch(
        max([b.low for b in bounds]), min(highs, default=None), len(bounds), len(highs), of
    )
