"""A new document at the desk: pasted, uploaded or fetched, looked at, kept, read for figures."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.intake import arrivals
from claims.models import Candidate, Document, Source, StoredText
from tests import factories
from tests.admin.posting import shown_data
from tests.intake.site import Site, http
from tests.intake.test_fetching import NEWS, fetcher_for

pytestmark = pytest.mark.django_db

URL = "admin:intake_new"
TEXT = "At least 25 people were killed in Ardena, the hospital said.\n\nMore than 100 were wounded."


@pytest.fixture
def page(root):
    """The source of a page that says much of itself."""
    return (root / "tests/data/pages/en-graph.html").read_text(encoding="utf-8")


def give(client, **data):
    """Post the form of a new document."""
    return client.post(reverse(URL), data)


def keep(client, looked, **changes):
    """Post what was read from a page, with some of it mended."""
    shown = shown_data(looked.context["form"]) | {"read": looked.context["read"]}
    return client.post(reverse(URL), shown | changes)


def told(answer):
    """Return the messages that the next page shows."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def address_of(stored):
    return reverse("admin:intake_reading", args=[stored.pk])


# --- Pasted text ----------------------------------------------------------------------------------


def test_text_when_pasted_then_kept_read_and_led_to_its_figures(desk):
    person = factories.user(role="contributor")

    answer = give(
        desk(person), text=TEXT, title="Shelling", publisher="The Harbour Post",
        published_on="2023-03-05", url="https://post.example/1", language="en",
    )  # fmt: skip

    stored = StoredText.objects.get()
    document = stored.document
    assert (answer.status_code, answer["Location"]) == (302, address_of(stored))
    assert told(answer) == ["“Shelling” is kept. 2 figures were read in it."]
    assert (document.title, document.url, document.state) == (
        "Shelling", "https://post.example/1", "draft",
    )  # fmt: skip
    assert (document.published_on, document.publisher.name) == (
        date(2023, 3, 5), "The Harbour Post",
    )  # fmt: skip
    assert (stored.text, stored.origin, stored.stored_by) == (TEXT, "pasted", person)
    assert [c.wording for c in Candidate.objects.all()] == ["At least 25", "More than 100"]


def test_text_when_it_has_no_figure_then_said(desk):
    answer = give(desk(), text="It rained in Ardena.")

    assert told(answer) == ["“It rained in Ardena.” is kept. No figure was read in it."]


def test_text_when_given_again_then_led_to_the_first_and_nothing_added(desk):
    client = desk()
    give(client, text=TEXT, title="Shelling")

    answer = give(client, text=TEXT.replace("\n\n", "\n \n\n") + "  ", title="Another name")

    assert answer["Location"] == address_of(StoredText.objects.get())
    assert told(answer)[-1].startswith("This is here already: “Shelling”, kept on ")
    assert (Document.objects.count(), Candidate.objects.count()) == (1, 2)


def test_text_when_its_document_is_there_without_it_then_joined(desk):
    document = factories.document(title="Shelling", url="https://post.example/1")

    give(desk(), text=TEXT, url="https://post.example/1")

    assert (Document.objects.count(), StoredText.objects.get().document) == (1, document)


def test_text_when_given_again_with_more_then_what_was_empty_is_filled_in(desk):
    client = desk(factories.user(role="contributor"))
    give(client, text=TEXT, title="Shelling")

    give(client, text=TEXT, title="Other", publisher="The Harbour Post", published_on="2023-03-05")

    document = Document.objects.get()
    assert (document.title, document.publisher.name, document.published_on) == (
        "Shelling", "The Harbour Post", date(2023, 3, 5),
    )  # fmt: skip


def test_text_when_publisher_is_known_by_another_name_then_it_is_that_source(desk):
    source = factories.source(name="The Harbour Post", aliases=["Harbour Post"])

    give(desk(), text=TEXT, publisher="harbour post")

    assert StoredText.objects.get().document.publisher == source


# --- Pages ----------------------------------------------------------------------------------------


