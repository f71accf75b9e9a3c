"""The question of a dataset's claim that has revisions, where a release asks it otherwise.

A key stands for one claim through all releases. A release that renames the side whose dead are
counted renames it in the earlier figures, too: a claim revises only one of the same question. What
an editor corrected by hand stays corrected, in the new figure as in those before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claims.ingest.landing.arriving import Arrival
from claims.ingest.landing.by_hand import AT_ONCE, LEFT_ALONE, Bases, ByHand, bases_of
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.releases import CHAIN
from claims.models import Claim

ASKED = ("measure", "victims", "victims_party_id")
COLUMNS = {"measure": "code", "victims": "code", "victims_party_id": "number"}
ASKS = (
    "SELECT {base}.key, r.id AS end_id, {new} AS new_id, l.landing_row, l.measure, l.victims, "
    "p.id AS victims_party_id FROM {rows} JOIN claims_claim r ON r.id = {end} "
    "LEFT JOIN arrived_party p ON p.name = l.victims_party_name WHERE {differ}"
)
REVISING = "renamed x JOIN new_claim n ON n.key = x.new_key JOIN landing_claim l ON l.key = n.key"
STANDING = "known_claim k JOIN landing_claim l ON l.key = k.key"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells of a claim's question: the claim that stands, and the new one, if any."""

    key: str
    end_id: int
    new_id: int | None
    row: int
    asked: dict[str, Any]


class Questions:
    """What the claims of a release ask from now on, those that they revise included.

    ``asked_anew`` has the questions that differ from those in the tables, for other rules to see.
    """

    def __init__(self, arrival: Arrival, by_hand: ByHand) -> None:
        self.arrival, self.by_hand = arrival, by_hand
        self._stays: dict[int, set[str]] = {}
        self._more: dict[int, Difference] = {}

    def follow(self) -> None:
        """Find the chains whose question differs; give new figures the question of their chain."""
        staging = self.arrival.staging
        staging.create("asked_anew", {"id": "number", **COLUMNS})
        if not self.arrival.purpose.revises:
            return
        self._find()
        told = staging.rows(
            f"SELECT key, end_id, new_id, landing_row, {', '.join(ASKED)} FROM asks"
        )
        while some := list(islice(told, AT_ONCE)):
            self._follow_some(some)
        staging.flush()
        staging.run(
            "UPDATE new_claim SET measure = a.measure, victims = a.victims, "
            "victims_party_id = a.victims_party_id FROM asked_anew a WHERE a.id = new_claim.id"
        )

    def _find(self) -> None:
        staging = self.arrival.staging
        new = [staging.differ(f"n.{name}", f"r.{name}") for name in ASKED]
        old = [f"(l.{name} IS NOT NULL AND l.{name} <> r.{name})" for name in ASKED[:2]]
        old.append(f"(p.id IS NOT NULL AND {staging.differ('p.id', 'r.victims_party_id')})")
        revising = ASKS.format(
            base="x", new="n.id", rows=REVISING, end="x.earlier_id", differ=" OR ".join(new)
        )
        standing = ASKS.format(
            base="k",
            new="NULL",
            rows=STANDING,
            end="k.id",
            differ=f"r.revises_id IS NOT NULL AND r.state <> 'withdrawn' AND ({' OR '.join(old)})",
        )
        staging.make("asks", f"{revising} UNION ALL {standing}")
        staging.make(
            "asks_chain",
            f"{CHAIN.format(start='SELECT key FROM asks')} SELECT DISTINCT key, id FROM chain",
        )
        if not staging.is_postgres:
            staging.index("asks_chain", "key")

    def _follow_some(self, some: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * len(some))
        pairs = self.arrival.staging.all(
            f"SELECT key, id FROM asks_chain WHERE key IN ({marks}) ORDER BY id",
            [row[0] for row in some],
        )
        claims = Claim.objects.in_bulk([pk for _, pk in pairs])
        bases = bases_of("claim", claims.values())
        chains = defaultdict(list)
        for key, pk in pairs:
            chains[key].append(claims[pk])
        for one in map(_told, some):
            self._ask(one, chains[one.key], bases)

    def _ask(self, told: Told, chain: Sequence[Claim], bases: Bases) -> None:
        end = next(claim for claim in chain if claim.pk == told.end_id)
        asked = told.asked
        stays = {n for n in asked if any(_is_replaced(bases, one, n, asked[n]) for one in chain)}
        asks = {n: getattr(end, n) if n in stays else asked.get(n, getattr(end, n)) for n in ASKED}
        if told.new_id is None:
            self._stays[end.pk] = stays
        elif stays:
            kept = Difference("claim", end, told.row, {}, {n: asked[n] for n in stays})
            kept.remark = LEFT_ALONE
            self.by_hand.kept.append(kept)
        for pk in {*(one.pk for one in chain), told.new_id} - {None}:
            self.arrival.staging.add("asked_anew", (pk, *asks.values()))
        for one in chain:
            values = {n: value for n, value in asks.items() if getattr(one, n) != value}
            if values and (one is not end or told.new_id is not None):
                self._more.setdefault(one.pk, Difference("claim", one, told.row, {}, values))

    def among(self, differences: Iterable[Difference]) -> Iterator[Difference]:
        """Yield differences with those of the claims that are revised, before the citations'."""
        more = dict(self._more)
        for one in differences:
            if one.kind == "citation":
                yield from _taken(more)
            if one.kind == "claim":
                for name in self._stays.get(one.record.pk, set()) & one.values.keys():
                    del one.values[name]
                if also := more.pop(one.record.pk, None):
                    one.values = also.values | one.values
            if one.values or one.parties:
                yield one
        yield from _taken(more)


def _told(row: Sequence[Any]) -> Told:
    asked = {n: value for n, value in zip(ASKED, row[4:], strict=True) if value is not None}
    key, end_id, new_id, number = row[:4]
    return Told(key, end_id, new_id, number, asked)


def _taken(more: dict[int, Difference]) -> Iterator[Difference]:
    while more:
        yield more.pop(next(iter(more)))


def _is_replaced(bases: Bases, claim: Claim, name: str, value: Any) -> bool:
    """Tell whether a value is the one that somebody replaced by hand."""
    base = bases.get(claim.pk, {})
    return name in base and bool(base[name] == value)
