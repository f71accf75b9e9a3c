"""The difference between a file and what is here: which records change, and in what.

The database finds the few that may differ; what differs is then said exactly, value by value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from claims.ingest.landing import shape
from claims.ingest.landing.arriving import Arrival
from claims.ingest.landing.naming import ToldSource
from claims.ingest.landing.staging import Staging
from claims.models import Citation, Claim, Document, Event, Source
from claims.models.base import Record

MOST_SAMPLES = 50
LONGEST_SHOWN = 120
LEFT_ALONE = "withdrawn or merged here; left alone"
WITHDRAWN = "withdrawn here; left alone"
MERGED = "merged here; left alone"

TITLES = {"event": "title", "source": "name", "claim": "key"}
MERGING = ("aliases", "identifiers", "parties", "parent_key", "publisher_name", "url")
OTHER_PARTIES = (
    "(l.parties IS NOT NULL AND EXISTS (SELECT 1 FROM {elements} JOIN arrived_party ap "
    "ON ap.name = listed.value WHERE ap.id NOT IN (SELECT party_id FROM claims_event_parties ep "
    "WHERE ep.event_id = r.id)))"
)
FIGURE = ("wording", "qualifier", "low", "best", "high", "mismatch_reason")


@dataclass(slots=True)
class Difference:
    """A record that is here and that the file tells otherwise: the values it would have."""

    kind: str
    record: Record
    row: int
    rows: dict[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    parties: set[int] = field(default_factory=set)
    remark: str = ""

    @property
    def fields(self) -> list[str]:
        """The names of the fields that differ."""
        names = [name.removesuffix("_id") for name in self.values]
        return [*names, *(["parties"] if self.parties else [])]

    @property
    def changes(self) -> list[dict[str, str]]:
        """What differs, before and after; of what is another record only that it differs."""
        plain = [
            {
                "field": _named(name),
                "before": _shown(getattr(self.record, name)),
                "after": _shown(value),
            }
            for name, value in self.values.items()
            if not name.endswith("_id")
        ]
        others = [_named(name) for name in self.fields if name not in self.values]
        return [*plain, *({"field": name} for name in others)]

    @property
    def label(self) -> str:
        """What people call the record."""
        if isinstance(self.record, Claim):
            return self.record.key or self.record.public_id
        if isinstance(self.record, Citation):
            return f"{self.record.claim.key} in {self.record.document}"
        return str(self.record)


def _named(column: str) -> str:
    return column.replace("_", " ")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def differences(arrival: Arrival) -> Iterator[Difference]:
    """Yield every record that changes, in the order in which records rest on each other."""
    yield from _sources(arrival)
    yield from _documents(arrival)
    yield from _events(arrival)
    yield from _claims(arrival)
    yield from _citations(arrival)


def _any_differs(staging: Staging, columns: list[str], *more: str) -> str:
    told = [f"(l.{name} IS NOT NULL AND l.{name} <> r.{name})" for name in columns]
    return " OR ".join([*told, *more])


def _plain(kind: str) -> list[str]:
    model = {"event": Event, "document": Document, "claim": Claim, "citation": Citation}[kind]
    own = {f.column for f in model._meta.concrete_fields}
    return [
        told.column
        for told in shape.COLUMNS[kind]
        if told.column in own and told.column not in MERGING
    ]


def _exact(difference: Difference, wanted: dict[str, Any]) -> Difference | None:
    """Keep what really differs; ``None`` where nothing does."""
    record = difference.record
    difference.values = {
        name: value for name, value in wanted.items() if getattr(record, name) != value
    }
    return difference if difference.values or difference.parties else None


def _sources(arrival: Arrival) -> Iterator[Difference]:
    party_ids = dict(arrival.staging.all("SELECT name, id FROM arrived_party"))
    for key, source in arrival.known_sources.items():
        told = arrival.names.sources[key]
        wanted = _of_source(told)
        if party := told.cells.get("speaks_for"):
            wanted["speaks_for_id"] = party_ids.get(party)
        if found := _exact(Difference("source", source, told.row, told.rows), wanted):
            yield found


def _of_source(told: ToldSource) -> dict[str, Any]:
    """Return what a file tells of a source, without the party it speaks for."""
    names = {"kind": "claimant_kind", "is_compilation": "is_compilation"}
    return {name: told.cells[cell] for name, cell in names.items() if cell in told.cells}


def source_differs(source: Source, told: ToldSource, party_ids: Mapping[str, int]) -> bool:
    """Tell whether a file tells a source otherwise; a party without an id is new."""
    if any(getattr(source, name) != value for name, value in _of_source(told).items()):
        return True
    party = told.cells.get("speaks_for")
    return bool(party) and party_ids.get(str(party)) != (source.speaks_for_id or 0)


def _told(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return the values that a row of a landing table tells for the record's own columns."""
    told = {column.column: column for column in [*shape.COLUMNS[kind], *shape.MORE[kind]]}
    return {
        name: shape.from_database(told[name], record[name])
        for name in _plain(kind)
        if record[name] is not None
    }


