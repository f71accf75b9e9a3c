"""What is new and what is here already, record by record, with the ids that new ones will have.

For each kind there is a table ``new_...`` of whole rows ready to be inserted, and a table
``arrived_...`` that says for each key of the file which record it is, new or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from claims.domain.public_ids import derived_public_id, new_public_id
from claims.ingest.landing import vias
from claims.ingest.landing.columns_sql import literal, new_columns
from claims.ingest.landing.naming import Ambiguous, KnownParties, KnownSources, Names
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.staging import Staging
from claims.models import Citation, Claim, Document, Event, Source

MODELS: dict[str, type[Model]] = {
    "event": Event,
    "source": Source,
    "document": Document,
    "claim": Claim,
    "citation": Citation,
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an import is for: who does it, when, whether it publishes, whether it writes.

    ``review`` has the review columns of claims that are published.
    """

    batch_id: int
    by_id: int
    at: datetime
    reason: str
    writes: bool
    publishes: bool = False
    dataset: str = ""
    release: str = ""
    revises: bool = False
    review: dict[str, Any] | None = None


def documents_found(staging: Staging, sources: str) -> tuple[str, str]:
    """Return where the documents ``r`` are found that are the file's ``l``: by address, by title.

    ``sources`` is a table of the sources that are here, by name.
    """
    same_day = (
        f"{staging.same('r.published_on', 'l.published_on')} AND (l.published_on IS NULL OR "
        "r.published_on_precision = l.published_on_precision)"
    )
    named = f"LEFT JOIN {sources} s ON s.name = l.publisher_name"
    here = "landing_document l JOIN claims_document r ON"
    by_title = f"l.url IS NULL AND {staging.same('r.publisher_id', 's.id')} AND {same_day}"
    return (
        f"{here} r.url = l.url {named} WHERE l.url IS NOT NULL",
        f"{here} r.title = coalesce(l.title, '') {named} WHERE {by_title}",
    )


