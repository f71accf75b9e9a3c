"""The event page in a real browser: readable by everybody, at every width, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Event
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG_NAME = "Interministerial Coordination Committee for Emergency Situations and Protection"


@pytest.fixture
def address(live_server: Any) -> str:
    """The address of an event that shows every kind of mark."""
    return live_server.url + disputed_event().get_absolute_url()


def disputed_event() -> Event:
    russia, ukraine = factories.party("Russia"), factories.party("Ukraine")
    event = factories.event(title="Makiivka barracks strike", parties=[russia, ukraine])
    asked = {"event": event, "victims": "combatants", "victims_party": russia}
    moscow = factories.source(name="Ministry of Defence of Russia", speaks_for=russia)
    first = factories.claim(claimant=moscow, wording="63", claimed_on=date(2023, 1, 2), **asked)
    factories.claim(
        claimant=moscow, wording="89", claimed_on=date(2023, 1, 4), revises=first, **asked
    )
    kyiv = factories.source(name="Armed Forces of Ukraine", speaks_for=ukraine)
    said = factories.claim(claimant=kyiv, wording="about 400", claimed_on=date(2023, 1, 1), **asked)
    factories.citation(said, wording="four hundred", via=said.citations.get().document)
    for wording, more in (
        ("at least 92", {"count_basis": "identified_by_name", "credibility": "possible"}),
        ("up to 600", {}),
        ("hundreds", {}),
        ("between 60 and 400", {"claimant": factories.source(name=LONG_NAME)}),
        ("an unknown number", {}),
        ("1,200", {"claimant": factories.source(name="A dataset", is_compilation=True)}),
    ):
        factories.claim(wording=wording, **asked | more)
    factories.claim(event=event, measure="injured", wording="about 300")
    return event


def many_questions() -> Event:
    """An event whose page shows five questions whole and three in a table."""
    event, paper = factories.event(title="Long siege"), factories.document()
    groups = ("people", "civilians", "combatants", "children", "women", "men", "journalists")
    for victims in groups:
        for wording in ("25", "hundreds", "up to 60"):
            factories.claim(event=event, victims=victims, wording=wording, documents=[paper])
    for n in range(70):
        factories.claim(event=event, measure="injured", wording=str(90 + n), documents=[paper])
    return event


def width_of_page(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_page_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(
    browser: Any, axe: Callable[[Page], list[Any]], address: str, width: int
) -> None:
    def look(page: Page) -> tuple[list[Any], int]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        return axe(page), width_of_page(page)

    assert browser.run(look, width=width) == ([], width)


@pytest.mark.parametrize("width", [390, 1280])
def test_page_of_many_questions_breaks_no_rule_of_accessibility(
    browser: Any, axe: Callable[[Page], list[Any]], live_server: Any, width: int
) -> None:
    address = live_server.url + many_questions().get_absolute_url()

    def look(page: Page) -> tuple[list[Any], int]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        return axe(page), width_of_page(page)

    assert browser.run(look, width=width) == ([], width)


def test_another_question_opens_in_its_place_without_javascript(
    browser: Any, live_server: Any
) -> None:
    address = live_server.url + many_questions().get_absolute_url()

    def open_one(page: Page) -> tuple[float, int]:
        page.goto(address)
        page.get_by_role("link", name="Women killed").click()
        opened = page.get_by_role("heading", name="Women killed").bounding_box()
        assert opened is not None
        return opened["y"], page.locator(".others tbody tr").count()

    top, rest = browser.run(open_one, java_script_enabled=False)

    assert (0 <= top < 200, rest) == (True, 2)


def test_page_of_many_questions_when_printed_then_it_says_what_its_tables_leave_out(
    browser: Any, live_server: Any
) -> None:
    address = live_server.url + many_questions().get_absolute_url()

    def look(page: Page) -> tuple[int, bool, bool]:
        page.goto(address)
        page.emulate_media(media="print")
        cut = page.locator(".pager.stretch").first
        return width_of_page(page), cut.is_visible(), cut.locator(".button").first.is_visible()

    assert browser.run(look, width=720) == (720, True, False)


def test_page_when_printed_then_it_is_as_wide_as_the_paper_and_shows_no_controls(
    browser: Any, address: str
) -> None:
    def look(page: Page) -> tuple[int, list[bool]]:
        page.goto(address)
        page.emulate_media(media="print")
        hidden = [page.locator(s).first.is_visible() for s in (".view-box", ".site-nav", "form")]
        return width_of_page(page), hidden

    assert browser.run(look, width=720) == (720, [False, False, False])


def test_page_when_printed_then_every_document_of_a_claim_is_on_the_paper(
    browser: Any, address: str
) -> None:
    def look(page: Page) -> tuple[int, int]:
        page.goto(address)
        page.emulate_media(media="print")
        further = page.locator(".claims details li")
        return further.count(), further.filter(visible=True).count()

    assert browser.run(look, width=720) == (1, 1)


@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_table_of_claims_shows_all_its_columns_at_once(
    browser: Any, address: str, width: int
) -> None:
    def look(page: Page) -> list[bool]:
        page.goto(address)
        return page.locator(".table-wrap:has(.claims)").evaluate_all(
            "frames => frames.map(f => f.scrollWidth <= f.clientWidth)"
        )

    assert set(browser.run(look, width=width)) == {True}


def test_ring_of_focus_in_a_table_is_not_cut_off(browser: Any, address: str) -> None:
    ring = "a => parseFloat(getComputedStyle(a).outlineWidth) + 2"
    left = "element => element.getBoundingClientRect().left"

    def look(page: Page) -> float:
        page.goto(address)
        link = page.locator(".claims thead a").first
        link.focus()
        frame = page.locator(".table-wrap").first.evaluate(left)
        return link.evaluate(left) - link.evaluate(ring) - frame

    assert browser.run(look) >= 0


def test_page_without_javascript_shows_everything_but_the_copy_buttons(
    browser: Any, address: str
) -> None:
    def look(page: Page) -> tuple[int, int, bool]:
        page.goto(address)
        page.get_by_role("link", name="strict").click()
        expect(
            page.get_by_text("What has been claimed to date, strict reading.").first
        ).to_be_visible()
        return (
            page.locator(".chart-row .plot").count(),
            page.locator(".claims tbody tr").count(),
            page.get_by_role("button", name="Copy the citation").is_visible(),
        )

    marks, rows, has_button = browser.run(look, java_script_enabled=False)

    assert (marks >= rows, rows, has_button) == (True, 10, False)


def test_keyboard_reaches_the_content_first_and_the_views_after(browser: Any, address: str) -> None:
    def tab(page: Page) -> tuple[str, str]:
        page.goto(address)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        return first, page.evaluate("document.activeElement.closest('main').id")

    assert browser.run(tab) == ("Skip to the content", "main")


def test_form_asks_for_another_day_and_keeps_the_rest_of_the_view(
    browser: Any, address: str
) -> None:
    def ask(page: Page) -> str:
        page.goto(f"{address}?reading=strict")
        page.get_by_label("What had been claimed by").fill("2023-01-03")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".view-state")).to_contain_text("3 January 2023, strict reading")
        return page.url

    assert browser.run(ask) == f"{address}?as_of=2023-01-03&reading=strict"


def test_citation_is_copied(browser: Any, address: str) -> None:
    def copy(page: Page) -> str:
        page.goto(address)
        page.get_by_role("button", name="Copy the citation").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        return page.evaluate("navigator.clipboard.readText()")

    copied = browser.run(copy, permissions=["clipboard-read", "clipboard-write"])

    assert "“Makiivka barracks strike”" in copied


@pytest.mark.parametrize(
    ("width", "is_above"),
    [
        pytest.param(390, True, id="narrow: the name stands above the mark"),
        pytest.param(1280, False, id="wide: the name stands beside the mark"),
    ],
)
def test_chart_has_a_layout_for_each_width(
    browser: Any, address: str, width: int, is_above: bool
) -> None:
    def measure(page: Page) -> bool:
        page.goto(address)
        row = page.locator(".chart-rows .chart-row").first
        name = row.locator(".chart-who").bounding_box()
        plot = row.locator(".chart-mark").bounding_box()
        assert name is not None
        assert plot is not None
        return plot["y"] >= name["y"] + name["height"] - 1

    assert browser.run(measure, width=width) is is_above


def test_marks_stay_within_the_page_at_phone_width(browser: Any, address: str) -> None:
    def measure(page: Page) -> list[float]:
        page.goto(address)
        marks = page.locator(".chart .plot use, .chart .plot rect, .chart .plot text")
        ends = marks.evaluate_all("all => all.map(m => m.getBoundingClientRect().right)")
        starts = marks.evaluate_all("all => all.map(m => m.getBoundingClientRect().left)")
        return [min(starts), max(ends)]

    left, right = browser.run(measure, width=390)

    assert left >= 0
    assert right <= 390


def test_chart_file_opens_by_itself_without_any_trouble(browser: Any, address: str) -> None:
    def open_file(page: Page) -> str:
        page.goto(address)
        link = page.get_by_role("link", name="Chart as SVG").first.get_attribute("href")
        page.goto(address.split("/events/", maxsplit=1)[0] + str(link))
        return page.locator("svg > title").first.text_content() or ""

    assert browser.run(open_file) == "Makiivka barracks strike: combatants of Russia killed"