def _asked(arrival: Arrival, names: list[str], rest: str) -> list[dict[str, Any]]:
    spelt = ", ".join(name if "." in name else f"l.{name}" for name in names)
    plain = [name.split(" AS ")[-1] for name in names]
    return [
        dict(zip(plain, row, strict=True)) for row in arrival.staging.rows(f"SELECT {spelt} {rest}")
    ]


def _documents(arrival: Arrival) -> Iterator[Difference]:
    staging = arrival.staging
    publisher = "(s.id IS NOT NULL AND " + staging.differ("s.id", "r.publisher_id") + ")"
    names = ["landing_row", *_plain("document"), "url", "r.id AS id", "s.id AS publisher_id"]
    found = _asked(
        arrival,
        names,
        "FROM landing_document l JOIN arrived_document a ON a.key = l.key "
        "JOIN claims_document r ON r.id = a.id "
        "LEFT JOIN arrived_source s ON s.name = l.publisher_name "
        "WHERE a.state NOT IN ('new', 'withdrawn') "
        f"AND ({documents_differ(staging, publisher)})",
    )
    records = Document.objects.select_related("publisher").in_bulk([r["id"] for r in found])
    for row in found:
        wanted = _told("document", row)
        if row["url"] and not records[row["id"]].url:
            wanted["url"] = row["url"]
        if row["publisher_id"]:
            wanted["publisher_id"] = row["publisher_id"]
        difference = Difference("document", records[row["id"]], row["landing_row"], {})
        if exact := _exact(difference, wanted):
            yield exact


def documents_differ(staging: Staging, publisher: str) -> str:
    """Return the condition that a file tells a document otherwise, its publisher or the rest."""
    return _any_differs(staging, _nullable("document"), publisher, _dates("document", staging))


def _nullable(kind: str) -> list[str]:
    """Return the plain columns that are never NULL in the record's table."""
    return [name for name in _plain(kind) if name not in DATES_OF[kind]]


DATES_OF = {
    "event": ("date_start", "date_end", "latitude", "longitude"),
    "document": ("published_on",),
    "claim": ("claimed_on", "as_of", "period_start", "period_end"),
    "citation": (),
}


def _dates(kind: str, staging: Staging) -> str:
    return " OR ".join(
        f"(l.{name} IS NOT NULL AND {staging.differ(f'l.{name}', f'r.{name}')})"
        for name in DATES_OF[kind]
    )


def _events(arrival: Arrival) -> Iterator[Difference]:
    staging = arrival.staging
    elements = staging.elements("l.parties")
    lists = [
        f"(l.{name} IS NOT NULL AND l.{name} <> r.{name})" for name in ("aliases", "identifiers")
    ]
    parent = "coalesce(p.id, q.merged_into_id, q.id)"
    more = [
        *lists,
        _dates("event", staging),
        f"({parent} IS NOT NULL AND {staging.differ(parent, 'r.parent_id')})",
        OTHER_PARTIES.format(elements=elements),
    ]
    found = _asked(
        arrival,
        [
            "landing_row",
            "told_in",
            *_plain("event"),
            "aliases",
            "identifiers",
            "parties",
            "r.id AS id",
            f"{parent} AS parent_id",
        ],
        "FROM landing_event l JOIN claims_event r ON r.key = l.key "
        "LEFT JOIN arrived_event p ON p.key = l.parent_key "
        "LEFT JOIN claims_event q ON q.key = l.parent_key "
        "WHERE r.merged_into_id IS NULL AND r.state <> 'withdrawn' AND ("
        + _any_differs(staging, _nullable("event"), *more)
        + ")",
    )
    party_ids = dict(staging.all("SELECT name, id FROM arrived_party"))
    told = {column.column: column for column in shape.EVENT}
    for some in (found[start : start + 500] for start in range(0, len(found), 500)):
        records = Event.objects.prefetch_related("parties").in_bulk([r["id"] for r in some])
        for row in some:
            event = records[row["id"]]
            wanted = _told("event", row)
            for name in ("aliases", "identifiers"):
                if added := shape.from_database(told[name], row[name]):
                    wanted[name] = list(dict.fromkeys([*getattr(event, name), *added]))
            if row["parent_id"]:
                wanted["parent_id"] = row["parent_id"]
            named = shape.from_database(told["parties"], row["parties"]) or []
            there = {party.pk for party in event.parties.all()}
            difference = Difference(
                "event",
                event,
                row["landing_row"],
                {},
                parties={party_ids[name] for name in named} - there,
            )
            if exact := _exact(difference, wanted):
                yield exact