def test_page_when_pasted_then_shown_before_anything_is_kept(desk, page):
    answer = give(desk(), text=page)

    assert answer.status_code == 200
    assert shown_data(answer.context["form"]) == {
        "title": "Shelling of Ardena: toll rises & rises",
        "publisher": "The Harbour Post",
        "author": "Ana Lind, Omar Said",
        "published_on": "2023-03-05",
        "language": "en",
        "url": "https://harbour-post.example/ardena",
    }
    assert "No source has this name, or one like it" in answer.text
    assert (StoredText.objects.count(), Source.objects.count()) == (0, 0)


def test_page_when_details_are_mended_then_kept_as_mended(desk, page):
    client = desk()
    looked = give(client, text=page)

    answer = keep(client, looked, title="Shelling", author="", published_on="2023-03-04")

    document = Document.objects.get()
    stored = document.stored_texts.get()
    assert answer["Location"] == address_of(stored)
    assert (document.title, document.author, document.published_on) == (
        "Shelling", "", date(2023, 3, 4),
    )  # fmt: skip
    assert (stored.origin, stored.content_type) == ("html", "text/html")
    assert [c.wording for c in Candidate.objects.all()][:2] == ["At least 25", "More than 100"]


def test_page_when_the_editor_knows_better_then_typed_details_stand(desk, page):
    answer = give(desk(), text=page, title="My title", published_on="2023-03-01")

    shown = shown_data(answer.context["form"])
    assert (shown["title"], shown["published_on"]) == ("My title", "2023-03-01")
    assert shown["publisher"] == "The Harbour Post"


def test_page_when_uploaded_then_read_whatever_its_name(desk, root):
    content = (root / "tests/data/pages/ru-1251.html").read_bytes()

    answer = give(desk(), file=SimpleUploadedFile("../../etc/passwd\x00.exe", content))

    shown = shown_data(answer.context["form"])
    assert (shown["title"], shown["language"]) == ("Обстрел рынка", "ru")


def test_file_when_plain_text_then_read_as_it_is(desk):
    client = desk()

    looked = give(client, file=SimpleUploadedFile("a.txt", TEXT.encode("utf-16")))
    keep(client, looked, title="Shelling")

    assert StoredText.objects.get().text == TEXT
    assert StoredText.objects.get().origin == "uploaded"


def test_page_when_details_are_wrong_then_shown_again_with_what_was_typed(desk, page):
    client = desk()
    looked = give(client, text=page)

    answer = keep(client, looked, published_on="last week", title="Mine")

    assert answer.status_code == 400
    assert answer.context["form"].errors["published_on"] == [
        "Expected a date such as 2023, 2023-01 or 2023-01-02, got “last week”."
    ]
    assert shown_data(answer.context["form"])["title"] == "Mine"
    assert keep(client, answer, published_on="2023").status_code == 302


def test_page_when_altered_between_the_steps_then_refused(desk, page):
    client = desk()
    looked = give(client, text=page)

    answer = keep(client, looked, read="x" + looked.context["read"])

    assert (answer.status_code, StoredText.objects.count()) == (400, 0)
    assert "Give the page again." in answer.text


def test_page_when_read_for_somebody_else_then_refused(desk, page):
    looked = give(desk(), text=page)

    answer = keep(desk(), looked)

    assert (answer.status_code, StoredText.objects.count()) == (400, 0)


def test_page_when_it_tries_to_run_something_then_only_its_words_are_shown(desk):
    page = (
        "<html><body><p>At least 25 were killed in the town on Friday.</p>"
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; said the ministry of the town.</p></body></html>"
    )

    answer = give(desk(), text=page, title="<img src=x onerror=alert(1)>")

    assert "<script>alert(1)" not in answer.text
    assert "<img src=x" not in answer.text


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({}, "text", "Paste the text, or choose a file."),
        ({"text": "   "}, "text", "Paste the text, or choose a file."),
        ({"url": "https://post.example/1"}, "text", "Paste the text, or choose a file."),
        (
            {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"25 killed")},
            "file",
            "Give the text or a file, not both.",
        ),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
    ],
)
def test_form_when_it_cannot_be_taken_then_says_why(desk, data, field, said):
    answer = give(desk(), **data)

    assert answer.status_code == 400
    assert answer.context["form"].errors == {field: [said]}


