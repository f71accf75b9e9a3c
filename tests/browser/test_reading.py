"""From an article to public claims in a real browser: by keyboard and by plain forms."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.domain.figures import Figure, Qualifier
from claims.models import Candidate, Claim, Event, StoredText
from claims.services.candidates import accept_candidate, reject_candidate
from claims.services.intake import choose_event
from claims.services.readings import read_stored, record_reading
from tests import factories
from tests.browser.test_admin import WIDTHS, Axe, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = (
    "A strike hit a barracks in Makiivka on New Year's Day.\n\n"
    "The Russian defence ministry said on Monday that 63 soldiers were killed. "
    "Ukraine's General Staff said about 400 soldiers died and 300 were wounded.\n\n"
    "Local officials said at least 25 civilians were injured. "
    "The mayor, 54, told reporters that 12 people were missing.\n\n"
    "The Daily Chronicle reported that up to 600 people were killed."
)
ARABIC = "قالت وزارة الدفاع إن 63 جنديا قتلوا في القصف."


def a_world() -> Event:
    """A public event with Moscow's claim, and the sources that the article names."""
    event = factories.event(title="Makiivka barracks strike")
    moscow = factories.source(
        name="Ministry of Defence of Russia", aliases=["Russian defence ministry"]
    )
    factories.claim(event=event, claimant=moscow, wording="63", victims="combatants")
    factories.source(name="General Staff of Ukraine", aliases=["Ukraine's General Staff"])
    return event


def an_article(by: User, *, is_read: bool = True) -> StoredText:
    """The article as it is kept, read by the extraction."""
    stored = factories.stored_text(
        ARTICLE, by=by, title="Strike in Makiivka", publisher="Daily Chronicle",
        published_on=date(2023, 1, 4),
    )  # fmt: skip
    if is_read:
        read_stored(stored, by=by)
    return stored


def address(stored: StoredText) -> str:
    return reverse("admin:intake_reading", args=[stored.pk])


def states(stored: StoredText) -> list[tuple[str, str]]:
    rows = stored.candidates.order_by("figure_start")
    return list(rows.values_list("wording", "state"))


def paste(page: Page) -> None:
    """Paste the article into the form for a new document, and have it read."""
    page.locator("#id_text").fill(ARTICLE)
    page.get_by_label("Title").fill("Strike in Makiivka")
    page.get_by_label("Publisher").fill("Daily Chronicle")
    page.get_by_label("Published on").fill("2023-01-04")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("6 figures were read in it")


def type_through(page: Page) -> list[str]:
    """Decide about all six figures by keyboard alone; return what was said aloud."""
    told = []
    progress = page.locator("#reading-progress label")
    # The ministry's 63 is there already; then two of the General Staff, one of somebody new.
    for decided, key in enumerate(("m", "a", "a", "a", "r"), 1):
        page.keyboard.press(key)
        expect(progress).to_have_text(f"{decided} of 6 decided")
        told.append(page.locator("#reading-live").inner_text())
    page.keyboard.press("e")
    page.keyboard.type("at least 600")
    page.keyboard.press("Enter")
    expect(progress).to_have_text("6 of 6 decided")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # ask for review of the drafts
    expect(page.locator(".messagelist")).to_contain_text("Waiting for review")
    return told


def publish_all(page: Page) -> None:
    """Publish everything that waits for this person's review."""
    for box in page.locator("input[name=ids]").all():
        box.check()
    page.get_by_role("button", name="Publish").click()
    page.locator("input[type=submit][value=Publish]").click()
    expect(page.locator(".messagelist")).to_contain_text("Published")


