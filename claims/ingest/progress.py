"""How far an import has come, told while it works."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know: a bar on a terminal, a page."""

    def step(self, name: str, total: int | None) -> None:
        """A step begins that goes through about so many rows, ``None`` where nobody knows."""
        ...

    def advance(self, rows: int) -> None:
        """So many more rows are done."""
        ...


class Silent:
    """Nobody wants to know."""

    def step(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, rows: int) -> None:
        """Say nothing."""
