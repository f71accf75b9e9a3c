"""One file brought as far as can be without writing: read, checked, matched, compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from claims.domain import import_steps
from claims.domain.review import REVIEWED_FIELDS
from claims.ingest.csv_table import NoTable
from claims.ingest.landing import fates, holding, releases, rules
from claims.ingest.landing.arriving import Arrival, Purpose
from claims.ingest.landing.bare_tables import BareTables
from claims.ingest.landing.by_hand import ByHand
from claims.ingest.landing.checking import Checker
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.merging import merge
from claims.ingest.landing.naming import Names
from claims.ingest.landing.questions import Questions
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.shape import KEYS
from claims.ingest.landing.staging import Staging
from claims.ingest.progress import Progress
from claims.ingest.reading import Reading
from claims.ingest.wanted import Refusal
from claims.models import Claim
from claims.services.records import Edit
from claims.services.refusals import Refused

KINDS = ("event", "source", "document", "claim", "citation")


class Landing:
    """What a file says and what that means for what is here."""

    def __init__(self, reading: Reading, progress: Progress) -> None:
        self.reading, self.progress = reading, progress
        self.staging, self.refusals = Staging(), Refusals(reading.names())
        self.names = Names(self.refusals)
        self.differences: list[Difference] = []
        self.by_hand = ByHand()
        self.waiting: list[tuple[Claim, int]] = []
        self.rows = self.file_rows = 0
        self.arrival: Arrival | None = None
        self.bare = BareTables()
        self.is_logged = self.has_history_of_drafts = False

    def read(self) -> None:
        """Take every row; what cannot be taken is refused."""
        self.staging.create_landing()
        self.progress.step(import_steps.READ, self.reading.rows_total)
        checker = Checker(self.staging, self.names, self.refusals)
        try:
            self._take_rows(checker)
        except NoTable as error:
            self.refusals = Refusals()
            self.refusals.add(error.row, error.column, error.reason)
            self.rows = 0  # a file that breaks off says nothing, not even that claims are gone
            self.staging.create_landing()
            return
        self.progress.step(import_steps.MERGE, None)
        merge(self.staging, self.refusals)
        self.staging.learn(*(f"landing_{kind}" for kind in KEYS))

    def _take_rows(self, checker: Checker) -> None:
        """Take the rows, telling of those of the file: one of them may tell of several claims."""
        at = 0
        for block in checker.take(self.reading.blocks()):
            self.rows += block.rows_read
            if not (numbers := block.file_rows):
                continue
            self.file_rows += len(numbers) - (at in numbers)
            before, at = at or min(numbers) - 1, max(numbers)
            self.progress.advance(at - before)

    def compare(self, purpose: Purpose, edit: Edit) -> None:
        """Match what was read with what is here and find the differences."""
        self.progress.step(import_steps.MATCH, None)
        purpose = replace(
            purpose,
            dataset=self.reading.dataset,
            release=self.reading.release,
            revises=self.reading.revises,
        )
        arrival = self.arrival = Arrival(self.staging, self.refusals, self.names, purpose)
        holding.hold_events(arrival)
        if purpose.revises:
            releases.follow_releases(self.staging, self.refusals, purpose)
            releases.find_gone(self.staging, purpose)
        arrival.parties.save_new(edit)
        arrival.arrive()
        questions = Questions(arrival, self.by_hand)
        questions.follow()
        rules.check(arrival)
        rules.check_may_cite(arrival, edit.by)
        differing = self.by_hand.left(fates.differences(arrival))
        self.differences = list(questions.among(differing))
        if purpose.publishes:
            self._find_waiting()
        self._find_leaving()
        self._find_changed()

    def _find_waiting(self) -> None:
        """Find the claims that are here, are not public and are to be."""
        rows = dict(
            self.staging.all(
                "SELECT k.id, l.landing_row FROM known_claim k JOIN landing_claim l "
                "ON l.key = k.key WHERE k.state IN ('draft', 'submitted')"
            )
        )
        for difference in self.differences:
            if self._leaves(difference) and difference.record.state == "published":
                rows[difference.record.pk] = difference.row
        found = Claim.objects.in_bulk(rows)
        self.waiting = [(found[key], row) for key, row in rows.items()]

    def _leaves(self, difference: Difference) -> bool:
        return difference.kind == "claim" and not REVIEWED_FIELDS.isdisjoint(difference.fields)

    def _find_leaving(self) -> None:
        """Note the public claims that leave the public until they are reviewed again."""
        self.staging.create("leaving_claim", {"id": "number"})
        for difference in self.differences:
            if self._leaves(difference):
                self.staging.add("leaving_claim", (difference.record.pk,))
        self.staging.flush()

    def _find_changed(self) -> None:
        """Note the claims that change: those the file tells of, and those that they revise."""
        self.staging.create("changed_claim", {"id": "number"})
        for key in {*self._differing(), *(claim.pk for claim, _ in self.waiting)}:
            self.staging.add("changed_claim", (key,))
        self.staging.flush()

    def _differing(self) -> set[int]:
        return {d.record.pk for d in self.differences if d.kind == "claim"}

    @property
    def gone(self) -> int:
        """How many claims of the dataset the file no longer has."""
        is_known = self.reading.revises and self.arrival is not None
        return self.staging.number("SELECT count(*) FROM gone_claim") if is_known else 0

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many of each kind of record are new, changed, same, gone.

        Where claims are gone, also how many of the dataset stand, unless the others add up to it.
        """
        if self.arrival is None:
            return {}
        changed = Counter(difference.kind for difference in self.differences)
        there = self._differing()
        changed["claim"] += sum(claim.pk not in there for claim, _ in self.waiting)
        found = {}
        for kind in KINDS:
            new = self.staging.number(f"SELECT count(*) FROM new_{kind}")
            same = self._same_claims() if kind == "claim" else self._known(kind) - changed[kind]
            found[kind] = {"new": new, "changed": changed[kind], "same": same, "gone": 0}
        found["claim"] |= self._gone_of(found["claim"])
        return found

    def _same_claims(self) -> int:
        return self.staging.number(
            "SELECT count(*) FROM arrived_claim WHERE state <> 'new' "
            "AND id NOT IN (SELECT id FROM changed_claim)"
        )

    def _gone_of(self, counts: dict[str, int]) -> dict[str, int]:
        """Return how many claims are gone, and of how many."""
        if not (gone := self.gone):
            return {}
        standing = gone + self.staging.number(
            "SELECT count(*) FROM stands s JOIN claims_claim r ON r.id = s.id "
            "WHERE r.state <> 'withdrawn'"
        )
        adds_up = standing == counts["changed"] + counts["same"] + gone
        return {"gone": gone} if adds_up else {"gone": gone, "standing": standing}

    def _known(self, kind: str) -> int:
        if kind == "source":
            return len(self.names.sources) - self.staging.number("SELECT count(*) FROM new_source")
        if kind == "citation":
            return self.staging.number("SELECT count(*) FROM known_citation")
        return self.staging.number(f"SELECT count(*) FROM arrived_{kind} WHERE state <> 'new'")

    def samples(self) -> dict[str, list[dict[str, Any]]]:
        """Return some records of each fate, those with something to say first."""
        if self.arrival is None:
            return {}
        changed = [
            _changed(d)
            for d in sorted(self.differences, key=lambda d: not d.remark)[: fates.MOST_SAMPLES]
        ]
        there = self._differing()
        changed += [
            sample("claim", claim.key or claim.public_id, row, fields=["state"])
            for claim, row in self.waiting
            if claim.pk not in there
        ]
        kept = [
            sample(d.kind, d.label, d.row, fields=d.fields, remark=d.remark)
            for d in self.by_hand.kept[: fates.MOST_SAMPLES]
        ]
        found = {
            "new": self._some(NEW),
            "changed": changed[: fates.MOST_SAMPLES],
            "same": [*kept, *self._some(LEFT_ALONE), *self._some(SAME)][: fates.MOST_SAMPLES],
        }
        if self.reading.revises:
            found["gone"] = self._some(GONE)
        return found

    def _some(self, questions: dict[str, str]) -> list[dict[str, Any]]:
        most = fates.MOST_SAMPLES // len(questions)
        return [
            sample(kind.split()[0], label, row, remark=remark)
            for kind, question in questions.items()
            for label, row, remark in self.staging.all(f"{question} LIMIT {most}")
        ]

    def check_nothing_refused(self) -> None:
        """Raise ``Refused`` with the first refusals where there are any."""
        if self.refusals.count:
            first = " ".join(str(refusal) for refusal in self.refusals.kept[:3])
            raise Refused(
                f"Nothing was written, since {self.refusals.count} cells were refused: {first}"
            )

    def refuse(self, refusal: Refusal) -> None:
        """Note a refusal that is no cell's."""
        self.refusals.add(refusal.row, refusal.column, refusal.reason)


