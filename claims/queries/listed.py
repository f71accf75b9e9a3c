"""Where the rows of the two large lists stand in their orders, read from indexes alone.

The list of events is read from the facet that narrows it most, the list of comparisons from the
read model itself; either way what is asked is looked at in the row of the index. The same narrowing
said of the records themselves is in ``claims.queries.filters``, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from claims.domain.dates import days_after
from claims.domain.vocabularies import MEASURE, VERDICT
from claims.models import Claim, Comparison, Event, EventFacet, Source
from claims.models.event_facet import EVERYTHING, LONG_DAYS, UNLISTED_MEASURE, facet
from claims.queries.filters import Values, narrow_claims
from claims.queries.listed_words import IN_ORDER, ComparisonPlaces, WordPlaces
from claims.queries.paging import Order
from claims.queries.places import Places, Stretches

COMMON_MEASURES = ("injured",)
WITH_GAP = "contradictory"
OF_FIGURES = ("measure", "verdict", "min_gap_ratio")
TOLD_TOGETHER = (
    {"measure", "verdict", "kind", "country", "min_gap_ratio"},
    {"measure", "verdict", "kind", "victims", "min_gap_ratio"},
    {"victims", "from", "to", "min_gap_ratio"},
)
"""What is asked of a comparison and stands in one index in the order of the widest gap."""


def listed_events(values: Values, order: Order) -> Places:
    """Return the places of the events that a reader asks for, as one stretch of an index or two."""
    is_quick = order.place in IN_ORDER
    if values.keys() == {"q"}:
        return WordPlaces(tuple(values["q"]), is_quick=is_quick)
    named = _facets_of_records(values)
    if None in named or _asks_the_impossible(values):
        return Stretches([])
    asked = [*named, *_facets_of_codes(values)]
    rows = EventFacet.objects.filter(facet=next(iter(asked), EVERYTHING))
    for other in asked[1:]:
        rows = _narrowed_by(rows, other, values)
    if values.get("measure") == UNLISTED_MEASURE:
        rows = _with_bit(rows, "measures", MEASURE.bit(UNLISTED_MEASURE))
    rows = rows.filter(_in_time(values, "began", "ended"), _gap_at_least(values))
    if "verdict" in values:
        rows = _with_bit(rows, "verdicts", VERDICT.bit(values["verdict"]))
    has_figures = sum(name in values for name in OF_FIGURES) > 1
    if has_figures:
        rows = rows.filter(Exists(_comparisons_of_event(values)))
    is_since = "from" in values and order.place == "began"
    stretches = _since(values["from"], rows) if is_since else [rows]
    if "q" in values:
        is_quick &= not has_figures and all(map(_is_told_by_row, asked[1:]))
        return WordPlaces(tuple(values["q"]), stretches, is_quick=is_quick, is_late=bool(named))
    return Stretches(stretches)


def _since(day: date, rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Return the events that may have gone on since a day as two stretches, which share some.

    Else the last page would look through everything before that day for what began long ago.
    """
    return [rows.filter(began__gte=days_after(day, -LONG_DAYS)), rows.filter(lasts=True)]


def listed_comparisons(values: Values, order: Order) -> Places:
    """Return the places of the comparisons that a reader asks for, as one or three stretches."""
    named = _facets_of_records(values)
    if None in named or _asks_the_impossible(values):
        return Stretches([])
    rows = Comparison.objects.filter(
        *(Exists(_event_under(name)) for name in named),
        _plainly_asked(values),
        _in_time(values, "event_start", "event_end"),
        _gap_at_least(values),
    )
    stretches = _in_country(values["country"], rows) if "country" in values else [rows]
    if "q" not in values:
        return Stretches(stretches, are_apart=True)
    return ComparisonPlaces(
        tuple(values["q"]),
        stretches,
        is_quick=_is_told_by_comparison(values.keys() - {"q"}, order),
        is_late=bool(named),
    )


