"""The door of the editors' desk in a real browser: it also proves that the harness works."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page

Axe = Callable[[Page], list[Any]]

pytestmark = pytest.mark.browser


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("mary")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()


def test_login_when_password_is_right_then_desk_opens(browser: Any, live_server: Any) -> None:
    get_user_model().objects.create_user("mary", password="correct horse", is_staff=True)

    def act(page: Page) -> str:
        log_in(page, live_server.url)
        page.get_by_role("button", name="Log out").wait_for()
        return page.url

    assert browser.run(act) == f"{live_server.url}/admin/"


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param('<img src="data:image/gif;base64," alt="A map">', [], id="with words"),
        pytest.param('<img src="data:image/gif;base64,">', ["image-alt"], id="without words"),
    ],
)
def test_axe_when_picture_has_no_words_then_it_says_so(
    browser: Any, live_server: Any, axe: Axe, picture: str, expected: list[str]
) -> None:
    def act(page: Page) -> list[str]:
        page.goto(f"{live_server.url}/admin/login/")
        page.locator("#content").evaluate("(node, html) => { node.innerHTML = html }", picture)
        return [violation.rule for violation in axe(page)]

    assert browser.run(act, may_log_errors=True) == expected


FAINT_IN_THE_DARK = """node => {
    node.innerHTML = "<p>Hardly to be read</p>";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@media (prefers-color-scheme: dark) {
        #content p { color: #222 !important; background: #000 !important; }
    }`);
    document.adoptedStyleSheets = [sheet];
}"""


def test_axe_when_words_are_faint_in_the_dark_alone_then_it_says_so(
    browser: Any, live_server: Any, axe: Axe
) -> None:
    def act(page: Page) -> list[str]:
        page.goto(f"{live_server.url}/admin/login/")
        page.locator("#content").evaluate(FAINT_IN_THE_DARK)
        return [violation.rule for violation in axe(page)]

    assert browser.run(act, may_log_errors=True) == ["color-contrast (dark)"]


def test_harness_when_page_asks_elsewhere_then_test_fails(browser: Any, live_server: Any) -> None:
    def act(page: Page) -> None:
        page.goto(f"{live_server.url}/livez")
        page.set_content('<img src="http://other.invalid/pixel.png">')

    with pytest.raises(AssertionError, match=r"other\.invalid"):
        browser.run(act)
