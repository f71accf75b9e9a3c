"""Nothing that is not public leaves, by any public address.

A word is planted in every field that is not public, and every public address that can be reached
is searched for it: pages, API, CSV, search, the map of the site, errors. That the crawl would
find it is proved by other words, one in each public field of a published twin, all of which it
must find.
"""

from __future__ import annotations

import io
import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from html import unescape
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from rest_framework.authtoken.models import Token

from claims.models import (
    Candidate,
    Citation,
    Claim,
    Document,
    Event,
    ImportBatch,
    ImportEdit,
    ImportRefusal,
    KeptAnswer,
    Party,
    Source,
    StoredText,
)
from claims.services import candidates, citations, claims, documents, events, reviews, sources
from claims.services.records import editing
from tests import factories

CANARY = "quokkaword"
BEGINNING = "quokkawo"
MISSPELT = "quokkavord"
TWIN = "numbat"
MOST_PAGES = 3_000

SEEDS = (
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/",
    "/api/v1/vocabularies/",
    "/api/v1/events.geojson",
    "/api/v1/schema/",
    "/api/v1/changes/?since=&page_size=1000",
    "/feeds/changes.atom",
    "/feeds/events.atom",
    "/data/",
    *(
        f"/api/v1/{name}{ending}"
        for name in ("events", "comparisons", "claims", "sources", "documents", "changes")
        for ending in ("/", ".csv", ".json", ".jsonl")
    ),
)
SEARCHES = tuple(
    f"{address}?q={word}"
    for address in (
        "/events/",
        "/feeds/events.atom",
        "/sources/",
        "/api/v1/events/",
        "/api/v1/events.csv",
        "/api/v1/events.geojson",
        "/api/v1/sources/",
        "/api/v1/sources.csv",
        "/api/v1/comparisons/",
    )
    for word in (BEGINNING, MISSPELT)
)


