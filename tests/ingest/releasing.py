"""Releases of a dataset made at random, imported and taken back among an editor's other work."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction
from django.test import Client

from claims.ingest.pipeline import commit_batch, undo_batch
from claims.models import Claim, ImportBatch, Party, Source
from claims.services import claims, reviews, sources
from claims.services.refusals import Refused
from tests import factories
from tests.feeds.editing import Desk
from tests.feeds.mirror import live_claims_csv, live_lists
from tests.ingest.importing import plan
from tests.ingest.rows import row

OF_EVENT: dict[str, tuple[str, ...]] = {
    "event": ("Battle", "Big battle"),
    "parties": ("", "Ruritania | Graustark", "Ruritania | Graustark Front"),
    "place": ("Town", "City"),
    "parent": ("", "", "war/0"),
}
OF_CLAIM: dict[str, tuple[str, ...]] = {
    "best": ("5", "6", "7"),
    "victims": ("combatants", "combatants", "people"),
    "victims_party": ("", "Graustark", "Graustark Front", "Ruritania"),
    "claimed_on": ("2023-01-02", "2023-01-03", ""),
    "note": ("", "Seen"),
}
OF_DOCUMENT: dict[str, tuple[str, ...]] = {
    "document": ("Release", "Book"),
    "publisher": ("", "War Count Press", "Daily"),
    "published_on": ("", "2023-01"),
}
PLAIN = {"wording": "", "quote": "", "victims_wording": "", "claimant_kind": "dataset"}


class ReleaseDesk(Desk):
    """A desk that imports releases, some as drafts; ``notes`` has what was done, to be read."""

    def __init__(self, seed: int, folder: Path, client: Client) -> None:
        super().__init__(seed)
        self.folder, self.client = folder, client
        self.notes: list[str] = []
        self.found: list[str] = []
        self.releases = 0

    def do_any(self) -> None:
        """Do one thing of the many; what the rules refuse is not done."""
        action = self.random.choice(ACTIONS)
        try:
            with transaction.atomic():
                action(self)
        except Refused as refusal:
            self.notes.append(f"{action.__name__} refused: {refusal}")
        else:
            self.notes.append(action.__name__)

    def import_a_release(self) -> None:
        if not self.releases or self.random.random() < 0.7:
            self.releases += 1
            self._write(list(self._rows()))
        publish, with_gone = self.random.random() < 0.6, self.random.random() < 0.5
        before = self.readers_see()
        path, release = self._path(), str(self.releases)
        said = {"release": release, "publish": publish, "withdraw_gone": with_gone}
        batch = plan(path, by=self.author, **said)
        if batch.refused_count:
            raise Refused(f"{batch.refusals.first().reason}")
        foreseen = batch.counts
        commit_batch(batch, path, by=self.author, reviewed_by=self.reviewer, agreed_by=self.chief)
        assert batch.counts == foreseen
        assert min(number for fates in foreseen.values() for number in fates.values()) >= 0
        self.batches.append(batch)
        self.notes.append(f"release {release}, {'public' if publish else 'drafts'}")
        self._try_to_undo(batch, before)

    def readers_see(self) -> object:
        return live_lists(self.client), live_claims_csv(self.client)

    def _try_to_undo(self, batch: ImportBatch, before: object) -> None:
        """Undo an import at once, after which nobody sees that it was, and take that back."""
        point = transaction.savepoint()
        undo_batch(ImportBatch.objects.get(pk=batch.pk), by=self.chief, reason="At once")
        if self.readers_see() != before:
            self.found.append("Undone at once, the import left something behind.")
        transaction.savepoint_rollback(point)

    def _rows(self) -> Iterator[dict[str, str]]:
        claimant = {
            "claimant": self.random.choice(("War Count", *self._claimants())),
            "speaks_for": self.random.choice(("", "Ruritania")),
        }
        numbers = sorted(self.random.sample(range(4), k=self.random.randint(1, 4)))
        for n in numbers:
            key = f"war/{n}"
            of_event = self._cells(OF_EVENT) | {"event_key": key}
            of_event["event"] += f" {n}"
            if not n or numbers[0]:
                of_event["parent"] = ""
            url = self.random.choice(("", f"https://war.example/{n}"))
            of_document = self._cells(OF_DOCUMENT) | {"url": url}
            for measure in self.random.sample(("killed", "injured"), k=self.random.randint(1, 2)):
                own = {"claim_key": f"{key}/{measure}", "measure": measure, "qualifier": "exactly"}
                yield row(**PLAIN) | of_event | of_document | own | self._cells(OF_CLAIM) | claimant

    def _claimants(self) -> list[str]:
        """Return the other names that the dataset has here, or now and then one it has not."""
        known = Source.objects.filter(name="War Count").first()
        return known.aliases if known and self.random.random() < 0.9 else ["Other Count"]

    def _cells(self, choices: dict[str, tuple[str, ...]]) -> dict[str, str]:
        return {name: self.random.choice(cells) for name, cells in choices.items()}

    def _path(self) -> Path:
        return self.folder / f"release-{self.releases}.csv"

    def _write(self, rows: list[dict[str, str]]) -> None:
        with self._path().open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def take_a_release_back(self) -> None:
        if not self.batches:
            raise Refused("There is none.")
        undo_batch(self.random.choice(self.batches[-3:]), by=self.chief, reason="The wrong file")

    def publish_by_hand(self) -> None:
        factories.publish(self.any(Claim, state="draft"), by=self.reviewer)

    def give_the_claimant_an_alias(self) -> None:
        changes = {"aliases": self.random.choice((["WCP"], []))}
        sources.edit_source(self.any(Source, name="War Count"), by=self.author, changes=changes)

    def correct_the_side(self) -> None:
        self._correct({"victims_party": self.maybe(Party)})

    def correct_a_figure(self) -> None:
        self._correct({"best": self.random.choice((5, 6, 7, 8))})

    def _correct(self, changes: dict[str, object]) -> None:
        claim = self._theirs("published")
        claims.correct_claim(claim, by=self.author, changes=changes, reason="Misread")

    def withdraw_one(self) -> None:
        reviews.withdraw_claim(self._theirs("published"), by=self.chief, reason="Never said")

    def revise_by_hand(self) -> None:
        later = claims.revise_claim(
            self._theirs("published"),
            by=self.author,
            changes={"wording": "about 400"},
            citations=[{"document": self.new_document()}],
        )
        factories.publish(later, by=self.reviewer)

    def review_one(self) -> None:
        reviews.publish_claim(self._theirs("submitted"), by=self.reviewer, reason="In print.")

    def _theirs(self, state: str) -> Claim:
        return self.any(Claim, key__startswith="war/", state=state)


ACTIONS: tuple[Callable[[ReleaseDesk], None], ...] = (
    *[ReleaseDesk.import_a_release] * 8, *[ReleaseDesk.take_a_release_back] * 4,
    *[ReleaseDesk.publish_by_hand] * 2, ReleaseDesk.give_the_claimant_an_alias,
    ReleaseDesk.correct_the_side, ReleaseDesk.correct_a_figure, ReleaseDesk.withdraw_one,
    ReleaseDesk.revise_by_hand, *[ReleaseDesk.review_one] * 3, Desk.edit_event, Desk.merge_events,
    Desk.merge_claims, Desk.merge_sources, Desk.merge_documents, Desk.rename_party,
    Desk.edit_document, Desk.edit_source, Desk.give_another_parent, Desk.withdraw_event,
    Desk.reinstate_claim, Desk.move_the_claim, Desk.publish_event, Desk.publish_source,
)  # fmt: skip
