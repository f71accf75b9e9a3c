"""What an import would do, or did: every record with its fate, every refusal with its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from claims.ingest.wanted import Refusal, Wanted

Fate = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Item:
    """One record of the file and what becomes of it here.

    ``kind`` is event, source, document, claim or citation, ``label`` what people call it,
    ``fields`` the names of what changes, ``remark`` why a record is left alone.
    """

    kind: str
    label: str
    row: int
    fate: Fate
    fields: tuple[str, ...] = ()
    remark: str = ""


@dataclass(slots=True)
class Plan:
    """What an import would do; nothing has been written."""

    name: str
    wanted: Wanted
    items: list[Item] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def of(self, fate: Fate) -> list[Item]:
        """Return the items of one fate, in the order they would be written."""
        return [item for item in self.items if item.fate == fate]

    @property
    def new(self) -> list[Item]:
        """What is not there yet."""
        return self.of("new")

    @property
    def changed(self) -> list[Item]:
        """What is there and says something else."""
        return self.of("changed")

    @property
    def same(self) -> list[Item]:
        """What is there just so, or is left alone."""
        return self.of("same")

    @property
    def counts(self) -> dict[str, int]:
        """How many are new, changed, same and refused."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": len(self.same),
            "refused": len(self.refused),
        }

    def counts_of(self, fate: Fate) -> dict[str, int]:
        """How many of each kind of record have a fate."""
        return dict(Counter(item.kind for item in self.of(fate)))


@dataclass(slots=True)
class Result(Plan):
    """What an import did."""