def test_article_when_pasted_and_read_by_keyboard_then_its_claims_reach_the_event_page(
    browser: Any, live_server: Any
) -> None:
    event, connie, ed = a_world(), factories.user(), factories.user()
    mine, theirs = session_of(connie, live_server.url), session_of(ed, live_server.url)

    def decide(page: Page) -> list[str]:
        page.context.add_cookies(mine)
        page.goto(live_server.url + reverse("admin:intake_new"))
        paste(page)
        page.get_by_role("radio").first.focus()
        page.keyboard.press("Enter")  # the event suggested
        expect(page.locator(".reading-chosen")).to_contain_text("Makiivka barracks strike")
        page.keyboard.press("j")
        return type_through(page)

    def publish(page: Page) -> str:
        page.context.add_cookies(theirs)
        page.goto(live_server.url + reverse("admin:waiting"))
        publish_all(page)
        page.goto(live_server.url + event.get_absolute_url())
        return page.locator("main").inner_text()

    told = browser.run(decide)
    shown = browser.run(publish)

    assert told[0] == (
        "Added as a citation of: Ministry of Defence of Russia: 63 killed. 1 of 6 decided."
    )
    assert [state for _, state in states(StoredText.objects.get())] == [
        "merged", *["accepted"] * 3, "rejected", "mended",
    ]  # fmt: skip
    assert sorted(Claim.objects.values_list("claimant__name", "wording", "state")) == [
        ("Daily Chronicle", "at least 600", "published"),
        ("General Staff of Ukraine", "300", "published"),
        ("General Staff of Ukraine", "about 400", "published"),
        ("Local officials", "at least 25", "published"),
        ("Ministry of Defence of Russia", "63", "published"),
    ]
    for words in ("about 400", "at least 600", "at least 25", "Local officials"):
        assert words in shown


def test_figure_when_undone_by_keyboard_then_open_and_accepted_again(
    browser: Any, live_server: Any
) -> None:
    event, connie = a_world(), factories.user()
    stored = choose_event(an_article(connie), by=connie, event=event)
    cookies = session_of(connie, live_server.url)

    def act(page: Page) -> str:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(stored))
        progress = page.locator("#reading-progress label")
        page.keyboard.press("j")
        page.keyboard.press("r")
        expect(progress).to_have_text("1 of 6 decided")
        page.keyboard.press("k")
        page.keyboard.press("u")
        expect(progress).to_have_text("0 of 6 decided")
        page.keyboard.press("a")
        expect(progress).to_have_text("1 of 6 decided")
        return page.locator("*:focus h3").inner_text()

    assert browser.run(act).startswith("about 400")
    assert states(stored)[0] == ("63", "accepted")


@pytest.mark.parametrize("has_script", [True, False])
def test_reason_when_entered_with_the_return_key_then_rejected_and_never_accepted(
    browser: Any, live_server: Any, has_script: bool
) -> None:
    event, connie = a_world(), factories.user()
    stored = choose_event(an_article(connie), by=connie, event=event)
    cookies = session_of(connie, live_server.url)

    def act(page: Page) -> None:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(stored))
        page.locator("input[name=why]").first.fill("The old toll.")
        page.keyboard.press("Enter")
        expect(page.locator("#reading-progress label")).to_have_text("1 of 6 decided")

    browser.run(act, java_script_enabled=has_script)

    first = stored.candidates.order_by("figure_start")[0]
    assert (first.state, first.reason) == ("rejected", "The old toll.")


def test_figure_when_refused_then_said_at_once_and_other_forms_keep_what_is_typed(
    browser: Any, live_server: Any
) -> None:
    event, connie, other = a_world(), factories.user(), factories.user(username="other")
    stored = choose_event(an_article(connie), by=connie, event=event)
    cookies = session_of(connie, live_server.url)
    first, second = stored.candidates.order_by("figure_start")[:2]

    def act(page: Page) -> list[str]:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(stored))
        page.locator(f"#candidate-{second.pk} summary", has_text="Edit").click()
        page.locator(f"#id_c{second.pk}_area").fill("The town")
        # As if the page had been open since before the other editor decided.
        version = page.locator(f"#candidate-{first.pk} [name=version]").first
        version.evaluate("node => { node.value = '9' }")
        page.locator(f"#candidate-{first.pk}").focus()
        page.keyboard.press("a")
        refusal = page.locator(f"#candidate-{first.pk} .refusal")
        expect(refusal).to_be_visible()
        return [
            refusal.inner_text(),
            page.locator(f"#id_c{second.pk}_area").input_value(),
            page.locator("#reading-live").inner_text(),
        ]

    refusal, typed, told = browser.run(act, may_log_errors=True)

    assert refusal.startswith("Somebody else has changed this figure read in a text meanwhile")
    assert typed == "The town"
    assert told == f"Not saved. {refusal}"
    assert Claim.objects.filter(state="draft").count() == 0
    assert other.username == "other"


