"""What comparisons show, as light values: an event, its claims, who makes them, what prints them.

They answer to the same names as the rows of ``claims.models``, for reading only, and hold nothing
that is not public. ``claims.queries.compared_rows`` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import ClassVar

from django.urls import reverse
from django.utils.text import slugify

from claims.domain.dates import PartialDate
from claims.domain.figures import Figure
from claims.domain.public_ids import PREFIXES
from claims.domain.scope import Span
from claims.domain.search_words import Marks
from claims.models import Event

_NOBODY = "0000000000"


@dataclass(slots=True)
class ComparedParty:
    """A side whose victims are counted."""

    pk: int
    public_id: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(slots=True)
class ComparedSource:
    """Who makes a claim."""

    pk: int
    public_id: str
    name: str
    kind: str
    speaks_for_id: int | None
    is_compilation: bool

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address("source", self.public_id, self.name)


@dataclass(slots=True)
class ComparedPublisher:
    """Whose document it is."""

    name: str


@dataclass(slots=True)
class ComparedDocument:
    """One public document that prints a claim, or that another one got it from."""

    public_id: str
    title: str
    publisher: ComparedPublisher | None
    url: str
    archived_url: str
    published: PartialDate | None

    state: ClassVar[str] = "published"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title, or for an untitled document its publisher and date."""
        if self.title:
            return self.title
        publisher = self.publisher.name if self.publisher else "Untitled document"
        return f"{publisher}, {self.published.label()}" if self.published else publisher

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address("document", self.public_id)


@dataclass(slots=True)
class ComparedCitation:
    """Where a document prints a claim; ``via`` is the public document it got it from."""

    document: ComparedDocument
    wording: str
    quote: str
    locator: str
    via: ComparedDocument | None


@dataclass(slots=True)
class ComparedClaim:
    """One published claim; ``cited`` makes its published citations when they are asked for."""

    pk: int
    public_id: str
    measure: str
    victims: str
    victims_wording: str
    victims_party: ComparedParty | None
    claimant: ComparedSource
    figure: Figure
    interval: str
    count_basis: str
    claimed: PartialDate | None
    as_of: date | None
    period_start: date | None
    period_end: date | None
    area: str
    revises_id: int | None
    credibility: str
    cited: Callable[[int], list[ComparedCitation]]
    _citations: list[ComparedCitation] | None = None

    state: ClassVar[str] = "published"

    @property
    def published_citations(self) -> list[ComparedCitation]:
        """Its published citations, the earliest first."""
        if self._citations is None:
            self._citations = self.cited(self.pk)
        return self._citations

    @property
    def victims_party_id(self) -> int | None:
        """The key of the victims' party."""
        return self.victims_party.pk if self.victims_party else None

    @property
    def wording(self) -> str:
        """The figure in the source's words."""
        return self.figure.wording

    @property
    def qualifier(self) -> str:
        """How the words bound the number."""
        return str(self.figure.qualifier)

    @property
    def low(self) -> int | None:
        """The low number as stated."""
        return self.figure.low

    @property
    def best(self) -> int | None:
        """The best number as stated."""
        return self.figure.best

    @property
    def high(self) -> int | None:
        """The high number as stated."""
        return self.figure.high

    @property
    def disordered(self) -> bool:
        """Whether the source printed the numbers out of order."""
        return self.figure.disordered

    @property
    def cited_on(self) -> PartialDate | None:
        """The earliest day on which it is known to have been printed."""
        printed = [c.document.published for c in self.published_citations if c.document.published]
        return min(printed, key=lambda day: day.last, default=None)

    @property
    def figure_words(self) -> str:
        """The figure in the source's words, or the numbers where no words are kept."""
        return self.wording or " – ".join(f"{n:,}" for n in self.figure.stated)

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address("claim", self.public_id)


@dataclass(frozen=True, slots=True)
class RelatedEvent:
    """A public event around another one: what contains it, or what it contains."""

    public_id: str
    title: str
    started: PartialDate | None
    ended: PartialDate | None

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address("event", self.public_id, self.title)


@dataclass(slots=True)
class ComparedEvent:
    """What comparisons need of an event; ``parties`` are the keys of its sides.

    ``marks`` are those of its words. They are brought along for who keeps comparisons, not for who
    reads them.
    """

    pk: int
    public_id: str
    title: str
    kind: str
    countries: Sequence[str]
    span: Span
    parties: frozenset[int]
    marks: Marks = field(default=(0, 0), compare=False)

    @classmethod
    def of(cls, event: Event, parties: Collection[int] | None = None) -> ComparedEvent:
        """Return what comparisons need of a row; one query for its parties unless given."""
        if parties is None:
            parties = [party.pk for party in event.parties.all()]
        return cls(
            event.pk,
            event.public_id,
            event.title,
            event.kind,
            event.countries,
            event.span,
            frozenset(parties),
        )

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address("event", self.public_id, self.title)


def address(kind: str, public_id: str, name: str = "") -> str:
    """Return the public address of a record; those of events and sources may bear their name."""
    before, after, end = _around(kind, bool(name))
    return f"{before}{public_id}{after}{_slug(name)}{end}" if name else before + public_id + after


@cache
def _around(kind: str, is_decorated: bool) -> tuple[str, str, str]:
    """Return what stands before and after the id in the address of a page, and after the slug."""
    public_id = f"{PREFIXES[kind]}_{_NOBODY}"
    args = [public_id, "slug"] if is_decorated else [public_id]
    is_short = kind in ("event", "source") and not is_decorated
    made = reverse(f"web:{kind}_moved" if is_short else f"web:{kind}", args=args)
    before, after = made.split(public_id)
    return (before, "-", after.removeprefix("-slug")) if is_decorated else (before, after, "")


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    """Return the decoration of an address; claimants recur on every page."""
    return slugify(name)[:60]
