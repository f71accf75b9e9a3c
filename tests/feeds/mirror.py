"""A mirror of the tracker: plain dictionaries, filled from the feed and nothing else.

This is the recipe of docs/api.md, and what it takes to write the CSV files from the mirror.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

FEED = "/api/v1/changes/?since="
Json = dict[str, Any]


class Mirror:
    """Records by public id."""

    def __init__(self, *, page_size: int = 1000) -> None:
        self.records: dict[str, Json] = {}
        self.next = f"{FEED}&page_size={page_size}"

    def follow(self, client: Client) -> int:
        """Ask until there is nothing new; return how many entries came."""
        count = 0
        while True:
            page = client.get(self.next).json()
            address = urlsplit(page["next"])
            self.next = f"{address.path}?{address.query}"
            for entry in (*page["results"], *page["also"]):
                if entry["record"] is None:
                    self.records.pop(entry["record_id"], None)
                else:
                    self.records[entry["record_id"]] = entry["record"]
            count += len(page["results"])
            if not page["results"]:
                return count

    def of(self, prefix: str) -> Iterator[Json]:
        """Yield the records of a kind."""
        return (record for key, record in self.records.items() if key.startswith(prefix))

    def lists(self) -> dict[str, dict[str, Json]]:
        """Return the lists of the API by id, as the mirror would serve them."""
        return {
            "events": {r["id"]: _without(r, *BEYOND_THE_LIST) for r in self.of("ev_")},
            "claims": {r["id"]: _without(r, "key") for r in self.of("cl_")},
            "sources": {r["id"]: r for r in self.of("so_")},
            "documents": {r["id"]: _without(r, "is_untitled") for r in self.of("do_")},
            "comparisons": {
                c["id"]: {"event": {k: event[k] for k in ("id", "title", "url")}, **c}
                for event in self.of("ev_")
                for c in event["comparisons"]
            },
        }

    def claims_csv(self, header: list[str]) -> list[str]:
        """Return the lines of the claims in the interchange format, in no order."""
        lines = [
            _line([_text(CLAIM_CELLS[name](self, claim, citation, i)) for name in header])
            for claim in self.of("cl_")
            for i, citation in enumerate(_own_words_first(claim) or [None])
        ]
        return sorted(lines)


BEYOND_THE_LIST = ("key", "identifiers", "explanation", "comparisons")


def live_lists(client: Client) -> dict[str, dict[str, Json]]:
    """Return what the lists of the API show now, by id."""
    return {
        name: {r["id"]: r for r in client.get(f"/api/v1/{name}/?page_size=1000").json()["results"]}
        for name in ("events", "claims", "sources", "documents", "comparisons")
    }


def live_claims_csv(client: Client) -> tuple[list[str], list[str]]:
    """Return header and lines of the export of claims, the lines sorted."""
    text = client.get("/api/v1/claims.csv").getvalue().decode()
    header, *rows = csv.reader(io.StringIO(text))
    return header, sorted(_line(row) for row in rows)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _without(record: Json, *names: str) -> Json:
    return {name: value for name, value in record.items() if name not in names}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return " | ".join(value)
        case _:
            return str(value)


def _own_words_first(claim: Json) -> list[Json]:
    own = ("", claim["figure"]["wording"])
    return sorted(claim["citations"], key=lambda citation: citation["wording"] not in own)


Cell = Callable[[Mirror, Json, Json | None, int], Any]


def _of_event(name: str) -> Cell:
    return lambda mirror, claim, citation, i: mirror.records[claim["event"]["id"]][name]


def _of_claim(*path: str) -> Cell:
    def cell(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> Any:
        value: Any = claim
        for name in path:
            value = value[name] if value else None
        return value

    return cell


def _of_document(name: str) -> Cell:
    def cell(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> Any:
        return mirror.records[citation["document"]["id"]][name] if citation else None

    return cell


def _of_citation(name: str) -> Cell:
    return lambda mirror, claim, citation, i: citation[name] if citation else None


def _event_key(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str:
    event = mirror.records[claim["event"]["id"]]
    return event["key"] or event["id"]


def _parent(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    parent = mirror.records[claim["event"]["id"]]["parent"]
    return (mirror.records[parent["id"]]["key"] or parent["id"]) if parent else None


def _parties(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> list[str]:
    return [party["name"] for party in mirror.records[claim["event"]["id"]]["parties"]]


def _speaks_for(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    party = mirror.records[claim["claimant"]["id"]]["speaks_for"]
    return party["name"] if party else None


def _revises(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    earlier = claim["revises"]
    return (mirror.records[earlier]["key"] or earlier) if earlier else None


def _wording(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str:
    printed = citation["wording"] if citation and i else ""
    return printed or claim["figure"]["wording"]


def _title(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    if citation is None:
        return None
    document = mirror.records[citation["document"]["id"]]
    return None if document["is_untitled"] else document["title"]


def _publisher(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    publisher = mirror.records[citation["document"]["id"]]["publisher"] if citation else None
    return publisher["name"] if publisher else None


def _publisher_kind(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    publisher = mirror.records[citation["document"]["id"]]["publisher"] if citation else None
    return mirror.records[publisher["id"]]["kind"] if publisher else None


def _via(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
    if citation is None or citation["via"] is None:
        return None
    via = mirror.records[citation["via"]["id"]]
    return via["url"] if via["is_untitled"] else via["title"]


def _place(name: str) -> Cell:
    def cell(mirror: Mirror, claim: Json, citation: Json | None, i: int) -> str | None:
        value = mirror.records[claim["event"]["id"]][name]
        return None if value is None else f"{value:.5f}"

    return cell


CLAIM_CELLS: dict[str, Cell] = {
    "claim_key": lambda mirror, claim, citation, i: claim["key"] or claim["id"],
    "event_key": _event_key,
    "event": _of_event("title"),
    "event_aliases": _of_event("aliases"),
    "event_identifiers": _of_event("identifiers"),
    "event_kind": _of_event("kind"),
    "event_start": _of_event("date_start"),
    "event_end": _of_event("date_end"),
    "country": _of_event("countries"),
    "place": _of_event("place"),
    "latitude": _place("latitude"),
    "longitude": _place("longitude"),
    "place_precision": _of_event("place_precision"),
    "parties": _parties,
    "parent": _parent,
    "claimant": _of_claim("claimant", "name"),
    "claimant_kind": _of_claim("claimant", "kind"),
    "speaks_for": _speaks_for,
    "is_compilation": _of_claim("claimant", "is_compilation"),
    "measure": _of_claim("measure"),
    "victims": _of_claim("victims"),
    "victims_wording": _of_claim("victims_wording"),
    "victims_party": _of_claim("victims_party", "name"),
    "wording": _wording,
    **{
        name: _of_claim("figure", name)
        for name in ("qualifier", "low", "best", "high", "interval", "disordered")
    },
    **{
        name: _of_claim(name)
        for name in (
            "count_basis", "claimed_on", "as_of", "period_start", "period_end", "area",
            "credibility",
        )
    },
    "revises": _revises,
    "document": _title,
    "publisher": _publisher,
    "publisher_kind": _publisher_kind,
    "author": _of_document("author"),
    "url": _of_document("url"),
    "archived_url": _of_document("archived_url"),
    "published_on": _of_document("published_on"),
    "language": _of_document("language"),
    "quote": _of_citation("quote"),
    "locator": _of_citation("locator"),
    "via": _via,
}  # fmt: skip
