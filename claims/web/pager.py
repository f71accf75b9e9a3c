"""The links under a list: the pages before and after this one, with everything else kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from claims.queries.paging import PAGING_PARAMETERS, Page


@dataclass(frozen=True, slots=True)
class Pager:
    """Addresses of the neighbouring pages; empty where there is none."""

    first: str
    previous: str
    next: str

    def __bool__(self) -> bool:
        return bool(self.previous or self.next)


def pager(request: HttpRequest, page: Page, *, name: str = "cursor") -> Pager:
    """Return the links to the neighbours of a page; ``name`` is the parameter of its cursor."""
    return Pager(
        first=address_with(request, **{name: ""}) if page.previous_cursor else "",
        previous=address_with(request, **{name: page.previous_cursor or ""})
        if page.previous_cursor
        else "",
        next=address_with(request, **{name: page.next_cursor}) if page.next_cursor else "",
    )


def address_with(request: HttpRequest, **changed: str) -> str:
    """Return this page's address with parameters set, or taken out where they are empty."""
    params = request.GET.copy()
    for name, value in changed.items():
        if value:
            params[name] = value
        else:
            params.pop(name, None)
    for name in [name for name, value in params.items() if not value]:
        del params[name]
    return f"{request.path}?{params.urlencode()}" if params else request.path


def asked_of_list(request: HttpRequest) -> QueryDict:
    """Return what a page asks of its list as files take it: without the page that is shown."""
    params = request.GET.copy()
    for key in [key for key, value in params.items() if not value or key in PAGING_PARAMETERS]:
        del params[key]
    return params


def feed_address(request: HttpRequest, name: str) -> str:
    """Return the address of the feed of the same list, narrowed alike."""
    query = address_with(request, cursor="", order="", page_size="").removeprefix(request.path)
    return reverse(f"web:{name}_feed") + query