def _in_country(asked: str, rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Return the comparisons whose event has the country first, second or later."""
    later = rows.filter(Exists(_event_under(facet("country", asked))), in_several_countries=True)
    return [
        rows.filter(country=asked),
        rows.filter(second_country=asked),
        later.exclude(country=asked).exclude(second_country=asked),
    ]


def _is_told_by_comparison(asked: Collection[str], order: Order) -> bool:
    """Tell whether an index in this order has all that is asked of a comparison."""
    if order.path != "gap_order":
        return not asked
    if "victims" in asked and not {"kind", "verdict"}.isdisjoint(asked) and "measure" not in asked:
        return False
    return any(told.issuperset(asked) for told in TOLD_TOGETHER)


def listed_claims(values: Values, order: Order) -> Places:
    """Return the places of the claims that a reader asks for, as one stretch.

    The services publish no claim without its event, and withdraw none with it left public.
    """
    return Stretches([narrow_claims(Claim.objects.published(), values)])


def _facets_of_records(values: Values) -> list[Any]:
    """Return the facets of the parent and the source asked for; one query.

    ``None`` stands for one that is not there. A parent holds fewer events than most sources.
    """
    asked = [name for name in ("parent", "source") if name in values]
    if not asked:
        return []
    parents = Event.objects.published().filter(public_id=values.get("parent", ""))
    sources = Source.objects.filter(public_id=values.get("source", ""))
    keys = dict(
        parents.order_by()
        .values_list(Value("parent"), "pk")
        .union(sources.order_by().values_list(Value("source"), "pk"))
    )
    return [facet(name, keys[name]) if name in keys else None for name in asked]


def _facets_of_codes(values: Values) -> Iterator[str]:
    """Yield the facets asked for, the one that is likely to hold the fewest events first."""
    measure = values.get("measure")
    if measure and measure not in (*COMMON_MEASURES, UNLISTED_MEASURE):
        yield facet("measure", measure)
    for name in ("country", "kind"):
        if name in values:
            yield facet(name, values[name])
    if measure in COMMON_MEASURES:
        yield facet("measure", measure)


def _narrowed_by(rows: QuerySet[Any], other: str, values: Values) -> QuerySet[Any]:
    """Keep events under a further facet, by the row itself where it tells."""
    what = other.partition(":")[0]
    if what == "kind":
        return rows.filter(kind=values["kind"])
    if what == "measure":
        return _with_bit(rows, "measures", MEASURE.bit(values["measure"]))
    return rows.filter(Exists(_event_under(other)))


def _is_told_by_row(name: str) -> bool:
    return name.partition(":")[0] in ("kind", "measure")


def _event_under(name: str) -> QuerySet[Any]:
    return EventFacet.objects.filter(event=OuterRef("event"), facet=name)


def _with_bit(rows: QuerySet[Any], column: str, bit: int) -> QuerySet[Any]:
    asked = f"{column}_asked"
    found: QuerySet[Any] = rows.alias(**{asked: F(column).bitand(bit)})
    return found.filter(**{f"{asked}__gt": 0})


def _comparisons_of_event(values: Values) -> QuerySet[Any]:
    """Return comparisons of the event in which all that is asked of figures holds at once."""
    rows = Comparison.objects.filter(event=OuterRef("event"))
    return rows.filter(_equal(values, "measure", "verdict"), _gap_at_least(values))


def _plainly_asked(values: Values) -> Q:
    lookups = {
        "event": "event__public_id",
        "kind": "event_kind",
        "victims_party": "victims_party__public_id",
    }
    asked = Q(**{lookup: values[name] for name, lookup in lookups.items() if name in values})
    return asked & _equal(values, "measure", "verdict", "victims")


def _equal(values: Values, *names: str) -> Q:
    return Q(**{name: values[name] for name in names if name in values})


def _in_time(values: Values, began: str, ended: str) -> Q:
    asked = Q()
    if "from" in values:
        # An event without an end goes on, if it is known to have begun.
        goes_on = Q(**{f"{ended}__isnull": True, f"{began}__isnull": False})
        asked &= Q(**{f"{ended}__gte": values["from"]}) | goes_on
    if "to" in values:
        asked &= Q(**{f"{began}__lte": values["to"]})
    return asked


def _asks_the_impossible(values: Values) -> bool:
    """Tell whether a gap is asked for together with a verdict that has none."""
    return "min_gap_ratio" in values and values.get("verdict", WITH_GAP) != WITH_GAP


def _gap_at_least(values: Values) -> Q:
    least: Decimal | None = values.get("min_gap_ratio")
    if least is None:
        return Q()
    return Q(gap_order__gte=int((least * 10_000).to_integral_value(ROUND_CEILING)))
