"""A new document in a real browser, by keyboard and without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Candidate, Document
from tests import factories
from tests.browser.test_admin import WIDTHS, Axe, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_new(page: Page, live_server: Any, cookies: list[Any]) -> None:
    """Open the page of a new document as somebody who is logged in."""
    page.context.add_cookies(cookies)
    page.goto(live_server.url + reverse("admin:intake_new"))


def test_text_when_typed_by_keyboard_then_its_figures_are_shown(
    browser: Any, live_server: Any
) -> None:
    cookies = session_of(factories.user(role="contributor"), live_server.url)

    def act(page: Page) -> None:
        open_new(page, live_server, cookies)
        expect(page.get_by_label("Text", exact=True)).to_be_focused()
        page.keyboard.insert_text("At least 25 people were killed on Friday, officials said.")
        page.get_by_label("Published on").fill("2023-03-05")
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/intake/*/")
        expect(page.locator("mark").first).to_have_text("At least 25")

    browser.run(act)

    assert Document.objects.get().published_on.isoformat() == "2023-03-05"


def test_page_when_given_without_javascript_then_looked_at_mended_and_kept(
    browser: Any, live_server: Any, root: Path
) -> None:
    cookies = session_of(factories.user(role="contributor"), live_server.url)
    source = root / "tests/data/pages/en-graph.html"

    def act(page: Page) -> None:
        open_new(page, live_server, cookies)
        page.get_by_label("File").set_input_files(source)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_label("Publisher")).to_have_value("The Harbour Post")
        expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
        page.get_by_label("Title").fill("Shelling of Ardena")
        page.get_by_role("button", name="Keep it and read the figures").click()
        page.wait_for_url("**/admin/intake/*/")

    browser.run(act, java_script_enabled=False)

    assert Document.objects.get().title == "Shelling of Ardena"
    assert Candidate.objects.count() > 1


@pytest.mark.parametrize("width", WIDTHS)
def test_page_when_looked_at_then_no_violations_and_nothing_overflows(
    browser: Any, axe: Axe, live_server: Any, root: Path, width: int
) -> None:
    cookies = session_of(factories.user(role="contributor"), live_server.url)
    source = (root / "tests/data/pages/en-graph.html").read_text(encoding="utf-8")

    def act(page: Page) -> tuple[list[Any], int]:
        open_new(page, live_server, cookies)
        page.get_by_label("Text", exact=True).fill(source)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="The text as it was read")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth")
        return axe(page), wide

    violations, wide = browser.run(act, width=width, may_log_errors=True)

    assert (violations, wide <= width) == ([], True)
