"""How many claims each event has: few events have many, most have one or two (Zipf's law).

The event of rank r has 1 + min(most, c / r) claims, rounded down, with the largest whole c whose
sum does not exceed the claims wanted; those left over go one each to the last ranks. Worked out per
rank, so that no list of events is ever held.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

MOST_CLAIMS = 500


@dataclass(frozen=True, slots=True)
class Sizes:
    """The number of claims of every event, by its place in the file."""

    events: int
    constant: int
    most: int
    left_over: int
    step: int

    def of(self, place: int) -> int:
        """Return how many claims the event at this place (0 first) has."""
        rank = place * self.step % self.events + 1
        more = 1 if rank > self.events - self.left_over else 0
        return 1 + min(self.most, self.constant // rank) + more


def sizes(*, events: int, claims: int) -> Sizes:
    """Return sizes that add up to ``claims``; raise ``ValueError`` where that cannot be."""
    if not 1 <= events <= claims:
        raise ValueError(
            f"Expected at least one event and a claim for each, got {events:,} events and "
            f"{claims:,} claims."
        )
    more = claims - events
    most = max(MOST_CLAIMS, 4 * -(-claims // events))
    low, high = 0, events * most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _sum(middle, events, most) <= more else (low, middle)
    return Sizes(events, low, most, more - _sum(low, events, most), _step(events))


def _sum(constant: int, events: int, most: int) -> int:
    """Return the sum over ranks of min(most, constant // rank), counted by value."""
    return sum(min(events, constant // value) for value in range(1, most + 1))


def _step(events: int) -> int:
    """Return a step that visits every rank once, so that long events lie anywhere in the file."""
    step = max(1, events * 618 // 1000)
    while gcd(step, events) != 1:
        step += 1
    return step
