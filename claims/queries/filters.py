"""What each public list can be narrowed by and ordered by: one place for pages, API and exports.

Every ``narrow_*`` takes values as ``read_parameters`` returns them and starts from public rows.
An id that does not exist narrows to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.domain.vocabularies import (
    CHANGE_KIND,
    COUNT_BASIS,
    EVENT_KIND,
    MEASURE,
    QUALIFIER,
    SOURCE_KIND,
    VERDICT,
    VICTIMS,
)
from claims.models import Claim, Comparison
from claims.queries.paging import Order
from claims.queries.parameter_kinds import (
    Parameter,
    country,
    first_day,
    last_day,
    one_code,
    one_value,
    public_id,
    ratio,
    search_words,
)
from claims.queries.search import event_has_words, source_has_words

Values = Mapping[str, Any]

_EVENT = (
    search_words("q", "Words that all occur in the event's names or place; beginnings are enough."),
    country("country", "The event's country, an ISO 3166-1 alpha-2 code."),
    one_code("kind", EVENT_KIND, "What kind of event it is."),
    first_day("from", "Events that were going on on this day or later."),
    last_day("to", "Events that had begun by this day."),
    public_id("parent", "event", "Events that are direct parts of this one."),
    public_id(
        "source", "source", "Events of which this source claims a figure.", aliases=("claimant",)
    ),
)
_COMPARISON = (
    one_code("measure", MEASURE, "What happened to the people counted."),
    one_code("verdict", VERDICT, "What the claimants say taken together."),
    ratio("min_gap_ratio", "A contradiction by at least this factor."),
)
_VICTIMS = one_code("victims", VICTIMS, "Whom the figure counts.")

EVENT_PARAMETERS: tuple[Parameter, ...] = (*_EVENT, *_COMPARISON)
COMPARISON_PARAMETERS: tuple[Parameter, ...] = (
    *_EVENT,
    public_id("event", "event", "Comparisons of this event."),
    *_COMPARISON,
    _VICTIMS,
    public_id("victims_party", "party", "The party that the victims belong to."),
)
CLAIM_PARAMETERS: tuple[Parameter, ...] = (
    public_id("event", "event", "Claims about this event."),
    public_id("claimant", "source", "Claims of this source.", aliases=("source",)),
    public_id("document", "document", "Claims that this document carries."),
    one_code("measure", MEASURE, "What happened to the people counted."),
    _VICTIMS,
    public_id("victims_party", "party", "The party that the victims belong to."),
    one_code("qualifier", QUALIFIER, "How the wording bounds the number."),
    one_code("count_basis", COUNT_BASIS, "How the number was arrived at."),
    one_value("state", ("published",), "Only published claims are public."),
    first_day("from", "Claimed on this day or later."),
    last_day("to", "Claimed on this day or earlier."),
)
SOURCE_PARAMETERS: tuple[Parameter, ...] = (
    search_words("q", "Words that all occur in the source's names; beginnings are enough."),
    one_code("kind", SOURCE_KIND, "What kind of body it is."),
    public_id("speaks_for", "party", "Sources that speak for this party."),
)
DOCUMENT_PARAMETERS: tuple[Parameter, ...] = (
    public_id("publisher", "source", "Documents of this publisher."),
    first_day("from", "Published on this day or later."),
    last_day("to", "Published on this day or earlier."),
)
CHANGE_PARAMETERS: tuple[Parameter, ...] = (
    public_id("event", "event", "Changes that concern this event."),
    one_code("kind", CHANGE_KIND, "What kind of change it is."),
)

EVENT_ORDERS = (
    Order("-date", "date_start", date, "latest start first", nullable=True, place="began"),
    Order("date", "date_start", date, "earliest start first", nullable=True, place="began"),
    Order(
        "-gap_ratio",
        "digest__gap_order",
        int,
        "widest contradiction by factor",
        nullable=True,
        place="gap_order",
        is_placed=True,
    ),
    Order("-added", "pk", int, "latest added to the tracker first", place="event_id"),
)
COMPARISON_ORDERS = (
    Order("-gap_ratio", "gap_order", int, "widest contradiction by factor"),
    Order("-gap", "gap_absolute", int, "widest contradiction by number of people"),
    Order("-spread_ratio", "spread_order", int, "widest spread of the numbers stated"),
    Order("-latest", "latest_claimed_on", date, "latest claim first", nullable=True),
)
CLAIM_ORDERS = (
    Order("-claimed_on", "claimed_on", date, "latest claim first", nullable=True),
    Order("claimed_on", "claimed_on", date, "earliest claim first", nullable=True),
    Order("-added", "pk", int, "latest added to the tracker first"),
)
SOURCE_ORDERS = (
    Order("name", "name", str, "by name"),
    Order("-added", "pk", int, "latest added to the tracker first"),
)
DOCUMENT_ORDERS = (
    Order("-added", "pk", int, "latest added to the tracker first"),
    Order("-published_on", "published_on", date, "latest published first", nullable=True),
)
CHANGE_ORDERS = (Order("-at", "pk", int, "latest change first"),)


def narrow_events(events: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the events that a reader asks for; what is asked of figures holds in one comparison."""
    events = events.filter(_about_event(values))
    asked = _about_comparison(values)
    if asked:
        events = events.filter(Exists(Comparison.objects.filter(asked, event=OuterRef("pk"))))
    return events