def _changed(difference: Difference) -> dict[str, Any]:
    """Return a difference as a batch keeps it."""
    d = difference
    return sample(d.kind, d.label, d.row, fields=d.fields, remark=d.remark) | {"changes": d.changes}


def sample(
    kind: str, label: str, row: int, *, fields: list[str] | None = None, remark: str = ""
) -> dict[str, Any]:
    """Return a sample as a batch keeps it."""
    return {"kind": kind, "label": label, "row": row, "fields": fields or [], "remark": remark}


NEW = {
    "event": "SELECT title, landing_row, '' FROM new_event ORDER BY id",
    "source": "SELECT name, landing_row, '' FROM new_source ORDER BY id",
    "document": "SELECT CASE WHEN title = '' THEN url ELSE title END, landing_row, '' "
    "FROM new_document ORDER BY id",
    "claim": "SELECT key, landing_row, '' FROM new_claim ORDER BY id",
    "citation": "SELECT c.key, n.landing_row, '' FROM new_citation n "
    "JOIN arrived_claim c ON c.id = n.claim_id ORDER BY n.id",
}
LEFT_ALONE = {
    "event merged": "SELECT r.title, l.landing_row, 'merged here; left alone' "
    "FROM landing_event l JOIN claims_event r ON r.key = l.key "
    "WHERE r.merged_into_id IS NOT NULL ORDER BY l.n",
    "event": "SELECT r.title, l.landing_row, 'withdrawn here; left alone' "
    "FROM landing_event l JOIN claims_event r ON r.key = l.key "
    "WHERE r.state = 'withdrawn' AND r.merged_into_id IS NULL ORDER BY l.n",
    "document": "SELECT CASE WHEN r.title = '' THEN r.url ELSE r.title END, l.landing_row, "
    "'withdrawn here; left alone' FROM landing_document l JOIN arrived_document a ON a.key = l.key "
    "JOIN claims_document r ON r.id = a.id WHERE a.state = 'withdrawn' ORDER BY l.n",
    "claim": "SELECT l.key, l.landing_row, 'withdrawn or merged here; left alone' "
    "FROM landing_claim l JOIN known_claim k ON k.key = l.key WHERE k.state = 'withdrawn' "
    "ORDER BY l.n",
    "citation": "SELECT l.claim_key, l.landing_row, 'withdrawn here; left alone' "
    "FROM landing_citation l JOIN known_citation k ON k.n = l.n "
    "JOIN claims_citation r ON r.id = k.id WHERE r.state = 'withdrawn' ORDER BY l.n",
}
SAME = {
    "claim": "SELECT l.key, l.landing_row, '' FROM landing_claim l JOIN known_claim k "
    "ON k.key = l.key WHERE k.state <> 'withdrawn' ORDER BY l.n",
}
GONE = {"claim": "SELECT key, 0, '' FROM gone_claim ORDER BY id"}
