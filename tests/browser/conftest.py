"""A real Chromium for the tests, kept in a thread of its own.

Playwright's sync API leaves an event loop running in its thread, and Django's ORM refuses to work
there. So the browser lives in one thread of an executor and the test thread stays free:

    def test_title_when_opened_then_shown(browser, live_server):
        title = browser.run(lambda page: page.goto(live_server.url + "/") and page.title())
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Playwright, sync_playwright

from tracker.testing.suite import NO_BROWSER, find_chromium, is_set

T = TypeVar("T")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
]
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
PATIENCE_MILLISECONDS = 15_000


class Browser:
    """Opens pages; whatever a page logs as an error or asks from elsewhere fails the test."""

    def __init__(self, thread: ThreadPoolExecutor, chromium: Chromium) -> None:
        self._thread = thread
        self._chromium = chromium

    def run(
        self,
        act: Callable[[Page], T],
        *,
        width: int = 1280,
        height: int = 900,
        may_log_errors: bool = False,
        **context_options: Any,
    ) -> T:
        """Return what ``act`` returns for a page in a fresh context.

        ``context_options`` are Playwright's, such as ``java_script_enabled=False``. A page that
        answers 404 logs an error by itself: allow it with ``may_log_errors``.
        """
        options = {
            "viewport": {"width": width, "height": height},
            "color_scheme": "light",
            **context_options,
        }
        result, troubles = self._thread.submit(self._open, act, options).result()
        if may_log_errors:
            troubles = [trouble for trouble in troubles if not trouble.startswith("console")]
        assert troubles == []
        return result

    def _open(self, act: Callable[[Page], T], options: dict[str, Any]) -> tuple[T, list[str]]:
        troubles: list[str] = []
        context = self._chromium.new_context(**options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        try:
            page = context.new_page()
            page.on("request", lambda request: troubles.extend(foreign_request(request.url)))
            page.on("pageerror", lambda error: troubles.append(f"console: {error}"))
            page.on(
                "console",
                lambda message: (
                    message.type == "error" and troubles.append(f"console: {message.text}")
                ),
            )
            return act(page), troubles
        finally:
            context.close()


def foreign_request(url: str) -> list[str]:
    """Return one line when a page asked anybody but the server under test."""
    is_own = url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:"))
    return [] if is_own else [f"foreign request: {url}"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken accessibility rule and where."""

    rule: str
    targets: tuple[str, ...]
    help: str


def accessibility_violations(page: Page) -> list[Violation]:
    """Return what axe finds against WCAG 2.2 AA on the page as it is shown now, light and dark.

    In the dark a page differs in its colours alone, so only the rules about those are asked again.
    """
    options = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}}
    found = _violations(Axe().run(page, options=options).response, "")
    page.emulate_media(color_scheme="dark")
    page.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")  # colours glide
    options = {"runOnly": {"type": "rule", "values": ABOUT_COLOURS}}
    found += _violations(page.evaluate("options => axe.run(document, options)", options), " (dark)")
    page.emulate_media(color_scheme="light")
    return found


def _violations(response: dict[str, Any], where: str) -> list[Violation]:
    return [
        Violation(
            rule=violation["id"] + where,
            targets=tuple(str(node["target"]) for node in violation["nodes"]),
            help=violation["help"],
        )
        for violation in response["violations"]
    ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this run; without a Chromium tests are skipped, or fail if it is required."""
    executable = find_chromium()
    if executable is None:
        (pytest.fail if is_set("REQUIRE_BROWSER") else pytest.skip)(NO_BROWSER)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser") as thread:
        playwright: Playwright = thread.submit(sync_playwright().start).result()
        try:
            chromium = thread.submit(
                playwright.chromium.launch, executable_path=executable, args=CHROMIUM_FLAGS
            ).result()
            yield Browser(thread, chromium)
            thread.submit(chromium.close).result()
        finally:
            thread.submit(playwright.stop).result()


@pytest.fixture
def axe() -> Callable[[Page], list[Violation]]:
    """Call it inside ``browser.run`` to get the accessibility violations of the page."""
    return accessibility_violations
