"""The editors' desk in a real browser: nothing breaks the strict policy, everybody can use it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Claim
from claims.services import claims as service
from claims.services.candidates import reject_candidate
from tests import factories

Axe = Callable[[Page], list[Any]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [pytest.param(1280, id="wide"), pytest.param(390, id="narrow")]


def session_of(person: User, url: str) -> list[dict[str, str]]:
    """Return the cookie of somebody who has logged in."""
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}]


def desk_pages() -> dict[str, str]:
    """Fill the desk with records of every kind; return the addresses of its main pages."""
    party = factories.party(name="Ruritania")
    event = factories.event(parties=[party])
    claim = factories.claim(event=event, wording="about 400", victims_party=party)
    submitted = factories.claim(event=event, state="submitted")
    draft = factories.claim(event=event, state="draft", wording="25")
    service.edit_claim(draft, by=factories.user(), changes={"wording": "26"}, reason="Misread.")
    first = draft.history.get(version=1)
    reject_candidate(factories.candidate(), by=factories.user(), reason="A troop strength.")
    document = claim.citations.get().document
    return {
        "index": reverse("admin:index"),
        "waiting": reverse("admin:waiting"),
        "imports": reverse("admin:imports"),
        "new import": reverse("admin:import_new"),
        "new document": reverse("admin:intake_new"),
        "numbers": reverse("admin:intake_numbers"),
        "token": reverse("admin:intake_token"),
        "claims": reverse("admin:claims_claim_changelist"),
        "new claim": reverse("admin:claims_claim_add"),
        "draft": reverse("admin:claims_claim_change", args=[draft.pk]),
        "published": reverse("admin:claims_claim_change", args=[claim.pk]),
        "correction": reverse("admin:claims_claim_change", args=[claim.pk]) + "?correct=1",
        "history": reverse("admin:claims_claim_history", args=[draft.pk]),
        "going back": reverse("admin:claims_claim_revert", args=[draft.pk, first.history_id]),
        "move": f"{reverse('admin:claims_claim_move', args=['publish'])}?ids={submitted.pk}",
        "merge": reverse("admin:claims_event_merge", args=[event.pk]),
        "event": reverse("admin:claims_event_change", args=[event.pk]),
        "document": reverse("admin:claims_document_change", args=[document.pk]),
        "source": reverse("admin:claims_source_change", args=[claim.claimant_id]),
        "people": reverse("admin:auth_user_changelist"),
        "new person": reverse("admin:auth_user_add"),
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_desk_when_opened_then_no_page_breaks_the_policy_or_overflows(
    browser: Any, live_server: Any, width: int
) -> None:
    pages, cookies = desk_pages(), session_of(factories.user(role="chief"), live_server.url)

    def act(page: Page) -> dict[str, int]:
        page.context.add_cookies(cookies)
        overflowing = {}
        for name, address in pages.items():
            page.goto(live_server.url + address, wait_until="load")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                overflowing[name] = wide
        return overflowing

    assert browser.run(act, width=width) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_desk_when_checked_with_axe_then_no_violations(
    browser: Any, axe: Axe, live_server: Any, width: int
) -> None:
    pages, cookies = desk_pages(), session_of(factories.user(role="chief"), live_server.url)

    def act(page: Page) -> dict[str, list[Any]]:
        page.context.add_cookies(cookies)
        found = {}
        for name, address in pages.items():
            page.goto(live_server.url + address, wait_until="load")
            if violations := axe(page):
                found[name] = violations
        return found

    # The checker itself puts style elements into the page, which the policy refuses aloud.
    assert browser.run(act, width=width, may_log_errors=True) == {}


def test_claim_when_wording_is_typed_then_read_back_and_saved(
    browser: Any, live_server: Any
) -> None:
    person = factories.user(role="contributor")
    cookies = session_of(person, live_server.url)
    factories.event(title="Makiivka strike", aliases=["Макіївка"])
    factories.source(name="General Staff")

    def choose(page: Page, field: str, letters: str) -> None:
        page.locator(f"#id_{field} + .select2 .select2-selection").click()
        page.locator(".select2-search__field").last.fill(letters)
        page.locator(".select2-results__option--highlighted").click()

    def act(page: Page) -> list[str]:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + reverse("admin:claims_claim_add"))
        choose(page, "event", "макіїв")
        choose(page, "claimant", "general st")
        page.get_by_label("Measure").select_option("killed")
        page.locator("#id_wording").fill("about 400")
        expect(page.locator("#reading")).to_have_text("about 400: 350 to 450; strictly: nothing.")
        shown = [page.locator(f"#id_{name}").input_value() for name in ("qualifier", "best")]
        page.locator("#id_wording").fill("at least 25")
        page.get_by_role("button", name="Save", exact=True).click()
        return [*shown, page.locator(".messagelist").inner_text()]

    qualifier, best, told = browser.run(act)

    claim = Claim.objects.get()
    assert (qualifier, best) == ("about", "400")
    assert "Read as at least 25: 25 or more." in told
    assert (claim.qualifier, claim.low, claim.best) == ("at_least", 25, None)
    assert (claim.event.title, claim.claimant.name) == ("Makiivka strike", "General Staff")


def test_claim_when_nobody_can_read_the_wording_then_numbers_are_asked_for(
    browser: Any, live_server: Any
) -> None:
    cookies = session_of(factories.user(role="contributor"), live_server.url)

    def act(page: Page) -> bool:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + reverse("admin:claims_claim_add"))
        page.locator("#id_wording").fill("a great many")
        expect(page.locator("#reading")).to_contain_text("A person has to read")
        return page.locator("#id_qualifier").is_visible()

    assert browser.run(act) is True


def test_claim_when_there_is_no_javascript_then_wording_alone_is_enough(
    browser: Any, live_server: Any
) -> None:
    cookies = session_of(factories.user(role="editor"), live_server.url)
    claim = factories.claim(state="draft", wording="25")
    address = live_server.url + reverse("admin:claims_claim_change", args=[claim.pk])

    def act(page: Page) -> None:
        page.context.add_cookies(cookies)
        page.goto(address)
        page.locator("#id_wording").fill("about 400")
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_load_state()

    browser.run(act, java_script_enabled=False)

    claim.refresh_from_db()
    assert (claim.qualifier, claim.best) == ("about", 400)


def test_two_editors_when_second_saves_then_versions_are_laid_side_by_side(
    browser: Any, axe: Axe, live_server: Any
) -> None:
    cookies = session_of(factories.user(role="editor"), live_server.url)
    claim = factories.claim(state="draft", wording="25")
    other = factories.user(role="editor")
    address = live_server.url + reverse("admin:claims_claim_change", args=[claim.pk])

    def act(page: Page) -> list[Any]:
        page.context.add_cookies(cookies)
        page.goto(address)
        # As if the page had been open since before the other editor saved.
        page.locator("#id_expected_version").evaluate("node => { node.value = '1' }")
        page.locator("#id_wording").fill("about 30")
        page.get_by_role("button", name="Save", exact=True).click()
        found = axe(page)
        page.get_by_role("radio", name="theirs").check()
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_load_state()
        return found

    service.edit_claim(claim, by=other, changes={"wording": "26"})

    assert browser.run(act, may_log_errors=True) == []
    claim.refresh_from_db()
    assert claim.wording == "26"