class Planted:
    """The rows of the test: a desk with secrets, and what all that is not public is called."""

    def __init__(self) -> None:
        self.hidden: list[Any] = []
        name = {"first_name": CANARY, "last_name": CANARY, "email": f"{CANARY}@desk.example"}
        self.author = factories.user(username=f"{CANARY}-author", **name)
        self.reviewer = factories.user(username=f"{CANARY}-reviewer", **name)
        self.chief = factories.user(role="chief", username=f"{CANARY}-chief", **name)
        self.public = self.plant_public_claim()
        self.plant_drafts()
        self.plant_unfinished_reviews()
        self.plant_withdrawn()
        self.plant_merged()
        self.plant_texts()
        self.plant_import()

    def plant_public_claim(self) -> Claim:
        """A published claim whose editors' fields alone hold the word."""
        event = factories.event(note=CANARY)
        claimant = factories.source(note=CANARY)
        document = factories.document(note=CANARY)
        claim = factories.claim(
            event=event,
            claimant=claimant,
            documents=[document],
            wording="about 400",
            qualifier="about",
            best=500,
            mismatch_reason=CANARY,
            note=CANARY,
            by=self.author,
            reviewed_by=self.reviewer,
        )
        factories.citation(claim, note=CANARY)
        Claim.objects.filter(pk=claim.pk).update(review_waived=True, waiver_reason=CANARY)
        claims.correct_claim(
            claim, by=self.author, changes={"note": f"{CANARY} again"}, reason=CANARY
        )
        return claim

    def draft_fields(self) -> dict[str, Any]:
        """Fields of a claim that fill every text with the word."""
        return {
            "wording": "about 4141",
            "victims_wording": CANARY,
            "area": CANARY,
            "interval": CANARY,
            "note": CANARY,
        }

    def plant_drafts(self) -> None:
        """Drafts of every kind of record, some hanging on public ones."""
        party = factories.party(CANARY)
        event = factories.event(
            title=CANARY,
            aliases=[CANARY],
            place=CANARY,
            explanation=CANARY,
            parent=self.public.event,
            parties=[party],
            state="draft",
        )
        source = factories.source(
            name=CANARY, aliases=[CANARY], url=f"https://{CANARY}.example", state="draft"
        )
        document = factories.document(
            title=CANARY,
            author=CANARY,
            publisher=self.public.claimant,
            url=f"https://news.example/{CANARY}",
            archived_url=f"https://archive.example/{CANARY}",
            state="draft",
        )
        of_draft_event = factories.claim(
            event=event, claimant=source, documents=[document], state="draft", **self.draft_fields()
        )
        of_public_event = factories.claim(
            event=self.public.event,
            claimant=self.public.claimant,
            state="draft",
            **self.draft_fields(),
        )
        claims.edit_claim(
            of_public_event, by=self.chief, changes={"area": f"{CANARY} town"}, reason=CANARY
        )
        revision = claims.revise_claim(
            self.public,
            by=self.author,
            changes={**self.draft_fields(), "qualifier": "about", "best": 4141},
            citations=[{"document": document, "quote": CANARY}],
            reason=CANARY,
        )
        with editing(by=self.author) as edit:
            edit.save(
                Citation(
                    claim=edit.lock(self.public),
                    document=factories.document(),
                    wording=CANARY,
                    quote=CANARY,
                    locator=CANARY,
                    via=document,
                )
            )
        self.hidden += [event, source, document, of_draft_event, of_public_event, revision]

    def plant_unfinished_reviews(self) -> None:
        """Claims waiting, rejected, and taken out of view to be corrected."""
        on_public = {"event": self.public.event, "claimant": self.public.claimant}
        waiting = factories.claim(state="submitted", **on_public, **self.draft_fields())
        rejected = factories.claim(state="submitted", **on_public, **self.draft_fields())
        reviews.reject_claim(rejected, by=self.reviewer, reason=CANARY)
        correcting = factories.claim(**on_public, **self.draft_fields())
        claims.correct_claim(
            correcting,
            by=self.reviewer,
            changes={"wording": "about 4242", "victims_wording": f"{CANARY} people"},
            reason=CANARY,
        )
        self.hidden += [waiting, rejected, correcting]

    def plant_withdrawn(self) -> None:
        """What was public once and was taken back; only the reason stays."""
        event = factories.event(title=CANARY, aliases=[CANARY], place=CANARY, explanation=CANARY)
        source = factories.source(name=f"{CANARY} withdrawn", aliases=[CANARY])
        document = factories.document(title=CANARY, author=CANARY, publisher=self.public.claimant)
        claim = factories.claim(event=self.public.event, **self.draft_fields())
        claims.correct_claim(
            claim, by=self.chief, changes={"area": f"{CANARY} town"}, reason=CANARY
        )
        citation = factories.citation(self.public, wording=CANARY, quote=CANARY, locator=CANARY)
        citations.withdraw_citation(citation, by=self.chief, reason="Not there.")
        reviews.withdraw_claim(claim, by=self.chief, reason="Never said.")
        events.withdraw_event(event, by=self.chief, reason="Never was.")
        sources.withdraw_source(source, by=self.chief, reason="Nobody.")
        documents.withdraw_document(document, by=self.chief, reason="A hoax.")
        self.hidden += [event, source, document, claim]

    def plant_merged(self) -> None:
        """What turned out to be something else; its address leads there."""
        # The name stays, as another name of the body that remains; that is no secret.
        source = factories.source(note=CANARY, url=f"https://{CANARY}.example/old")
        sources.merge_sources(
            source, into=self.public.claimant, by=self.chief, reason="The same body."
        )
        document = factories.document(title=f"{CANARY} merged")
        documents.merge_documents(
            document,
            into=self.public.citations.earliest("pk").document,
            by=self.chief,
            reason="The same page.",
        )
        self.hidden += [source, document]

    def plant_texts(self) -> None:
        """The kept texts of a public document, with figures read in them and decided about."""
        document = self.public.citations.earliest("pk").document
        text = f"{CANARY} said 400 and later 500 died near {CANARY}."
        stored = factories.stored_text(
            text, document=document, address=f"https://{CANARY}.example",
            final_address=f"https://{CANARY}.example", content_type=CANARY,
            warc=CANARY.encode(),
        )  # fmt: skip
        names = "claimant victims_wording victims_party attribution_words place date_words"
        words = dict.fromkeys([*names.split(), "period_words"], CANARY)
        merged, rejected = factories.candidates(
            stored,
            *(factories.read(text, n, rules=(CANARY,), **words) for n in ("400", "500")),
        )
        candidates.merge_candidate(
            merged, into=self.public, by=self.author, changes={"quote": "", "locator": "here"}
        )
        candidates.reject_candidate(rejected, by=self.author, reason=CANARY)
        KeptAnswer.objects.create(user=self.author, key=CANARY, answer={"text": text})
        Token.objects.create(user=self.author, key=CANARY)

    def plant_import(self) -> None:
        """An import that added public records and changed others, with all that it refused."""
        texts = ("dataset", "release", "mapping", "file_name", "stored_as", "sha256", "step")
        words = dict.fromkeys((*texts, "problem", "waiver_reason", "undo_reason"), CANARY)
        sample = {"kind": "claim", "label": CANARY, "row": 1, "fields": [CANARY], "remark": CANARY}
        batch = ImportBatch.objects.create(
            state="undone",
            by=self.author,
            reviewed_by=self.reviewer,
            agreed_by=self.chief,
            undone_by=self.chief,
            encoding=CANARY,
            task_id=CANARY,
            counts={CANARY: {"new": 1}},
            samples={"new": [sample]},
            passed_over={CANARY: 1},
            **words,
        )
        ImportRefusal.objects.create(batch=batch, row=1, column=CANARY, reason=CANARY)
        ImportEdit.objects.create(
            batch=batch, record_kind="claim", record_id=self.public.pk, version_before=1
        )
        for model in (Event, Source, Document, Claim, Citation):
            model.objects.update(import_batch=batch)


