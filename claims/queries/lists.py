"""The public lists: which rows, narrowed and ordered by which parameters, with what they show.

A page of a list takes at most six queries, whatever its size. The rows are model instances;
what is only to be shown when public is fetched as such (``published_citations`` and
``revised_by_id`` of a claim) or has to be asked (the state of an event's parent).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.http import QueryDict

from claims.models import Change, Citation, Claim, Comparison, Document, Event, Source
from claims.models.change import REFRESHED
from claims.queries import filters, listed
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
from claims.queries.places import Places, page_by_places


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader asks of a list: the narrowing by name, and the order."""

    values: dict[str, Any]
    order: Order


@dataclass(frozen=True, slots=True)
class Listing:
    """One public list. ``orders`` starts with the default.

    Pages of a large list are read from ``places``: what an index says of the rows asked for, whose
    keys are in its column ``key``.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    narrow: Callable[[QuerySet[Any], filters.Values], QuerySet[Any]]
    parameters: tuple[Parameter, ...]
    orders: tuple[Order, ...]
    places: Callable[[filters.Values, Order], Places] | None = None
    key: str = "pk"

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

    def selected(self, selection: Selection) -> QuerySet[Any]:
        """Return the public rows asked for, with what they show, in no order yet."""
        return self.narrow(self.rows(), selection.values)

    def page(
        self, params: QueryDict, *, size: int = DEFAULT_SIZE, also: Collection[str] = ()
    ) -> Page:
        """Return one page of what is asked; ``size`` where no ``page_size`` is given."""
        selection = self.read(params, also=(*PAGING_PARAMETERS, *also))
        paging: Any = {
            "size": page_size(params, default=size),
            "cursor": params.get("cursor", ""),
        }
        if self.places is None:
            return page_of(self.selected(selection), selection.order, **paging)
        return page_by_places(
            self.places(selection.values, selection.order),
            selection.order,
            key=self.key,
            records=self.rows(),
            **paging,
        )

    def every(self, selection: Selection) -> Iterator[Any]:
        """Yield everything asked for, chunk by chunk."""
        return every_row(self.selected(selection), selection.order)


def published_citations(path: str = "citations") -> Prefetch[Any]:
    """Return the prefetch of public citations in public documents as ``published_citations``."""
    citations = (
        Citation.objects.published()
        .filter(document__state="published")
        .select_related("document__publisher", "via__publisher")
        .order_by(F("document__published_on").asc(nulls_last=True), "id")
    )
    return Prefetch(path, citations, to_attr="published_citations")


def public_events() -> QuerySet[Any]:
    """Return published events with parent, parties and headline comparison."""
    return public_events_but_parties().prefetch_related("parties")


def public_events_but_parties() -> QuerySet[Any]:
    """Return the same for who brings the parties along for several lists at once."""
    return Event.objects.published().select_related("parent", "digest__headline__victims_party")


def public_comparisons() -> QuerySet[Any]:
    """Return comparisons of published events with event and party."""
    return Comparison.objects.published().select_related("event", "victims_party")


def public_claims() -> QuerySet[Any]:
    """Return published claims with event, claimant and citations.

    ``revised_by_id`` is the public id of the public claim that revises it; there is one at most.
    """
    return public_claims_but_parties().prefetch_related("event__parties")


def public_claims_but_parties() -> QuerySet[Any]:
    """Return the same for who brings the parties of the events along for several lists at once."""
    revisions = Claim.objects.published().filter(revises=OuterRef("pk")).order_by()
    return (
        Claim.objects.published()
        .filter(event__state="published")
        .select_related("event__parent", "claimant__speaks_for", "victims_party", "revises")
        .annotate(revised_by_id=Subquery(revisions.values("public_id")[:1]))
        .prefetch_related(published_citations())
    )


def public_sources() -> QuerySet[Any]:
    """Return published sources with the party they speak for."""
    return Source.objects.published().select_related("speaks_for")


def public_documents() -> QuerySet[Any]:
    """Return published documents with their publisher."""
    return Document.objects.published().select_related("publisher")


def public_changes() -> QuerySet[Any]:
    """Return the entries of the log that people are told, about what is or was public.

    ``fields_are_public`` says whether before and after may be shown: only while the record that
    they are about is public.
    """
    return logged_changes().exclude(kind=REFRESHED)


def logged_changes() -> QuerySet[Any]:
    """Return every entry about what is or was public; see ``public_changes``.

    That is all there are. What an undone import published is a draft again, and gone for readers.
    """
    return Change.objects.with_subjects().annotate(
        fields_are_public=ExpressionWrapper(_subject_is_public(), output_field=BooleanField())
    )


def _subject_is_public() -> Combinable | Q:
    in_public_claim = Q(claim__state="published", event__state="published")
    citations = Citation.objects.published().filter(
        claim=OuterRef("claim"), document__public_id=OuterRef("target_id")
    )
    sources = Source.objects.published().filter(public_id=OuterRef("record_id"))
    documents = Document.objects.published().filter(public_id=OuterRef("record_id"))
    return (
        Q(record_kind="event", event__state="published")
        | (Q(record_kind="claim") & in_public_claim)
        | (Q(record_kind="citation") & in_public_claim & Exists(citations))
        | (Q(record_kind="source") & Exists(sources))
        | (Q(record_kind="document") & Exists(documents))
    )


EVENTS = Listing(
    "events",
    public_events,
    filters.narrow_events,
    filters.EVENT_PARAMETERS,
    filters.EVENT_ORDERS,
    places=listed.listed_events,
    key="event_id",
)
COMPARISONS = Listing(
    "comparisons",
    public_comparisons,
    filters.narrow_comparisons,
    filters.COMPARISON_PARAMETERS,
    filters.COMPARISON_ORDERS,
    places=listed.listed_comparisons,
)
CLAIMS = Listing(
    "claims",
    public_claims,
    filters.narrow_claims,
    filters.CLAIM_PARAMETERS,
    filters.CLAIM_ORDERS,
    places=listed.listed_claims,
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
