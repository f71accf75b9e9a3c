"""The other public pages in a real browser: readable by everybody, without JavaScript, in print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from claims.exports.snapshots.publishing import publish_snapshot
from claims.models import Claim
from claims.services import claims, reviews
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Axe = Callable[[Page], list[Any]]


def everything_to_show() -> dict[str, str]:
    """Publish something of every kind; return an address of each kind of page by template."""
    claim = disputed_claim()
    document = factories.document(
        title="A story with a title that is long enough to need a second line on a telephone",
        archived_url="https://archive.example/1",
        language="fr",
        publisher=claim.claimant,
    )
    wire = factories.document(title="Wire report")
    factories.citation(
        claim, document=document, wording="89 morts", quote="On compte 89 morts.", via=wire
    )
    revision = claims.revise_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"wording": "92", "claimed_on": date(2023, 1, 9)},
        citations=[{"document": document}],
        reason="A new statement.",
    )
    revised = factories.publish(revision)
    claims.correct_claim(
        revised,
        by=factories.user(role="editor"),
        changes={"area": "Makiivka", "interval": "95%"},
        reason="The town was left out.",
    )
    gone = factories.claim(event=claim.event)
    reviews.withdraw_claim(gone, by=factories.user(role="chief"), reason="Never said.")
    return {
        "home": "/",
        "events": "/events/?kind=strike&measure=killed",
        "events, nothing found": "/events/?q=makivka&kind=flood",
        "events, a long word": f"/events/?q={'donau' * 30}",
        "sources": "/sources/",
        "sources, nothing found": "/sources/?q=nobody",
        "source": claim.claimant.get_absolute_url(),
        "claim": revised.get_absolute_url(),
        "claim, revised": claim.get_absolute_url(),
        "document": document.get_absolute_url(),
        "document, relayed": wire.get_absolute_url(),
        "changes": "/changes/",
        "data": "/data/",
        "methods": "/methods/",
        "about": "/about/",
        "400": "/events/?kind=flod",
        "404": "/nowhere/",
        "410": gone.get_absolute_url(),
    }


def disputed_claim() -> Claim:
    """Publish an event with contradictory claims; return the smallest one."""
    russia = factories.party("Russia")
    event = factories.event(title="Makiivka barracks strike", parties=[russia])
    asked = {"event": event, "victims": "combatants", "victims_party": russia}
    ministry = factories.source(
        name="Ministry of Defence of Russia", aliases=["MoD"], speaks_for=russia
    )
    claim = factories.claim(
        claimant=ministry, wording="89", victims_wording="Russian servicemen", **asked
    )
    for wording in ("about 400", "at least 92", "hundreds"):
        factories.claim(wording=wording, **asked)
    factories.claim(event=event, measure="injured", claimant=ministry, wording="about 300")
    return claim


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_break_no_rule_of_accessibility_and_never_scroll_sideways(
    browser: Any, axe: Axe, live_server: Any, width: int
) -> None:
    addresses = everything_to_show()

    def look(page: Page) -> dict[str, tuple[list[Any], int]]:
        found = {}
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            found[name] = axe(page), page.evaluate("document.documentElement.scrollWidth")
        return found

    found = browser.run(look, width=width, may_log_errors=True)

    assert found == {name: ([], width) for name in addresses}


def test_cells_of_a_table_on_a_phone_are_as_wide_as_the_page(
    browser: Any, live_server: Any
) -> None:
    addresses = everything_to_show()
    cells = "table.stack td[data-label]:not(.none)"
    narrow = "cells => cells.filter(c => c.checkVisibility() && c.offsetWidth < 350).length"

    def look(page: Page) -> dict[str, int]:
        found = {}
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            found[name] = page.locator(cells).evaluate_all(narrow)
        return found

    found = browser.run(look, width=390, may_log_errors=True)

    assert found == dict.fromkeys(addresses, 0)


def test_numbers_beside_an_arabic_name_stand_behind_it(browser: Any, live_server: Any) -> None:
    monitor = factories.source(name="المرصد السوري لحقوق الإنسان")
    paper = factories.document(title="تقرير", publisher=monitor)
    claim = factories.claim(claimant=monitor, wording="60", documents=[paper])
    factories.claim(event=claim.event, wording="1,200")
    place = """text => {
        const walker = document.createTreeWalker(document.querySelector("main"), 4);
        for (let node; (node = walker.nextNode()); ) {
            const start = node.data.indexOf(text), range = document.createRange();
            if (start < 0) continue;
            range.setStart(node, start);
            range.setEnd(node, start + text.length);
            return range.getBoundingClientRect().left;
        }
    }"""

    def look(page: Page) -> list[bool]:
        found = []
        for address, name, number in (
            (claim.event.get_absolute_url(), "المرصد", "(60)"),
            (claim.get_absolute_url(), "المرصد", "5 January"),
        ):
            page.goto(live_server.url + address)
            page.evaluate("document.querySelectorAll('h1').forEach(h => h.remove())")
            found.append(page.evaluate(place, number) > page.evaluate(place, name))
        return found

    assert browser.run(look, width=1280) == [True, True]


def test_pages_that_are_well_log_no_error(browser: Any, live_server: Any) -> None:
    addresses = everything_to_show()
    well = [address for name, address in addresses.items() if name not in ("400", "404", "410")]

    def look(page: Page) -> list[int]:
        answers = [page.goto(live_server.url + address) for address in well]
        return [answer.status for answer in answers if answer]

    assert browser.run(look) == [200] * len(well)


@pytest.mark.parametrize("page_name", ["500", "400"])
def test_pages_of_failure_break_no_rule_of_accessibility(
    browser: Any, axe: Axe, live_server: Any, page_name: str
) -> None:
    html = render_to_string(f"{page_name}.html")

    def look(page: Page) -> list[Any]:
        page.goto(f"{live_server.url}/livez")
        page.set_content(html)
        return axe(page)

    assert browser.run(look) == []


def test_events_are_narrowed_without_javascript(browser: Any, live_server: Any) -> None:
    everything_to_show()
    factories.event(title="Flood of Derna", kind="flood")

    def act(page: Page) -> tuple[list[str], str, list[str]]:
        page.goto(f"{live_server.url}/events/")
        page.get_by_label("Kind of event").select_option("flood")
        page.get_by_role("button", name="Show").click()
        narrowed = page.locator(".record-title").all_inner_texts()
        address = page.url.removeprefix(live_server.url)
        page.get_by_role("link", name="Remove the filter: flood").click()
        return narrowed, address, page.locator(".record-title").all_inner_texts()

    narrowed, address, everything = browser.run(act, java_script_enabled=False)

    assert narrowed == ["Flood of Derna"]
    assert "kind=flood" in address
    assert len(everything) == 2


def test_a_misspelt_search_from_the_front_page_leads_to_the_event(
    browser: Any, live_server: Any
) -> None:
    everything_to_show()

    def act(page: Page) -> str:
        page.goto(live_server.url)
        page.get_by_label("Find an event by name").fill("makivka")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="makiivka").click()
        page.get_by_role("link", name="Makiivka barracks strike").click()
        return page.locator("h1").inner_text()

    assert browser.run(act, java_script_enabled=False) == "Makiivka barracks strike"


def test_citation_of_a_claim_is_copied(browser: Any, live_server: Any) -> None:
    address = everything_to_show()["claim"]

    def act(page: Page) -> str:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(live_server.url + address)
        page.get_by_role("button", name="Copy").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        return page.evaluate("navigator.clipboard.readText()")

    copied = browser.run(act)

    assert "said on 9 January 2023 that 92 Russian servicemen were killed" in copied


def test_pages_when_printed_are_as_wide_as_the_paper_and_show_no_controls(
    browser: Any, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    addresses = everything_to_show()
    settings.SNAPSHOTS_DIR = tmp_path
    snapshot = publish_snapshot(tmp_path)
    printed = [addresses[name] for name in ("events", "source", "claim", "methods", "changes")]
    printed += ["/data/", f"/data/{snapshot.name}/"]
    filters = "/events/?q=barracks&kind=strike"
    controls = "form:visible, nav.contents:visible, details:not([open]):has(pre):visible"

    def look(page: Page) -> tuple[list[tuple[int, bool]], list[str]]:
        page.emulate_media(media="print")
        found = []
        for address in printed:
            page.goto(live_server.url + address)
            width = page.evaluate("document.documentElement.scrollWidth")
            found.append((width, page.locator(controls).count() > 0))
        page.goto(live_server.url + filters)
        return found, page.locator(".active-filters a:visible").all_inner_texts()

    found, in_force = browser.run(look, width=720)

    assert found == [(720, False)] * len(printed)
    assert [one.partition(":")[2].strip() for one in in_force] == ["“barracks”", "strike"]
