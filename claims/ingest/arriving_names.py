"""Parties, sources and documents of a file."""

from __future__ import annotations

from typing import Any

from claims.domain.folding import folded
from claims.ingest import matching
from claims.ingest.arriving import Arrival, differing, give_derived_ids, set_values
from claims.ingest.wanted import DocumentKey, Told
from claims.models import Document, Party, Source
from claims.services import plain_records
from claims.services.refusals import Incomplete

ADDRESS, TITLE = "url", "document"


def arrive_parties(arrival: Arrival) -> None:
    """Find or make the parties that events, claimants and victims name."""
    arrival.parties = matching.parties()
    for event in arrival.wanted.events.values():
        for name in event.cells.get("parties", ()):
            _party(arrival, name, event, "parties")
    for source in arrival.wanted.sources.values():
        _party(arrival, source.cells.get("speaks_for", ""), source, "speaks_for")
    for claim in arrival.wanted.claims.values():
        _party(arrival, claim.cells.get("victims_party", ""), claim, "victims_party")


def _party(arrival: Arrival, name: str, told: Told, column: str) -> None:
    if not name or folded(name) in arrival.parties:
        return
    party = Party(name=name)
    try:
        arrival.edit.save(party)
    except Incomplete as error:
        arrival.refuse(told.rows[column], column, str(error))
    else:
        arrival.parties[folded(name)] = party


def arrive_sources(arrival: Arrival) -> None:
    """Find, make or change the claimants and publishers."""
    known = matching.Sources()
    new: dict[tuple[str, ...], Source] = {}
    for key, told in arrival.wanted.sources.items():
        name = told.cells["name"]
        source = arrival.try_to(told, "source", known.find, name)
        if source is None:
            source = new[(key,)] = Source(name=name)
        arrival.sources[key] = source
    give_derived_ids(Source, new)
    for key, told in arrival.wanted.sources.items():
        arrival.sources[key] = arrival.try_to(
            told, "source", _source, arrival, arrival.sources[key], told
        )


def _source(arrival: Arrival, source: Source, told: Told) -> Any:
    columns = {"kind": "claimant_kind", "is_compilation": "is_compilation"}
    values: dict[str, Any] = {
        name: told.cells[column] for name, column in columns.items() if column in told.cells
    }
    if party := arrival.party(told.cells.get("speaks_for")):
        values["speaks_for"] = party
    return _save(arrival, "source", source, values, told)


def arrive_documents(arrival: Arrival) -> None:
    """Find, make or change the documents."""
    wanted = arrival.wanted.documents
    known = matching.documents(wanted)
    new: dict[tuple[str, ...], Document] = {key: Document() for key in wanted if key not in known}
    give_derived_ids(Document, new)
    for key, told in wanted.items():
        document = known.get(key) or new[key]
        arrival.documents[key] = arrival.try_to(
            told, "document", _document, arrival, key, document, told
        )


def _document(arrival: Arrival, key: DocumentKey, document: Document, told: Told) -> Any:
    cells = told.cells
    columns = {
        "title": TITLE,
        "author": "author",
        "url": ADDRESS,
        "archived_url": "archived_url",
        "language": "language",
    }
    values: dict[str, Any] = {
        name: cells[column] for name, column in columns.items() if column in cells
    }
    if key[0] == ADDRESS and document.url and document.url != key[1]:
        del values["url"]  # merged into a document that goes by another address
    if "publisher" in cells:
        values["publisher"] = arrival.sources[folded(cells["publisher"])]
    if day := cells.get("published_on"):
        values |= {"published_on": day.last, "published_on_precision": str(day.precision)}
    return _save(arrival, "document", document, values, told)


def _save(arrival: Arrival, kind: str, record: Any, values: dict[str, Any], told: Told) -> Any:
    """Save what is new or differs, and say which."""
    if record.pk is None:
        set_values(record, values, values)
        arrival.edit.save(record)
        arrival.note(kind, told, "new", label=record)
        return record
    names = differing(record, values)
    if record.state == "withdrawn" or not names:
        remark = "withdrawn here; left alone" if record.state == "withdrawn" else ""
        arrival.note(kind, told, "same", label=record, remark=remark)
        return record
    held = arrival.hold(record)
    set_values(held, values, names)
    plain_records.save_edited(arrival.edit, held)
    arrival.note(kind, told, "changed", label=held, fields=names)
    return held