def plant_twin() -> set[str]:
    """Publish one claim with a word of its own in every public field; return the words."""
    planted: set[str] = set()

    def word(field: str) -> str:
        planted.add(TWIN + field)
        return TWIN + field

    party = factories.party(word("party"))
    event = factories.event(
        title=word("title"),
        aliases=[word("eventalias")],
        place=word("place"),
        explanation=word("explanation"),
        parties=[party],
    )
    claimant = factories.source(
        name=word("source"),
        aliases=[word("sourcealias")],
        url=f"https://{word('sourceurl')}.example",
    )
    wire = factories.document(title=word("via"))
    claim = factories.claim(
        event=event,
        claimant=claimant,
        wording="about 4343",
        victims_wording=word("victims"),
        victims_party=party,
        area=word("area"),
        interval=word("interval"),
        claimed_on=date(2023, 1, 2),
    )
    document = factories.document(
        title=word("document"),
        author=word("author"),
        publisher=factories.source(name=word("publisher")),
        url=f"https://news.example/{word('url')}",
        archived_url=f"https://archive.example/{word('archive')}",
    )
    factories.citation(
        claim,
        document=document,
        wording=word("wording"),
        quote=word("quote"),
        locator=word("locator"),
        via=wire,
    )
    claims.correct_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"area": f"{word('area')} town"},
        reason=word("reason"),
    )
    gone = factories.claim(event=event)
    reviews.withdraw_claim(gone, by=factories.user(role="chief"), reason=word("withdrawal"))
    return planted


class Crawl:
    """Every public address that is linked from anywhere, each opened once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answers: dict[str, HttpResponse] = {}

    def follow(self, *seeds: str) -> None:
        """Open addresses and all that they lead to."""
        waiting = deque(seeds)
        while waiting:
            address = waiting.popleft()
            if address in self.answers:
                continue
            assert len(self.answers) < MOST_PAGES, "The pages link each other without end."
            answer = self.answers[address] = self.client.get(address)
            waiting.extend(own_links(address, answer))

    def holding(self, word: str) -> list[str]:
        """Return the addresses whose answer holds a word, in its body or headers."""
        return [
            address
            for address, answer in self.answers.items()
            if word in body_of(answer).casefold() or word in str(answer.headers).casefold()
        ]


def body_of(answer: HttpResponse) -> str:
    """Return what was answered, streamed or not, with escapes of HTML and JSON undone."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.streaming:
        answer.streaming_content = iter([body])
    return unescape(text_in(body, answer.headers.get("Content-Type", "")))


def text_in(body: bytes, kind: str) -> str:
    """Return the text of an answer, out of its packing where it is packed."""
    if "spreadsheetml" in kind:
        with ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    if "parquet" in kind:
        import duckdb

        with NamedTemporaryFile(suffix=".parquet") as file:
            file.write(body)
            file.flush()
            return str(duckdb.read_parquet(file.name).fetchall())
    return body.decode()


