"""What a format is: a name, what it is good for, and how rows become bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.exports.tables import Table

FLUSH_AT = 32_768
"""Bytes gathered before they are sent, so that compression has something to work on."""

Rows = Iterable[Sequence[Any]]


class FileRefused(Exception):
    """A file that cannot be made; its text says why and what to do instead."""


class FormatNotInstalled(FileRefused):
    """A format whose library is not on this machine."""


class TooManyRows(FileRefused):
    """More rows than a file of the format can hold."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a reader may ask of a file beside its format.

    ``spreadsheet`` makes text that a spreadsheet would take for a formula harmless; ``hxl`` puts
    a row of HXL hashtags under the header.
    """

    spreadsheet: bool = False
    hxl: bool = False


PLAIN = Style()


class Tally:
    """How many rows have been written so far."""

    def __init__(self) -> None:
        self.rows = 0

    def counted(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield rows and count them."""
        for row in rows:
            self.rows += 1
            yield row


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files. ``pieces`` turns the rows of a table into bytes, piece by piece."""

    name: str
    title: str
    media_type: str
    pieces: Callable[[Table, Rows, Style], Iterator[bytes]]
    is_installed: Callable[[], bool] = lambda: True


def gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield many small parts as pieces of about ``FLUSH_AT`` bytes."""
    held: list[bytes] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= FLUSH_AT:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