def test_keys_when_turned_off_or_typing_then_do_nothing(browser: Any, live_server: Any) -> None:
    connie = factories.user()
    stored = an_article(connie)
    cookies = session_of(connie, live_server.url)

    def act(page: Page) -> str:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(stored))
        page.keyboard.press("j")
        page.locator("*:focus input[name=why]").fill("rr")
        page.locator("input[name=why]").first.press("r")
        page.get_by_label("single keys").uncheck()
        page.locator(".candidate").first.focus()
        page.keyboard.press("r")
        page.reload()
        page.locator(".candidate").first.focus()
        page.keyboard.press("r")
        return page.locator("#reading-progress label").inner_text()

    assert browser.run(act) == "0 of 6 decided"


def test_page_when_there_is_no_javascript_then_plain_forms_do_it_all(
    browser: Any, live_server: Any
) -> None:
    a_world()
    connie = factories.user()
    stored = an_article(connie, is_read=False)
    cookies = session_of(connie, live_server.url)

    def act(page: Page) -> str:
        page.context.add_cookies(cookies)
        page.goto(live_server.url + address(stored))
        page.get_by_role("button", name="Read the figures").click()
        page.locator("#event-words").fill("makiivka")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("button", name="About this event").click()
        page.get_by_role("button", name="Add as citation").click()
        page.get_by_role("button", name="Accept").first.click()
        where = page.url
        page.get_by_role("button", name="Reject").first.click()
        page.get_by_role("button", name="Undo").first.click()
        page.get_by_role("button", name="Ask for review").click()
        page.wait_for_load_state()
        return where

    where = browser.run(act, java_script_enabled=False)

    found = stored.candidates.order_by("figure_start")
    assert [state for _, state in states(stored)] == ["open", "accepted", "rejected", *["open"] * 3]
    assert where.endswith(f"{address(stored)}#candidate-{found[2].pk}")
    assert Claim.objects.get(state="submitted").wording == "about 400"


def pages() -> dict[str, str]:
    """Make texts of every kind; return the addresses of their pages."""
    event, connie = a_world(), factories.user()
    stored = choose_event(an_article(connie), by=connie, event=event)
    rejected, accepted, *_ = Candidate.objects.order_by("figure_start")
    reject_candidate(rejected, by=connie, reason="The old toll.")
    ministry = factories.source(name="Ministry of " + "Long Names " * 20)
    accept_candidate(
        accepted, by=connie, event=event, claimant=ministry, changes={"victims": "people"}
    )
    arabic = factories.stored_text(ARABIC, language="ar", title="مقتل 63 جنديا")
    figure = Figure(Qualifier.EXACTLY, best=63, wording="63")
    found = factories.read(ARABIC, "63", figure=figure, claimant="وزارة الدفاع")
    record_reading(arabic, reading=factories.reading(found, language="ar"), by=connie)
    empty = factories.stored_text("Nothing happened.")
    read_stored(empty, by=connie)
    long_word = factories.stored_text(f"{'W' * 300} said 63 people died.", title="T" * 400)
    read_stored(long_word, by=connie)
    return {
        "article": address(stored),
        "searched": f"{address(stored)}?event=makiivka",
        "right to left": address(arabic),
        "empty": address(empty),
        "unread": address(factories.stored_text("Unread.")),
        "long words": address(long_word),
        "texts": reverse("admin:intake_texts"),
        "claim": reverse("admin:claims_claim_change", args=[Claim.objects.get(state="draft").pk]),
    }


UNFOLD = "document.querySelectorAll('#content details').forEach(d => { d.open = true })"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_when_opened_then_none_overflows_or_breaks_the_policy(
    browser: Any, live_server: Any, width: int
) -> None:
    addresses = pages()
    cookies = session_of(factories.user(), live_server.url)

    def act(page: Page) -> dict[str, int]:
        page.context.add_cookies(cookies)
        overflowing = {}
        for name, where in addresses.items():
            page.goto(live_server.url + where, wait_until="load")
            page.evaluate(UNFOLD)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                overflowing[name] = wide
        return overflowing

    assert browser.run(act, width=width) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_when_checked_with_axe_then_no_violations(
    browser: Any, axe: Axe, live_server: Any, width: int
) -> None:
    addresses = pages()
    cookies = session_of(factories.user(), live_server.url)

    def act(page: Page) -> dict[str, list[Any]]:
        page.context.add_cookies(cookies)
        found = {}
        for name, where in addresses.items():
            page.goto(live_server.url + where, wait_until="load")
            page.evaluate(UNFOLD)
            if violations := axe(page):
                found[name] = violations
        return found

    # The checker itself puts style elements into the page, which the policy refuses aloud.
    assert browser.run(act, width=width, may_log_errors=True) == {}