def own_links(address: str, answer: HttpResponse) -> Iterator[str]:
    """Return the public addresses of this site that an answer names."""
    found = [answer["Location"]] if "Location" in answer.headers else []
    kind = answer.headers.get("Content-Type", "")
    if "jsonl" in kind:
        for line in body_of(answer).splitlines():
            found += strings_in(json.loads(line))
    elif "json" in kind:
        found += list(strings_in(json.loads(body_of(answer))))
    elif "html" in kind or "xml" in kind:
        found += re.findall(r"""(?:href|src|action)="([^"#]+)""", body_of(answer))
        found += re.findall(r"<loc>([^<]+)</loc>", body_of(answer))
    for link in found:
        path = link.removeprefix(settings.SITE_URL).removeprefix("http://testserver")
        whole = urljoin(address, path)
        is_own = whole.startswith("/") and not urlsplit(whole).netloc
        if is_own and not whole.startswith(("/admin/", "/static/", "//")):
            yield whole


def strings_in(value: object) -> Iterator[str]:
    """Return the texts in a JSON value that look like addresses."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, str) and value.startswith(("/", "http://testserver", settings.SITE_URL)):
        yield value


def addresses_of(record: Any) -> list[str]:
    """Return every address that is made from the id of a record, on pages and in the API."""
    public_id = record.public_id
    kind = record._meta.model_name
    api = f"/api/v1/{kind}s/{public_id}/"
    named = {
        "event": [
            f"/events/{public_id}/",
            f"/events/{public_id}/chart.svg",
            f"{api}comparisons/",
            f"{api}comparisons.csv",
            *(f"/events/?parent={public_id}", f"/changes/?event={public_id}"),
            f"/api/v1/claims/?event={public_id}",
            f"/api/v1/comparisons.csv?event={public_id}",
        ],
        "source": [
            f"/sources/{public_id}/",
            f"/events/?source={public_id}",
            f"/api/v1/claims.csv?claimant={public_id}",
            f"/api/v1/documents/?publisher={public_id}",
        ],
        "document": [f"/documents/{public_id}/", f"/api/v1/claims/?document={public_id}"],
        "claim": [f"/claims/{public_id}/"],
    }
    return [record.get_absolute_url(), api, *named[kind]]


@pytest.fixture
def planted(db: None) -> Planted:
    """A desk full of secrets."""
    return Planted()


def test_nothing_that_is_not_public_can_be_reached(planted: Planted, client: Client) -> None:
    twin_words = plant_twin()
    crawl = Crawl(client)

    crawl.follow(*SEEDS, *SEARCHES)
    crawl.follow(*(address for record in planted.hidden for address in addresses_of(record)))
    crawl.follow("/claims/cl_0000000000/", "/nowhere/", "/api/v1/nowhere/", "/events/?kind=x")

    assert crawl.holding(CANARY) == []
    assert {w for w in twin_words if not crawl.holding(w)} == set()
    for record in (planted.public, planted.public.event, planted.public.claimant):
        assert crawl.answers[record.get_absolute_url()].status_code == 200
    statuses = {answer.status_code for answer in crawl.answers.values()}
    assert statuses <= {200, 301, 302, 400, 404, 410}


def test_planted_word_stands_in_every_kind_of_row_that_could_leak(planted: Planted) -> None:
    rows = [
        *User.objects.filter(username__contains=CANARY),
        *Event.objects.filter(title__contains=CANARY),
        *Source.objects.filter(name__contains=CANARY),
        *Document.objects.filter(title__contains=CANARY),
        *Party.objects.filter(name__contains=CANARY),
        *Claim.objects.filter(victims_wording__contains=CANARY),
        *Citation.objects.filter(quote__contains=CANARY),
        *StoredText.objects.filter(text__contains=CANARY),
        *Candidate.objects.filter(claimant_words=CANARY),
        *KeptAnswer.objects.filter(key=CANARY),
        *Token.objects.filter(key=CANARY),
    ]
    states = {
        model: set(planted_rows(model).values_list("state", flat=True))
        for model in (Event, Source, Document, Claim, Citation)
    }

    assert {type(row) for row in rows} == {
        User, Event, Source, Document, Party, Claim, Citation, StoredText, Candidate,
        KeptAnswer, Token,
    }  # fmt: skip
    assert states == {
        Event: {"draft", "withdrawn"},
        Source: {"draft", "withdrawn"},
        Document: {"draft", "withdrawn"},
        Claim: {"draft", "submitted", "rejected", "withdrawn"},
        Citation: {"draft", "withdrawn"},
    }


def planted_rows(model: Any) -> Any:
    """Return the rows whose public text holds the word."""
    column = {
        Event: "title",
        Source: "name",
        Document: "title",
        Claim: "victims_wording",
        Citation: "quote",
    }[model]
    return model.objects.filter(**{f"{column}__contains": CANARY})
