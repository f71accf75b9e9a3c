"""Imports in a real browser: by keyboard, on a phone, in the dark, with and without JavaScript."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.ingest.desk import batches, tasks
from claims.ingest.desk.progress import ToldProgress, telling
from claims.models import Claim, ImportBatch, ImportRefusal
from tests import factories
from tests.browser.test_admin import WIDTHS, Axe, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("uploads"),
]

LONG_NAME = "tolls of the war as the office in Kyiv sent them (final, really final) " * 2 + ".csv"
LONG = 15_000  # milliseconds; the page asks every 2 seconds, the machine may be busy


def force(batch: ImportBatch, **columns: Any) -> ImportBatch:
    ImportBatch.objects.filter(pk=batch.pk).update(**columns)
    batch.refresh_from_db()
    return batch


def read(*wordings: str, by: Any, **fields: Any) -> ImportBatch:
    batch = factories.import_batch(factories.claims_csv(*wordings), by=by, **fields)
    batches.ask(batch, "read", by=by)
    tasks.start(batch, "read", by=by)
    batch.refresh_from_db()
    return batch


def written(*wordings: str, by: Any) -> ImportBatch:
    batch = read(*wordings, by=by)
    batches.ask(batch, "commit", by=by, figures=batches.figures_of(batch))
    tasks.start(batch, "commit", by=by)
    return batch


def end(batch: ImportBatch) -> None:
    """Do what whoever works on it does at the end, from a thread of its own."""
    ImportBatch.objects.filter(pk=batch.pk).update(state="planned")
    connection.close()


def address(batch: ImportBatch, page: str = "batch") -> str:
    return reverse(f"admin:import_{page}", args=[batch.pk])


def pages(by: Any) -> dict[str, str]:
    """Return the addresses of an import in every state there is."""
    other = factories.user()
    done = written("63", by=by)
    long = read("64", by=other, name=LONG_NAME)
    force(
        long,
        passed_over={"equipment, no people": 120_000},
        publish=True,
        counts={"claim": {"new": 1_204_211, "changed": 12, "same": 100_000, "gone": 311}},
        samples={
            "changed": [
                {
                    "kind": "claim",
                    "label": "x" * 200,
                    "row": 88_121,
                    "fields": ["best"],
                    "remark": "y",
                }
            ]
        },
    )
    refused = read("a great many", by=by)
    ImportRefusal.objects.bulk_create(
        ImportRefusal(
            batch=refused, row=n, column="source_article", reason="Expected a number. " * 5
        )
        for n in range(3, 200)
    )
    force(refused, refused_count=10_198)
    now = timezone.now()
    return {
        "list": reverse("admin:imports"),
        "narrowed to nothing": reverse("admin:imports") + "?dataset=none",
        "new": reverse("admin:import_new"),
        "dry run": address(long),
        "refused": address(refused),
        "nobody there": address(force(factories.import_batch(), state="planning")),
        "at work": address(force(factories.import_batch(), state="committing", moved_at=now)),
        "failed": address(force(factories.import_batch(), state="failed", problem="No.")),
        "written": address(done),
        "undoing": address(done, "undo"),
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_imports_when_opened_then_no_violations_and_nothing_overflows(
    browser: Any, axe: Axe, live_server: Any, width: int
) -> None:
    editor = factories.user()
    shown, cookies = pages(editor), session_of(editor, live_server.url)

    def act(page: Page) -> dict[str, Any]:
        page.context.add_cookies(cookies)
        found: dict[str, Any] = {}
        for name, where in shown.items():
            page.goto(live_server.url + where, wait_until="load")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width or (violations := axe(page)):
                found[name] = (wide, violations if wide <= width else [])
        return found

    assert browser.run(act, width=width, may_log_errors=True) == {}


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_import_when_uploaded_by_keyboard_then_looked_at_written_and_said(
    browser: Any, live_server: Any, tmp_path: Path, has_script: bool
) -> None:
    cookies = session_of(factories.user(), live_server.url)
    file = tmp_path / "tolls.csv"
    file.write_bytes(factories.claims_csv("about 400"))

    def act(page: Page) -> str:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + reverse("admin:imports"))
        page.get_by_role("link", name="New import").press("Enter")
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Look at it (dry run)").press("Enter")
        expect(page.get_by_text("Dry run: nothing saved yet")).to_be_visible()
        page.get_by_role("button", name="Write it").press("Enter")
        expect(page.get_by_text("Written; new claims are drafts")).to_be_visible()
        return page.locator("h1").inner_text()

    title = browser.run(act, java_script_enabled=has_script)

    assert ("tolls.csv" in title, Claim.objects.get().wording) == (True, "about 400")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_import_at_work_when_watched_then_moves_and_ends_by_itself(
    browser: Any, live_server: Any, has_script: bool
) -> None:
    cookies = session_of(factories.user(), live_server.url)
    batch = force(factories.import_batch(), state="planning", moved_at=timezone.now())

    def act(page: Page, progress: ToldProgress) -> list[str]:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(batch))
        expect(page.get_by_text("100 of 400 rows")).to_be_visible()
        progress.advance(100)
        progress.tell()
        expect(page.get_by_text("200 of 400 rows")).to_be_visible(timeout=LONG)
        said = page.locator("[data-part=said]").text_content() or ""
        with ThreadPoolExecutor(max_workers=1) as elsewhere:
            elsewhere.submit(end, batch).result()
        expect(page.get_by_role("heading", name="Write it")).to_be_visible(timeout=LONG)
        return [said]

    with telling(batch) as progress:
        progress.step("checking cells", 400)
        progress.advance(100)
        progress.tell()
        said = browser.run(lambda page: act(page, progress), java_script_enabled=has_script)

    assert said == (["Checking cells: 50 percent"] if has_script else [""])


def test_imports_when_printed_then_dark_on_white_as_wide_as_the_paper_without_controls(
    browser: Any, live_server: Any
) -> None:
    editor = factories.user()
    shown, cookies = pages(editor), session_of(editor, live_server.url)
    del shown["new"]  # a form, on paper too

    def act(page: Page) -> dict[str, Any]:
        page.context.add_cookies(cookies)
        page.emulate_media(media="print")
        found: dict[str, Any] = {}
        for name, where in shown.items():
            page.goto(live_server.url + where, wait_until="load")
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            found[name] = (
                page.evaluate("document.documentElement.scrollWidth"),
                page.locator("nav.desk-nav:visible, #user-tools:visible, button:visible").count(),
                page.evaluate("getComputedStyle(document.body).color"),
            )
        return found

    assert browser.run(act, width=720) == dict.fromkeys(shown, (720, 0, "rgb(0, 0, 0)"))
