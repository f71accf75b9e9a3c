"""The small bar of a list row: from the lowest to the highest number anybody gives.

Drawn from zero to its own highest number, so the length of the bar is the spread. Where two
claims contradict each other the stretch that lies between them is dotted.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.web.charts.svg import line, title


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers of one comparison that the bar shows."""

    lowest: int
    highest: int
    gap_low: int | None = None
    gap_high: int | None = None

    @property
    def words(self) -> str:
        """What the bar shows, for those who do not see it."""
        if self.lowest == self.highest:
            return f"{self.lowest:,}"
        words = f"From {self.lowest:,} to {self.highest:,}"
        if self.gap_low is None or self.gap_high is None:
            return words
        ends = f"one claimant allows {self.gap_low:,} at most, another {self.gap_high:,} at least"
        return f"{words}; {ends}"


def range_bar(shown: Range) -> str:
    """Return the bar as an SVG that fills the width it is given."""
    ends = [
        f'<rect x="{_place(shown, n)}" y="4" width="3" height="12" class="range-end"/>'
        for n in sorted({shown.lowest, shown.highest})
    ]
    drawn = (title(shown.words), line("0", "100%", 10, 10, ' class="range-axis"'), *_lines(shown))
    return f'<svg role="img" height="20" width="100%">{"".join([*drawn, *ends])}</svg>'


def _lines(shown: Range) -> list[str]:
    if shown.gap_low is None or shown.gap_high is None:
        return [_line(shown, shown.lowest, shown.highest, "range-line")]
    low = max(shown.lowest, min(shown.gap_low, shown.highest))
    high = min(shown.highest, max(shown.gap_high, shown.lowest))
    return [
        _line(shown, shown.lowest, low, "range-line"),
        _line(shown, low, high, "range-gap"),
        _line(shown, high, shown.highest, "range-line"),
    ]


def _line(shown: Range, start: int, end: int, kind: str) -> str:
    return line(_place(shown, start), _place(shown, end), 10, 10, f' class="{kind}"')


def _place(shown: Range, number: int) -> str:
    """Return where a number lies; one per cent is kept free for the end mark."""
    share = number / shown.highest if shown.highest else 0.0
    return f"{share * 98.5:.1f}%"
