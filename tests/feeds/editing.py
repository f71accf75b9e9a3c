"""Every editorial action there is, done at random to whatever is there."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.ingest.pipeline import undo_batch
from claims.models import Citation, Claim, Document, Event, ImportBatch, Party, Source
from claims.services import citations, claims, documents, events, parties, reviews, sources
from claims.services.refusals import Refused
from tests import factories
from tests.ingest.importing import put
from tests.ingest.rows import row

WORDINGS = ("at least 25", "63", "about 400", "up to 89", "between 60 and 400", "hundreds", "200")


class Desk:
    """An author, a reviewer and a chief who edit without a plan."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        self.author: User = factories.user()
        self.reviewer: User = factories.user()
        self.chief: User = factories.user(role="chief")
        for name in ("Ruritania", "Graustark"):
            factories.party(name)
        self.done: list[str] = []
        self.batches: list[ImportBatch] = []
        self.left: list[Callable[[Desk], None]] = []
        for _ in range(3):
            self.publish_a_new_claim()

    def act(self) -> None:
        """Do one thing, each in its turn; what the rules refuse is not done."""
        if not self.left:
            self.left = self.random.sample(ACTIONS, k=len(ACTIONS))
        action = self.left.pop()
        try:
            with transaction.atomic():
                action(self)
        except Refused:
            return
        self.done.append(action.__name__)

    def any(self, model: Any, **asked: object) -> Any:
        """Return any row, or refuse where there is none."""
        rows = list(model._default_manager.filter(**asked).order_by("pk"))
        if not rows:
            raise Refused("There is none.")
        return self.random.choice(rows)

    def maybe(self, model: Any, **asked: object) -> Any:
        """Return any row or none."""
        there = model._default_manager.filter(**asked).exists()
        return self.any(model, **asked) if there and self.random.random() < 0.6 else None

    def day(self) -> date:
        return date(2023, 1, 1) + timedelta(days=self.random.randrange(40))

    def word(self) -> str:
        return self.random.choice(("Brücke", "Міст", "جسر", 'a "quoted", name', "plain"))

    # Claims.

    def publish_a_new_claim(self) -> None:
        event = self.maybe(Event, state="published")
        claimant = self.maybe(Source, state="published")
        claim = claims.draft_claim(
            by=self.author,
            event=event or self.new_event(),
            claimant=claimant or self.new_source(),
            measure=self.random.choice(("killed", "killed", "injured")),
            victims=self.random.choice(("people", "people", "children")),
            victims_party=self.random.choice((None, *Party.objects.all())),
            wording=self.random.choice(WORDINGS),
            claimed_on=self.random.choice((None, self.day())),
            citations=[{"document": self.new_document(), "quote": "", "via": self.new_document()}],
        )
        factories.publish(claim, by=self.reviewer)

    def new_event(self) -> Event:
        return events.create_event(
            by=self.author,
            title=f"Strike {self.random.random()}",
            date_start=self.day(),
            parent=self.maybe(Event, state="published"),
            parties=self.random.sample(list(Party.objects.all()), k=1),
        )

    def new_source(self) -> Source:
        return sources.create_source(
            by=self.author,
            name=f"Ministry {self.random.random()}",
            kind="government",
            speaks_for=self.random.choice((None, *Party.objects.all())),
            is_compilation=self.random.random() < 0.2,
        )

    def new_document(self) -> Document:
        number = self.random.random()
        titled = self.random.random() < 0.7
        return documents.create_document(
            by=self.author,
            title=f"Report {number}" if titled else "",
            url=f"https://news.example/{number}",
            publisher=self.maybe(Source, state="published") or self.new_source(),
            published_on=self.random.choice((None, self.day())),
            published_on_precision=self.random.choice(("day", "month")),
        )

    def revise(self) -> None:
        later = claims.revise_claim(
            self.any(Claim, state="published"),
            by=self.author,
            changes={"wording": self.random.choice(WORDINGS), "claimed_on": self.day()},
            citations=[{"document": self.new_document()}],
        )
        factories.publish(later, by=self.reviewer)

    def correct_the_figure(self) -> None:
        self.correct(wording=self.random.choice(WORDINGS))

    def correct_the_words(self) -> None:
        self.correct(victims_wording=self.word(), area=self.word())

    def give_the_claim_a_key(self) -> None:
        self.correct(key=f"key/{self.random.random()}")

    def note_on_a_claim(self) -> None:
        self.correct(note="Ask again")

    def move_the_claim(self) -> None:
        self.correct(event=self.any(Event, state="published"))

    def correct(self, **changed: object) -> None:
        claims.correct_claim(
            self.any(Claim, state="published"), by=self.author, changes=changed, reason="Misread"
        )

    def review(self) -> None:
        reviews.publish_claim(
            self.any(Claim, state="submitted"), by=self.reviewer, reason="In print."
        )

    def withdraw_claim(self) -> None:
        reviews.withdraw_claim(self.any(Claim, state="published"), by=self.chief, reason="Wrong")

    def reinstate_claim(self) -> None:
        reviews.reinstate_claim(self.any(Claim, state="withdrawn"), by=self.chief, reason="Right")

    def merge_claims(self) -> None:
        gone = self.any(Claim, state="published")
        kept = self.any(Claim, event=gone.event, claimant=gone.claimant)
        claims.merge_claims(gone, into=kept, by=self.chief, reason="The same")

    def import_a_file(self) -> None:
        title = self.word()
        rows = [
            row(
                claim_key=f"bridge/{number}",
                claimant=self.random.choice(("Army of Ruritania", "The other army")),
                event=title,
                wording=wording,
                qualifier="",
                best="",
                url=f"https://daily.example/{number}",
            )
            for number, wording in enumerate(
                self.random.sample(WORDINGS, k=self.random.choice((1, 3, 3)))
            )
        ]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "daily.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
            batch = put(
                path,
                self.author,
                publish=True,
                reviewed_by=self.reviewer,
                withdraw_gone=self.random.random() < 0.5,
                agreed_by=self.chief,
            )
        self.batches.append(batch)

    def take_an_import_back(self) -> None:
        if not self.batches:
            raise Refused("There is none.")
        batch = self.random.choice(self.batches)
        undo_batch(batch, by=self.chief, reason="The wrong file")

    # Citations.

    def cite(self) -> None:
        citations.add_citation(
            self.any(Claim, state="published"),
            by=self.author,
            document=self.maybe(Document, state="published") or self.new_document(),
            wording=self.random.choice(("", "some 25")),
            quote=self.word(),
        )

    def edit_citation(self) -> None:
        citations.edit_citation(
            self.any(Citation, state="published"),
            by=self.author,
            changes={"quote": self.word(), "via": self.maybe(Document, state="published")},
        )

    def withdraw_citation(self) -> None:
        citations.withdraw_citation(
            self.any(Citation, state="published"), by=self.chief, reason="Not there"
        )

    # Events.

    def edit_event(self) -> None:
        events.edit_event(
            self.any(Event),
            by=self.author,
            changes={
                "title": f"{self.word()} {self.random.random()}",
                "latitude": self.random.choice((None, "48.1")),
                "longitude": None,
            }
            if self.random.random() < 0.5
            else {"latitude": "48.1", "longitude": "37.12345", "countries": ["UA"]},
        )

    def give_the_event_a_key(self) -> None:
        events.edit_event(
            self.any(Event),
            by=self.author,
            changes={"key": f"event/{self.random.random()}", "identifiers": ["ucdp-ged:1"]},
        )

    def change_the_parties(self) -> None:
        chosen = self.random.sample(list(Party.objects.all()), k=self.random.randrange(3))
        events.edit_event(
            self.any(Event), by=self.author, changes={"parties": chosen, "place": self.word()}
        )

    def give_another_parent(self) -> None:
        events.edit_event(self.any(Event), by=self.author, changes={"parent": self.maybe(Event)})

    def mark_checked(self) -> None:
        events.mark_checked(self.any(Event), by=self.author, on=self.day())

    def publish_event(self) -> None:
        there = self.maybe(Event, state="withdrawn")
        events.publish_event(there or self.new_event(), by=self.chief, reason="It happened")

    def withdraw_event(self) -> None:
        events.withdraw_event(self.any(Event, state="published"), by=self.chief, reason="No")

    def merge_events(self) -> None:
        events.merge_events(self.any(Event), into=self.any(Event), by=self.chief, reason="The same")

    # Sources, parties and documents.

    def edit_source(self) -> None:
        sources.edit_source(
            self.any(Source),
            by=self.author,
            changes=self.random.choice(
                (
                    {"name": f"{self.word()} {self.random.random()}"},
                    {"is_compilation": self.random.random() < 0.5},
                    {"speaks_for": self.maybe(Party)},
                    {"aliases": [self.word()]},
                )
            ),
        )

    def publish_source(self) -> None:
        there = self.maybe(Source, state="withdrawn")
        sources.publish_source(there or self.new_source(), by=self.chief, reason="Known")

    def withdraw_source(self) -> None:
        """Withdraw one that nothing rests on, or any, which mostly is refused."""
        if self.random.random() < 0.5:
            source = sources.publish_source(self.new_source(), by=self.chief, reason="Known")
        else:
            source = self.any(Source, state="published")
        sources.withdraw_source(source, by=self.chief, reason="No")

    def merge_sources(self) -> None:
        sources.merge_sources(
            self.any(Source), into=self.any(Source), by=self.chief, reason="The same"
        )

    def edit_document(self) -> None:
        documents.edit_document(
            self.any(Document),
            by=self.author,
            changes=self.random.choice(
                (
                    {"title": f"{self.word()} {self.random.random()}"},
                    {"published_on": self.day()},
                    {"publisher": self.any(Source)},
                    {"archived_url": "https://archive.example/1", "language": "uk"},
                )
            ),
        )

    def publish_document(self) -> None:
        there = self.maybe(Document, state="withdrawn")
        documents.publish_document(
            there or self.new_document(), by=self.chief, reason="It is there"
        )

    def withdraw_document(self) -> None:
        documents.withdraw_document(
            self.any(Document, state="published"), by=self.chief, reason="No"
        )

    def merge_documents(self) -> None:
        documents.merge_documents(
            self.any(Document), into=self.any(Document), by=self.chief, reason="The same"
        )

    def rename_party(self) -> None:
        parties.edit_party(
            self.any(Party), by=self.chief, changes={"name": f"Party {self.random.random()}"}
        )


ACTIONS: tuple[Callable[[Desk], None], ...] = (
    *[Desk.publish_a_new_claim] * 4, Desk.revise, Desk.revise, Desk.correct_the_figure,
    Desk.correct_the_words, Desk.give_the_claim_a_key, Desk.note_on_a_claim, Desk.move_the_claim,
    *[Desk.review] * 3, Desk.withdraw_claim, Desk.reinstate_claim, *[Desk.merge_claims] * 2,
    Desk.cite, Desk.cite, Desk.edit_citation, Desk.withdraw_citation, Desk.edit_event,
    Desk.give_the_event_a_key, Desk.change_the_parties, Desk.give_another_parent,
    Desk.mark_checked, Desk.publish_event, Desk.withdraw_event, Desk.merge_events,
    Desk.edit_source, Desk.edit_source, Desk.publish_source, Desk.withdraw_source,
    Desk.merge_sources, Desk.edit_document, Desk.edit_document, Desk.publish_document,
    Desk.withdraw_document, Desk.merge_documents, Desk.rename_party,
    *[Desk.import_a_file] * 2, Desk.take_an_import_back,
)  # fmt: skip
