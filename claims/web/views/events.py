"""The list of events: every filter and the order stand in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import choices
from claims.domain.countries import COUNTRIES
from claims.domain.dates import PartialDate, parse_iso
from claims.domain.vocabularies import EVENT_KIND, MEASURE, VERDICT
from claims.queries.event_browse import EventsFound, events_found
from claims.queries.lists import EVENTS
from claims.web.answers import refuses_bad_parameters
from claims.web.downloads import list_downloads
from claims.web.pager import address_with, feed_address, pager
from claims.web.snippets import list_snippets

# Other names under which a filter may stand in the address.
_ALSO_WRITTEN = {"source": ("claimant",)}


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in words, and the address of the same list without it."""

    name: str
    words: str
    address_without: str


@require_safe
@refuses_bad_parameters
def events(request: HttpRequest) -> HttpResponse:
    """Show public events, narrowed and ordered as the address asks."""
    found = events_found(request.GET)
    active = active_filters(request, found)
    way_out = found.way_out
    return render(
        request,
        "web/events.html",
        {
            "rows": found.page.rows,
            "pager": pager(request, found.page),
            "active": active,
            "in_the_way": [f for f in active if way_out and f.name in way_out.in_the_way],
            "spelling": way_out.spelling if way_out else "",
            "spelling_address": address_with(request, q=way_out.spelling if way_out else ""),
            "asked": {name: written(request, name) for name in (*EVENT_FIELDS, "order")},
            "order": found.selection.order,
            "orders": EVENTS.orders,
            "countries": choices.countries(),
            "kinds": EVENT_KIND,
            "measures": MEASURE,
            "verdicts": VERDICT,
            "query": request.GET.get("q", ""),
            "feed_address": feed_address(request, "events"),
            "snippets": list_snippets(request, "events"),
            **list_downloads(request, "events"),
        },
    )


EVENT_FIELDS = tuple(parameter.name for parameter in EVENTS.parameters)


def written(request: HttpRequest, name: str) -> str:
    """Return a filter as it stands in the address."""
    names = (name, *_ALSO_WRITTEN.get(name, ()))
    return next((request.GET[n] for n in names if request.GET.get(n)), "")


def active_filters(request: HttpRequest, found: EventsFound) -> list[ActiveFilter]:
    """Return the filters that narrow the list, in the order in which they are read."""
    return [
        ActiveFilter(
            name,
            filter_words(name, written(request, name), found),
            address_with(
                request, **dict.fromkeys((name, "cursor", *_ALSO_WRITTEN.get(name, ())), "")
            ),
        )
        for name in found.selection.values
    ]


def filter_words(name: str, text: str, found: EventsFound) -> str:
    """Return one filter in words."""
    say = _IN_WORDS.get(name)
    if say is not None:
        return say(text)
    how = "part of" if name == "parent" else "with a figure by"
    return f"{how} {found.named.get(name, text)}"


_IN_WORDS: dict[str, Callable[[str], str]] = {
    "q": "“{}”".format,
    "country": lambda text: f"in {COUNTRIES[text.upper()]}",
    "kind": EVENT_KIND.label,
    "from": lambda text: f"on or after {PartialDate(parse_iso(text).first).label()}",
    "to": lambda text: f"begun by {PartialDate(parse_iso(text).last).label()}",
    "measure": lambda text: f"figures of {MEASURE.label(text)}",
    "verdict": VERDICT.label,
    "min_gap_ratio": "contradictory by a factor of {} or more".format,
}