def _claims(arrival: Arrival) -> Iterator[Difference]:
    staging = arrival.staging
    contains = "strpos(r.note, l.note)" if staging.is_postgres else "instr(r.note, l.note)"
    figure = [
        staging.differ(f"coalesce(l.{name}, '')", f"r.{name}")
        for name in ("wording", "mismatch_reason")
    ] + [staging.differ(f"l.{name}", f"r.{name}") for name in ("qualifier", "low", "best", "high")]
    earlier = "coalesce(v.id, w.merged_into_id, w.id)"
    found = _asked(
        arrival,
        [
            "landing_row",
            "note",
            *_plain("claim"),
            *FIGURE,
            "k.id AS id",
            "e.id AS event_id",
            "s.id AS claimant_id",
            "p.id AS victims_party_id",
            f"{earlier} AS revises_id",
        ],
        "FROM landing_claim l JOIN known_claim k ON k.key = l.key "
        "JOIN claims_claim r ON r.id = k.id JOIN arrived_event e ON e.key = l.event_key "
        "JOIN arrived_source s ON s.name = l.claimant_name "
        "LEFT JOIN arrived_party p ON p.name = l.victims_party_name "
        "LEFT JOIN arrived_claim v ON v.key = l.revises_key "
        "LEFT JOIN claims_claim w ON w.key = l.revises_key "
        "WHERE r.state <> 'withdrawn' AND ("
        + _any_differs(
            staging,
            _nullable("claim"),
            _dates("claim", staging),
            *figure,
            "e.id <> r.event_id",
            "s.id <> r.claimant_id",
            f"(p.id IS NOT NULL AND {staging.differ('p.id', 'r.victims_party_id')})",
            f"({earlier} IS NOT NULL AND {staging.differ(earlier, 'r.revises_id')})",
            f"(l.note IS NOT NULL AND {contains} = 0)",
        )
        + ")",
    )
    for some in (found[start : start + 500] for start in range(0, len(found), 500)):
        records = Claim.objects.in_bulk([row["id"] for row in some])
        for row in some:
            claim = records[row["id"]]
            wanted = _told("claim", row) | {name: row[name] for name in FIGURE}
            wanted |= {name: row[name] or "" for name in ("wording", "mismatch_reason")}
            wanted |= {"event_id": row["event_id"], "claimant_id": row["claimant_id"]}
            for name in ("victims_party_id", "revises_id"):
                if row[name]:
                    wanted[name] = row[name]
            missing = [
                note for note in (row["note"] or "").split("\n") if note and note not in claim.note
            ]
            if missing:
                wanted["note"] = "\n".join([*filter(None, [claim.note]), *missing])
            if exact := _exact(Difference("claim", claim, row["landing_row"], {}), wanted):
                yield exact


def _citations(arrival: Arrival) -> Iterator[Difference]:
    staging = arrival.staging
    found = _asked(
        arrival,
        ["landing_row", "wording", "locator", "quote", "via_id", "r.id AS id"],
        "FROM cited l JOIN known_citation k ON k.n = l.n JOIN claims_citation r ON r.id = k.id "
        "WHERE r.state <> 'withdrawn' AND (coalesce(l.wording, '') <> r.wording "
        "OR coalesce(l.locator, '') <> r.locator "
        "OR (l.quote IS NOT NULL AND l.quote <> r.quote) "
        f"OR (l.via_id IS NOT NULL AND {staging.differ('l.via_id', 'r.via_id')}))",
    )
    records = Citation.objects.select_related("claim", "document__publisher").in_bulk(
        [row["id"] for row in found]
    )
    for row in found:
        wanted = {name: row[name] or "" for name in ("wording", "locator")}
        wanted |= {name: row[name] for name in ("quote", "via_id") if row[name] is not None}
        difference = Difference("citation", records[row["id"]], row["landing_row"], {})
        if exact := _exact(difference, wanted):
            yield exact
