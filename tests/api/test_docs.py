"""docs/api.md says what the API does: its tables are held to the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.api.schema import COMPARISON_PARAMETERS
from claims.api.urls import urlpatterns
from claims.queries import lists
from claims.queries.filters import EVENT_PARAMETERS
from claims.queries.lists import Listing


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docs" / "api.md").read_text(encoding="utf-8")


def row(text: str, name: str) -> set[str]:
    """Return the code words of the row that begins with a name, of the table of parameters."""
    table = text.partition("\n| list | parameters |\n")[2].partition("\n\n")[0]
    (found,) = re.findall(rf"^\| {name} \| (.*) \|$", table, re.MULTILINE)
    return set(re.findall(r"`([a-z_]+)`", found))


@pytest.mark.parametrize(
    ("listing", "beside"),
    [
        (lists.EVENTS, set()),
        (lists.COMPARISONS, {p.name for p in EVENT_PARAMETERS}),
        (lists.CLAIMS, {"state"}),
        (lists.SOURCES, set()),
        (lists.DOCUMENTS, set()),
        (lists.CHANGES, set()),
    ],
)
def test_the_parameters_of_each_list_are_told(
    text: str, listing: Listing, beside: set[str]
) -> None:
    assert row(text, listing.name) | beside == {p.name for p in listing.parameters}


def test_every_order_is_told(text: str) -> None:
    for listing in (lists.EVENTS, lists.COMPARISONS, lists.CLAIMS, lists.SOURCES, lists.DOCUMENTS):
        orders = r"\s+".join(f"`{order.name}`" for order in listing.orders)
        assert re.search(rf"{listing.name}\s+{orders}[;.]", text), listing.name


def test_how_to_compare_is_told(text: str) -> None:
    for parameter in COMPARISON_PARAMETERS:
        assert f"`{parameter.name}" in text


def test_every_address_is_told(text: str) -> None:
    addresses = {
        "/"
        + str(pattern.pattern)
        .replace("<str:public_id>", "{id}")
        .replace("<ending:ending>", "{ending}")
        for pattern in urlpatterns
    }

    told = {address for address in addresses if f"`{address}`" in text}

    assert addresses - told == {"/", "/schema/", "/docs/"}
    assert all(f"/api/v1{address}" in text for address in addresses - told)