class Arrival:
    """The tables of what arrives."""

    def __init__(
        self, staging: Staging, refusals: Refusals, names: Names, purpose: Purpose
    ) -> None:
        self.staging, self.refusals, self.names = staging, refusals, names
        self.purpose = purpose
        self.parties = KnownParties(names)
        self.known_sources: dict[str, Source] = {}

    def arrive(self) -> None:
        """Make all the tables, in the order in which records rest on each other."""
        self._parties()
        self._sources()
        self._events()
        self._documents()
        self._claims()
        self._citations()

    def _common(self) -> dict[str, str]:
        return {
            "state": literal("published" if self.purpose.publishes else "draft"),
            "created_at": literal(self.purpose.at),
            "created_by_id": literal(self.purpose.by_id),
            "import_batch_id": literal(self.purpose.batch_id),
        }

    def _make_new(self, kind: str, given: dict[str, str], more: dict[str, str], rest: str) -> None:
        """Make a table of new rows, numbered in the order given, from ``rest`` of a question."""
        columns = new_columns(MODELS[kind], kind, {**self._common(), **given})
        spelt = ", ".join(f'{sql} AS "{name}"' for name, sql in {**columns, **more}.items())
        rows = f"SELECT {spelt} {rest}"
        if self.staging.is_postgres:
            number = self._next_id(kind)
            self.staging.make(f"new_{kind}", f"SELECT {number} AS id, q.* FROM ({rows}) q")
        else:
            self.staging.make_numbered(f"new_{kind}", rows, after=self._last_id(kind))
        self.staging.learn(f"new_{kind}")

    def _next_id(self, kind: str) -> str:
        """Return what gives PostgreSQL's next id, the sequence looked up once for all rows."""
        table = MODELS[kind]._meta.db_table
        ((sequence,),) = self.staging.all(f"SELECT pg_get_serial_sequence('{table}', 'id')")
        return f"nextval('{sequence}')"

    def _last_id(self, kind: str) -> int:
        """Return the last id that SQLite has given, also to a row that is gone."""
        table = MODELS[kind]._meta.db_table
        used = "SELECT max(seq) FROM sqlite_sequence WHERE name = %s"
        return max(
            self.staging.number(f"SELECT max(id) FROM {table}"), self.staging.number(used, [table])
        )

    def _own_ids(self, kind: str) -> None:
        """Give a random public id to a new record whose derived one is taken."""
        taken = self.staging.all(
            f"SELECT n.id FROM new_{kind} n JOIN {MODELS[kind]._meta.db_table} r "
            "ON r.public_id = n.public_id"
        )
        if not taken:  # as it is but after an undoing, whose tombstones keep their addresses
            return
        self.staging.create(f"own_{kind}", {"id": "number", "public_id": "text"})
        for (key,) in taken:
            self.staging.add(f"own_{kind}", (key, new_public_id(kind)))
        self.staging.flush()
        self.staging.learn(f"own_{kind}")
        self.staging.run(
            f"UPDATE new_{kind} SET public_id = o.public_id FROM own_{kind} o "
            f"WHERE o.id = new_{kind}.id"
        )

    def _parties(self) -> None:
        self.staging.create("arrived_party", {"name": "text", "id": "number"})
        for pair in self.parties.pairs(self.names):
            self.staging.add("arrived_party", pair)
        self.staging.flush()
        self.staging.learn("arrived_party")

    def _sources(self) -> None:
        staging = self.staging
        staging.create(
            "landing_source",
            {
                "n": "number",
                "landing_row": "number",
                "folded": "text",
                "name": "text",
                "kind": "code",
                "is_compilation": "truth",
                "speaks_for": "text",
                "public_id": "code",
                "known_id": "number",
            },
        )
        known = KnownSources()
        for n, (key, told) in enumerate(self.names.sources.items()):
            found = self._found_source(known, told)
            if found is not None:
                self.known_sources[key] = found
            staging.add(
                "landing_source",
                (
                    n,
                    told.row,
                    key,
                    told.name,
                    told.cells.get("claimant_kind"),
                    told.cells.get("is_compilation"),
                    told.cells.get("speaks_for"),
                    derived_public_id("source", key),
                    found.pk if found else None,
                ),
            )
        staging.flush()
        self._make_new(
            "source",
            {
                "public_id": "l.public_id",
                "name": "l.name",
                "kind": "coalesce(l.kind, 'other')",
                "is_compilation": "coalesce(l.is_compilation, FALSE)",
                "speaks_for_id": "p.id",
            },
            {"folded": "l.folded", "landing_row": "l.landing_row"},
            "FROM landing_source l LEFT JOIN arrived_party p ON p.name = l.speaks_for "
            "WHERE l.known_id IS NULL ORDER BY l.n",
        )
        self._own_ids("source")
        staging.create("source_name", {"name": "text", "folded": "text"})
        for pair in self.names.folded_of.items():
            staging.add("source_name", pair)
        staging.flush()
        staging.make(
            "arrived_source",
            "SELECT s.name, CAST(coalesce(n.id, l.known_id) AS bigint) AS id, "
            "coalesce(r.state, 'new') AS state "
            "FROM source_name s JOIN landing_source l ON l.folded = s.folded "
            "LEFT JOIN new_source n ON n.folded = s.folded "
            "LEFT JOIN claims_source r ON r.id = l.known_id",
        )
        staging.learn("arrived_source")

    def _found_source(self, known: KnownSources, told: Any) -> Source | None:
        try:
            return known.find(told.name)
        except Ambiguous as error:
            self.refusals.add(told.row, "claimant", str(error))
            return None

    def _events(self) -> None:
        self._make_new(
            "event",
            {"key": "l.key"},
            {name: f"l.{name}" for name in ("parent_key", "parties", "landing_row", "told_in")},
            "FROM landing_event l WHERE NOT EXISTS "
            "(SELECT 1 FROM claims_event r WHERE r.key = l.key) ORDER BY l.n",
        )
        self._own_ids("event")
        self.staging.make(
            "arrived_event",
            "SELECT key, id, 'new' AS state, id AS found_id FROM new_event UNION ALL "
            "SELECT l.key, coalesce(r.merged_into_id, r.id), coalesce(m.state, r.state), r.id "
            "FROM landing_event l JOIN claims_event r ON r.key = l.key "
            "LEFT JOIN claims_event m ON m.id = r.merged_into_id",
        )
        self._index("arrived_event", "key")
        self._point("event", "parent_id", "parent_key", "parent", "There is no event with the key")

    def _index(self, table: str, *columns: str) -> None:
        """Help SQLite, which has no other way to join, and let both databases count."""
        if not self.staging.is_postgres:
            self.staging.index(table, *columns)
        self.staging.learn(table)

    def _point(self, kind: str, column: str, told: str, cell: str, sentence: str) -> None:
        """Let new records point to others of their kind by key, of the file or from before.

        What is pointed to is said to be a number, or SQLite would not find it by an index.
        """
        staging, table = self.staging, MODELS[kind]._meta.db_table
        staging.make(
            f"pointing_{kind}",
            f"SELECT n.id, n.landing_row, n.{told} AS target, "
            "CAST(coalesce(a.id, r.merged_into_id, r.id) AS bigint) AS target_id "
            f"FROM new_{kind} n LEFT JOIN arrived_{kind} a ON a.key = n.{told} "
            f"LEFT JOIN {table} r ON r.key = n.{told} AND a.id IS NULL WHERE n.{told} IS NOT NULL",
        )
        self._index(f"pointing_{kind}", "id")
        for row, target in staging.rows(
            f"SELECT landing_row, target FROM pointing_{kind} WHERE target_id IS NULL"
        ):
            self.refusals.add(row, cell, f"{sentence} “{target}”.")
        if staging.number(f"SELECT count(*) FROM pointing_{kind}"):
            staging.run(
                f"UPDATE new_{kind} SET {column} = p.target_id FROM pointing_{kind} p "
                f"WHERE p.id = new_{kind}.id"
            )

    def _documents(self) -> None:
        staging = self.staging
        staging.make(
            "found_document",
            " UNION ALL ".join(
                f"SELECT l.key, r.id, r.state, r.merged_into_id, r.import_batch_id FROM {found}"
                for found in documents_found(staging, "arrived_source")
            ),
        )
        staging.make(
            "known_document",
            "SELECT key, coalesce(merged_into_id, id) AS id FROM (SELECT f.*, row_number() OVER "
            "(PARTITION BY key ORDER BY CASE WHEN state <> 'withdrawn' THEN 0 "
            "WHEN merged_into_id IS NOT NULL THEN 1 ELSE 2 END, id) AS place "
            "FROM found_document f WHERE f.merged_into_id IS NOT NULL OR f.state <> 'withdrawn' OR "
            "NOT EXISTS (SELECT 1 FROM claims_importbatch b WHERE b.id = f.import_batch_id "
            "AND b.state = 'undone')) best WHERE place = 1",
        )
        self._index("known_document", "key")
        self._make_new(
            "document",
            {"publisher_id": "s.id"},
            {"document_key": "l.key", "landing_row": "l.landing_row"},
            "FROM landing_document l LEFT JOIN arrived_source s ON s.name = l.publisher_name "
            "WHERE NOT EXISTS (SELECT 1 FROM known_document k WHERE k.key = l.key) ORDER BY l.n",
        )
        self._own_ids("document")
        staging.make(
            "arrived_document",
            "SELECT document_key AS key, id, 'new' AS state FROM new_document UNION ALL "
            "SELECT k.key, r.id, r.state FROM known_document k "
            "JOIN claims_document r ON r.id = k.id",
        )
        self._index("arrived_document", "key")

    def _claims(self) -> None:
        staging, review = self.staging, self.purpose.review or {}
        if not self.purpose.revises:
            staging.make(
                "known_claim",
                "SELECT l.key, r.id, r.state FROM landing_claim l "
                "JOIN claims_claim r ON r.key = l.key",
            )
            staging.create("revising", {"key": "text", "earlier_id": "number"})
        staging.learn("revising")
        self._index("known_claim", "key")
        self._make_new(
            "claim",
            {
                "key": "l.key",
                "event_id": "e.id",
                "claimant_id": "s.id",
                "victims_party_id": "p.id",
                "revises_id": "v.earlier_id",
                **{name: literal(value) for name, value in review.items()},
            },
            {name: f"l.{name}" for name in ("revises_key", "landing_row", "told_in")},
            "FROM landing_claim l JOIN arrived_event e ON e.key = l.event_key "
            "JOIN arrived_source s ON s.name = l.claimant_name "
            "LEFT JOIN arrived_party p ON p.name = l.victims_party_name "
            "LEFT JOIN revising v ON v.key = l.key "
            "WHERE NOT EXISTS (SELECT 1 FROM known_claim k WHERE k.key = l.key) "
            "ORDER BY e.id, l.n",
        )
        self._own_ids("claim")
        staging.make(
            "arrived_claim",
            "SELECT key, id, 'new' AS state FROM new_claim UNION ALL "
            "SELECT key, id, state FROM known_claim",
        )
        self._index("arrived_claim", "key")
        self._point(
            "claim", "revises_id", "revises_key", "revises", "There is no claim with the key"
        )

    def _citations(self) -> None:
        staging = self.staging
        vias.find(staging, self.refusals)
        staging.make(
            "cited",
            "SELECT l.n, l.landing_row, l.told_in, l.wording, l.locator, l.quote, l.via_name, "
            "c.id AS claim_id, c.state AS claim_state, d.id AS document_id, v.id AS via_id "
            "FROM landing_citation l JOIN arrived_claim c ON c.key = l.claim_key "
            "JOIN arrived_document d ON d.key = l.document_key "
            "LEFT JOIN named_document v ON v.name = l.via_name "
            "WHERE c.state <> 'withdrawn'",
        )
        staging.make(
            "known_citation",
            "SELECT n, id FROM (SELECT l.n, r.id, row_number() OVER (PARTITION BY l.n ORDER BY "
            "CASE WHEN r.state = 'withdrawn' THEN 1 ELSE 0 END, r.id) AS place FROM cited l "
            "JOIN claims_citation r ON r.claim_id = l.claim_id "
            "AND r.document_id = l.document_id AND r.wording = coalesce(l.wording, '') "
            "AND r.locator = coalesce(l.locator, '') WHERE l.claim_state <> 'new') best "
            "WHERE place = 1",
        )
        # The only citation of a document, where the words differ, is the same one in new words.
        staging.run(
            "INSERT INTO known_citation SELECT min(l.n), min(r.id) FROM cited l "
            "JOIN claims_citation r ON r.claim_id = l.claim_id AND r.document_id = l.document_id "
            "WHERE l.claim_state <> 'new' "
            "AND l.n NOT IN (SELECT n FROM known_citation) "
            "AND r.id NOT IN (SELECT id FROM known_citation) "
            "GROUP BY l.claim_id, l.document_id "
            "HAVING count(DISTINCT r.id) = 1 AND min(r.state) <> 'withdrawn'"
        )
        self._index("known_citation", "n")
        self._make_new(
            "citation",
            {name: f"l.{name}" for name in ("claim_id", "document_id", "via_id")}
            | {name: f"coalesce(l.{name}, '')" for name in ("wording", "locator")},
            {"landing_row": "l.landing_row", "claim_state": "l.claim_state"},
            "FROM cited l WHERE NOT EXISTS (SELECT 1 FROM known_citation k WHERE k.n = l.n) "
            "ORDER BY l.claim_id, l.n",
        )
