"""The number line of a chart: where a number of people lies, and which numbers are written on it.

Linear by default. It starts at zero unless all numbers lie so close together that zero would
press them into one corner. The logarithmic line keeps a place of its own for zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_TICKS_WANTED = 5
_NEAR = 0.75  # all numbers above this share of the largest: the line need not start at zero
_ZERO_ROOM = 0.07  # what the logarithmic line keeps free at its start for a zero


@dataclass(frozen=True, slots=True)
class Scale:
    """A number line from ``low`` to ``high``; ``has_zero`` matters for logarithmic lines only."""

    low: int
    high: int
    ticks: tuple[int, ...]
    is_log: bool = False
    has_zero: bool = False

    def share(self, number: int) -> float:
        """Return where a number lies, 0 at the start of the line and 1 at its end."""
        if not self.is_log:
            return (number - self.low) / (self.high - self.low)
        start = _ZERO_ROOM if self.has_zero else 0.0
        if number <= 0:
            return 0.0
        way = (log10(number) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return start + (1 - start) * max(0.0, way)

    @property
    def starts_at_zero(self) -> bool:
        """Whether the start of the line is nobody."""
        return self.low == 0 or self.has_zero


def scale_for(numbers: Sequence[int], *, is_log: bool = False, from_zero: bool = False) -> Scale:
    """Return a line on which all the numbers have a place; 0 to 10 where there are none.

    ``from_zero`` keeps zero on a linear line even where all the numbers lie close together.
    """
    if not numbers or max(numbers) == 0:
        return Scale(0, 10, (0, 5, 10))
    return _log_scale(numbers) if is_log else _linear_scale(numbers, from_zero=from_zero)


def _linear_scale(numbers: Sequence[int], *, from_zero: bool) -> Scale:
    smallest, largest = min(numbers), max(numbers)
    is_close = smallest > _NEAR * largest and largest > smallest
    start = smallest if is_close and not from_zero else 0
    step = nice_step((largest - start) / _TICKS_WANTED)
    low = max(0, floor(start / step) * step)
    low = max(0, low - step) if low and low == smallest else low
    high = ceil(largest / step) * step
    return Scale(low, high, tuple(range(low, high + 1, step)))


def nice_step(wanted: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 ... that is not below what is wanted."""
    power = 10 ** max(0, floor(log10(wanted))) if wanted > 1 else 1
    return next(power * n for n in (1, 2, 5, 10, 20) if power * n >= wanted)


def _log_scale(numbers: Sequence[int]) -> Scale:
    positive = [n for n in numbers if n > 0]
    steps = [m * 10**power for power in range(12) for m in (1, 2, 5)]
    low = max(s for s in steps if s <= min(positive))
    high = min(s for s in steps if s >= max(*positive, low + 1))
    ticks = [s for s in steps if low <= s <= high]
    if len(ticks) > _TICKS_WANTED + 2:
        ticks = [s for s in ticks if str(s).strip("0") == "1"]
    has_zero = min(numbers) == 0
    return Scale(low, high, ((0,) if has_zero else ()) + tuple(ticks), True, has_zero)
