"""Swagger UI in a real browser: it works under its policy and asks nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_page_of_the_schema_shows_every_operation_and_tries_one(
    browser: Any, live_server: Any
) -> None:
    def look(page: Page) -> tuple[int, str]:
        page.goto(f"{live_server.url}/api/v1/docs/")
        page.wait_for_selector(".opblock")
        operations = page.locator(".opblock").count()
        roots = page.locator(".opblock", has_text="/api/v1/vocabularies/").first
        roots.locator(".opblock-summary-control").click()
        roots.get_by_role("button", name="Try it out").click()
        roots.get_by_role("button", name="Execute").click()
        page.wait_for_selector(".live-responses-table .response-col_status")
        status = page.locator(".live-responses-table tbody .response-col_status").first
        return operations, status.inner_text()

    operations, status = browser.run(look)

    assert operations == 23
    assert status.startswith("200")