def test_file_when_too_large_then_refused(desk):
    answer = give(desk(), file=SimpleUploadedFile("a.html", b"a" * 5_000_001))

    assert answer.status_code == 400
    assert "Expected a file of at most 5,000,000 bytes" in answer.text


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 25 killed", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"25\x00killed"]
)
def test_file_when_no_text_then_refused_in_words(desk, content):
    answer = give(desk(), file=SimpleUploadedFile("a.txt", content))

    assert (answer.status_code, StoredText.objects.count()) == (409, 0)
    assert "Expected a page (HTML) or a plain text, but a.txt is neither." in answer.text


def test_text_when_too_long_then_refused_and_still_there(desk):
    answer = give(desk(), text="a" * 1_000_001)

    assert (answer.status_code, StoredText.objects.count()) == (409, 0)
    assert "Expected at most 1,000,000 characters, got 1,000,001." in answer.text


def test_text_when_its_document_was_withdrawn_then_refused(desk):
    factories.document(title="Gone", url="https://post.example/1", state="withdrawn")

    answer = give(desk(), text=TEXT, url="https://post.example/1")

    assert (answer.status_code, StoredText.objects.count()) == (409, 0)
    assert "belongs to “Gone”" in answer.text


# --- Fetched pages --------------------------------------------------------------------------------


def test_address_when_fetching_is_off_then_the_page_says_why_not(desk):
    answer = desk().get(reverse(URL))

    assert (
        "This tracker does not fetch pages itself (its setting INTAKE_FETCH is off)" in answer.text
    )


@pytest.fixture
def site(settings, monkeypatch, page):
    """A site on this machine that the tracker may fetch from, by its name."""
    settings.INTAKE_FETCH = True
    with Site({"": http(page.encode())}) as listening:
        monkeypatch.setattr(arrivals, "configured_fetcher", lambda: fetcher_for(listening))
        yield listening


def test_address_when_fetched_then_shown_and_kept_with_its_copy(desk, site):
    client, url = desk(), f"http://{NEWS}:{site.port}/ardena#top"

    looked = give(client, url=url)
    keep(client, looked)

    stored = StoredText.objects.get()
    assert (stored.origin, stored.address, stored.final_address) == (
        "fetched", url, url.removesuffix("#top"),
    )  # fmt: skip
    assert (stored.content_type, stored.retrieved_at is not None) == ("text/html", True)
    assert bytes(stored.warc[:2]) == b"\x1f\x8b"
    assert stored.document.url == url.removesuffix("#top")


def test_address_when_given_again_then_led_to_the_first_without_fetching(desk, site):
    client, url = desk(), f"http://{NEWS}:{site.port}/ardena"
    keep(client, give(client, url=url))

    answer = give(client, url=url)

    assert answer["Location"] == address_of(StoredText.objects.get())
    assert site.callers == 1


def test_address_when_it_cannot_be_fetched_then_said_and_still_there(desk, site):
    answer = give(desk(), url="http://127.0.0.1/")

    assert answer.status_code == 409
    assert "expected port" in answer.text
    assert answer.context["form"]["url"].value() == "http://127.0.0.1/"


def test_fetcher_when_the_setting_is_off_then_refused(settings):
    settings.INTAKE_FETCH = False

    with pytest.raises(arrivals.NotFetched, match="INTAKE_FETCH is off"):
        arrivals.configured_fetcher()


def test_fetcher_when_the_setting_is_on_then_says_who_asks(settings):
    settings.INTAKE_FETCH = True
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://tracker.example.org", "desk@example.org"
    settings.INTAKE_PORTS = [443]

    fetcher = arrivals.configured_fetcher()

    assert fetcher.user_agent == "casualty-tracker (+https://tracker.example.org; desk@example.org)"
    assert fetcher.ports == {443}


# --- Who may, and where it is ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"), [("contributor", 200), ("editor", 200), ("chief", 200), ("", 302)]
)
def test_page_when_opened_then_by_whoever_drafts(desk, client, role, status):
    reader = desk(role) if role else client

    assert reader.get(reverse(URL)).status_code == status


def test_page_when_person_has_no_role_then_forbidden(desk):
    person = factories.user(role="contributor")
    person.groups.clear()
    person.is_staff = True
    person.save()

    assert desk(person).get(reverse(URL)).status_code == 403


@pytest.mark.parametrize("name", ["admin:index", "admin:claims_document_changelist"])
def test_desk_when_opened_then_leads_to_a_new_document(desk, name):
    assert reverse(URL) in desk("contributor").get(reverse(name)).text