def narrow_comparisons(comparisons: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the comparisons that a reader asks for, of the events asked for."""
    comparisons = comparisons.filter(_about_event(values, path="event"), _about_comparison(values))
    if "event" in values:
        comparisons = comparisons.filter(event__public_id=values["event"])
    if "victims" in values:
        comparisons = comparisons.filter(victims=values["victims"])
    if "victims_party" in values:
        comparisons = comparisons.filter(victims_party__public_id=values["victims_party"])
    return comparisons


def narrow_claims(claims: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the claims that a reader asks for; dates are the claims' own."""
    lookups = {
        "event": "event__public_id",
        "claimant": "claimant__public_id",
        "measure": "measure",
        "victims": "victims",
        "victims_party": "victims_party__public_id",
        "qualifier": "qualifier",
        "count_basis": "count_basis",
        "from": "claimed_on__gte",
        "to": "claimed_on__lte",
    }
    claims = claims.filter(_looked_up(values, lookups))
    if "document" in values:
        claims = claims.filter(pk__in=_claims_in_document(values["document"]))
    return claims


def narrow_sources(sources: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the sources that a reader asks for."""
    lookups = {"kind": "kind", "speaks_for": "speaks_for__public_id"}
    return sources.filter(_looked_up(values, lookups), source_has_words(values.get("q", ())))


def narrow_documents(documents: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the documents that a reader asks for."""
    lookups = {
        "publisher": "publisher__public_id",
        "from": "published_on__gte",
        "to": "published_on__lte",
    }
    return documents.filter(_looked_up(values, lookups))


def narrow_changes(changes: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """Keep the entries of the log that a reader asks for."""
    return changes.filter(_looked_up(values, {"event": "event__public_id", "kind": "kind"}))


def _looked_up(values: Values, lookups: Mapping[str, str]) -> Q:
    return Q(**{lookup: values[name] for name, lookup in lookups.items() if name in values})


def _about_event(values: Values, path: str = "") -> Q:
    """Return what is asked of an event, itself or at the end of ``path``."""
    to = f"{path}__" if path else ""
    asked = event_has_words(values.get("q", ()), path=f"{path}_id" if path else "pk")
    if "country" in values:
        asked &= Q(**{f"{to}country_rows__code": values["country"]})
    if "kind" in values:
        asked &= Q(**{f"{to}kind": values["kind"]})
    if "from" in values:
        # An event without an end goes on, if it is known to have begun.
        asked &= Q(**{f"{to}date_end__gte": values["from"]}) | Q(
            **{f"{to}date_end__isnull": True, f"{to}date_start__isnull": False}
        )
    if "to" in values:
        asked &= Q(**{f"{to}date_start__lte": values["to"]})
    if "parent" in values:
        asked &= Q(
            **{f"{to}parent__public_id": values["parent"], f"{to}parent__state": "published"}
        )
    if "source" in values:
        claimed = Claim.objects.published().filter(claimant__public_id=values["source"])
        asked &= Q(**{f"{path or 'pk'}__in": claimed.values("event_id")})
    return asked


def _about_comparison(values: Values) -> Q:
    """Return what is asked of a comparison's figures."""
    asked = _looked_up(values, {"measure": "measure", "verdict": "verdict"})
    if "min_gap_ratio" in values:
        least = (values["min_gap_ratio"] * 10_000).to_integral_value(ROUND_CEILING)
        asked &= Q(gap_order__gte=int(least))
    return asked


def _claims_in_document(public_id: str) -> QuerySet[Any]:
    from_document = Q(
        citations__document__public_id=public_id,
        citations__document__state="published",
        citations__state="published",
    )
    return Claim.objects.published().filter(from_document).values("pk")
