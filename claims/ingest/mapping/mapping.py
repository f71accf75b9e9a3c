"""A mapping, read and compiled: what it says about a dataset, its table and its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from claims.ingest.mapping.conditions import Condition
from claims.ingest.mapping.templates import Value
from claims.ingest.tables.table import Layout

EACH_ROW = "each_row"
DESCRIBED_BY = (EACH_ROW, "first_row")
NEEDED = frozenset({"event_key", "claimant", "measure"})
"""What every claim has to say."""

REPEATS = ("same", "refuse", "count_once", "each_is_a_claim")


@dataclass(frozen=True, slots=True)
class PassOver:
    """Rows that are no claims, or, without ``whole_row``, a part of a row that is none."""

    condition: Condition
    why: str
    whole_row: bool = True


@dataclass(frozen=True, slots=True)
class Documents:
    """One document of a claim, or as many as its ``lists`` have items.

    ``loose`` lists are used where they have as many items as the others. ``uneven`` says what
    becomes of lists of different lengths: the row is refused, or they go into the note.
    """

    name: str
    condition: Condition
    fields: dict[str, Value]
    split: str = ""
    lists: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    uneven: str = "refuse"


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """One claim that a row may make: when, and its fields over those of the row.

    ``why`` says why there is none where the condition does not hold, for counting. ``made_of``
    says of which columns what every claim needs and its day are made. ``follows`` tells that it
    asks for the claim before it.
    """

    what: str
    condition: Condition
    fields: dict[str, Value]
    documents: tuple[Documents, ...]
    why: str = ""
    made_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a file may have: with a meaning, optional, knowingly not used, old names.

    ``origins`` says which column a named value is made of first, ``made_of`` the one column
    that a field of the interchange format is made of, both for refusals; ``places`` says where
    in the mapping each used column stands first.
    """

    used: frozenset[str]
    optional: frozenset[str] = frozenset()
    unused: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        """Tell whether a file may have a column of that name."""
        return self.named(name) in self.used or self.is_unused(name)

    def named(self, name: str) -> str:
        """Return the name the mapping uses for a column of the file.

        A name broken over lines is the same name.
        """
        if name not in self.names and name not in self.used:
            name = " ".join(name.split())
        return self.names.get(name, name)

    def is_unused(self, name: str) -> bool:
        """Tell whether the mapping knowingly does not use a column."""
        return self.named(name) not in self.used and any(
            fnmatchcase(name, pattern) for pattern in self.unused
        )


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything a mapping says.

    ``constants`` has, by place, the texts that name something and are the same in every row.
    """

    name: str
    title: str
    licence: str
    url: str
    about: str
    citation: str
    revises: bool
    repeats: str
    described_by: str
    layout: Layout
    columns: Columns
    missing: dict[str, frozenset[str]]
    let: dict[str, Value]
    count_rows: dict[str, tuple[str, Value]]
    pass_over: tuple[PassOver, ...]
    fields: dict[str, Value]
    claims: tuple[ClaimBlock, ...]
    constants: dict[str, str] = field(default_factory=dict)
