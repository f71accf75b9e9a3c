"""Claims that follow each other: running totals, of which each revises the one before."""

from __future__ import annotations

from dataclasses import dataclass

from claims.ingest.cells import CellRefused
from claims.ingest.mapping.mapping import ClaimBlock

_DAY = len("2013-01-03")


@dataclass(frozen=True, slots=True)
class Last:
    """The last claim of a series: its key, the key it came after, its day and row."""

    key: str = ""
    before: str = ""
    day: str = ""
    number: int = 0


NONE = Last()


def following(last: Last, made: dict[str, str], number: int, block: ClaimBlock) -> Last:
    """Return a claim as the last one of its series.

    One that is told again goes on revising what it did. Raises ``CellRefused`` where a claim
    would revise one of a later day.
    """
    key, day = made.get("claim_key", ""), made.get("claimed_on", "")
    revises = made.get("revises", "")
    if key == last.key:
        if revises == key and last.before:
            made["revises"] = last.before
        elif revises == key:
            del made["revises"]
        return last
    if last.key and revises == last.key and "" < day[:_DAY] < last.day[:_DAY]:
        raise CellRefused(
            f"The claim is of {day} and would revise that of row {last.number}, which is of "
            f"{last.day}. Sort the rows by their days, the first one on top.",
            next(iter(block.made_of["claimed_on"]), "claimed_on"),
        )
    return Last(key, last.key, day, number)
