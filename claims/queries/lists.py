"""The public lists: which rows, narrowed and ordered by which parameters, with what they show.

A page of a list takes at most six queries, whatever its size. The rows are model instances;
what is only to be shown when public is fetched as such (``published_citations`` and
``published_revisions`` of a claim) or has to be asked (the state of an event's parent).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict

from claims.models import Change, Citation, Claim, Comparison, Document, Event, Source
from claims.queries import filters
from claims.queries.paging import (
    DEFAULT_SIZE,
    PAGING_PARAMETERS,
    Order,
    Page,
    every_row,
    page_of,
    page_size,
)
from claims.queries.parameter_kinds import Parameter, one_value, read_parameters


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader asks of a list: the narrowing by name, and the order."""

    values: dict[str, Any]
    order: Order


@dataclass(frozen=True, slots=True)
class Listing:
    """One public list. ``orders`` starts with the default."""

    name: str
    rows: Callable[[], QuerySet]
    narrow: Callable[[QuerySet, filters.Values], QuerySet]
    parameters: tuple[Parameter, ...]
    orders: tuple[Order, ...]

    @property
    def order_parameter(self) -> Parameter:
        """The parameter that chooses the order."""
        described = "; ".join(f"`{o.name}` {o.description}" for o in self.orders)
        names = [order.name for order in self.orders]
        return one_value("order", names, f"{described}. Default: `{names[0]}`.")

    def read(self, params: QueryDict, *, also: Collection[str] = ()) -> Selection:
        """Return what is asked; raise ``BadParameter`` for what cannot be taken as it stands.

        ``also`` names parameters of the page that are read elsewhere.
        """
        values = read_parameters(params, (*self.parameters, self.order_parameter), also=also)
        name = values.pop("order", self.orders[0].name)
        return Selection(values, next(order for order in self.orders if order.name == name))

    def selected(self, selection: Selection) -> QuerySet:
        """Return the public rows asked for, with what they show, in no order yet."""
        return self.narrow(self.rows(), selection.values)

    def page(
        self, params: QueryDict, *, size: int = DEFAULT_SIZE, also: Collection[str] = ()
    ) -> Page:
        """Return one page of what is asked; ``size`` where no ``page_size`` is given."""
        selection = self.read(params, also=(*PAGING_PARAMETERS, *also))
        return page_of(
            self.selected(selection),
            selection.order,
            size=page_size(params, default=size),
            cursor=params.get("cursor", ""),
        )

    def every(self, selection: Selection) -> Iterator[Any]:
        """Yield everything asked for, chunk by chunk."""
        return every_row(self.selected(selection), selection.order)


def published_citations(path: str = "citations") -> Prefetch:
    """Return the prefetch of public citations in public documents as ``published_citations``."""
    citations = (
        Citation.objects.published()
        .filter(document__state="published")
        .select_related("document__publisher", "via__publisher")
        .order_by("document__published_on", "id")
    )
    return Prefetch(path, citations, to_attr="published_citations")


def public_events() -> QuerySet:
    """Return published events with parent, parties and headline comparison."""
    return (
        Event.objects.published()
        .select_related("parent", "digest__headline__victims_party")
        .prefetch_related("parties")
    )


def public_comparisons() -> QuerySet:
    """Return comparisons of published events with event and party."""
    return Comparison.objects.published().with_names()


def public_claims() -> QuerySet:
    """Return published claims with event, claimant, citations and what revises them."""
    revisions = Claim.objects.published().only("public_id", "revises_id")
    return (
        Claim.objects.published()
        .filter(event__state="published")
        .select_related("event", "claimant", "victims_party", "revises")
        .prefetch_related(
            "event__parties",
            published_citations(),
            Prefetch("revisions", revisions, to_attr="published_revisions"),
        )
    )


def public_sources() -> QuerySet:
    """Return published sources with the party they speak for."""
    return Source.objects.published().select_related("speaks_for")


def public_documents() -> QuerySet:
    """Return published documents with their publisher."""
    return Document.objects.published().select_related("publisher")


def public_changes() -> QuerySet:
    """Return the entries of the log that concern public or withdrawn records, newest first."""
    was_public = Q(event__isnull=True) | Q(event__state__in=("published", "withdrawn"))
    return Change.objects.with_subjects().filter(was_public)


EVENTS = Listing(
    "events",
    public_events,
    filters.narrow_events,
    filters.EVENT_PARAMETERS,
    filters.EVENT_ORDERS,
)
COMPARISONS = Listing(
    "comparisons",
    public_comparisons,
    filters.narrow_comparisons,
    filters.COMPARISON_PARAMETERS,
    filters.COMPARISON_ORDERS,
)
CLAIMS = Listing(
    "claims",
    public_claims,
    filters.narrow_claims,
    filters.CLAIM_PARAMETERS,
    filters.CLAIM_ORDERS,
)
SOURCES = Listing(
    "sources",
    public_sources,
    filters.narrow_sources,
    filters.SOURCE_PARAMETERS,
    filters.SOURCE_ORDERS,
)
DOCUMENTS = Listing(
    "documents",
    public_documents,
    filters.narrow_documents,
    filters.DOCUMENT_PARAMETERS,
    filters.DOCUMENT_ORDERS,
)
CHANGES = Listing(
    "changes",
    public_changes,
    filters.narrow_changes,
    filters.CHANGE_PARAMETERS,
    filters.CHANGE_ORDERS,
)
