"""Made-up events: campaigns and what happened within them, in the columns of the claims CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.ingest.synthetic import names
from claims.ingest.synthetic.chance import Chance

IN_CAMPAIGN = 50
CAMPAIGN_DAYS = 120
FIRST_DAY = date(1990, 1, 1)
DAYS = 12_800
PLACES = 5_000

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """One made-up event: the cells all its rows share, and what its claims need to know."""

    number: str
    cells: Cells
    begins: date
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Campaign:
    key: str
    begins: date
    country: str
    parties: tuple[str, ...]


def happenings(chance: Chance, *, seed: int, events: int) -> Iterator[Happening]:
    """Yield the events in the order of the file, each campaign before its parts."""
    campaign = None
    for place in range(events):
        number = f"{place + 1:06}"
        key = f"synthetic-{seed}-{number}"
        if campaign is None or place % IN_CAMPAIGN == 0:
            campaign = _campaign(chance, key)
            yield _envelope(chance, number, campaign)
        else:
            yield _part(chance, number, key, campaign)


def _campaign(chance: Chance, key: str) -> _Campaign:
    first = chance.below(len(names.PARTIES))
    second = (first + 1 + chance.below(len(names.PARTIES) - 1)) % len(names.PARTIES)
    return _Campaign(
        key,
        begins=FIRST_DAY + timedelta(days=chance.below(DAYS)),
        country=names.COUNTRY_CODES[chance.early(len(names.COUNTRY_CODES))],
        parties=(names.PARTIES[first], names.PARTIES[second]),
    )


def _envelope(chance: Chance, number: str, campaign: _Campaign) -> Happening:
    ends = campaign.begins + timedelta(days=CAMPAIGN_DAYS)
    cells = {
        **_named(chance, number, names.CAMPAIGN),
        "event_key": campaign.key,
        "event_start": campaign.begins.isoformat(),
        "event_end": ends.isoformat(),
        "country": campaign.country,
        "parties": " | ".join(campaign.parties),
    }
    return Happening(number, cells, campaign.begins, campaign.parties)


def _part(chance: Chance, number: str, key: str, campaign: _Campaign) -> Happening:
    begins = campaign.begins + timedelta(days=chance.below(CAMPAIGN_DAYS))
    cells = {
        **_named(chance, number, chance.one_of(names.KINDS)),
        **_dated(chance, begins),
        **_placed(chance),
        "event_key": key,
        "country": _countries(chance, campaign.country),
        "parties": " | ".join(campaign.parties),
        "parent": campaign.key,
    }
    return Happening(number, cells, begins, campaign.parties)


def _named(chance: Chance, number: str, kind: names.Kind) -> Cells:
    """Name an event in Latin letters, or, one in twenty, in another script first."""
    latin = f"Synthetic {kind.latin} {number}"
    others = [
        f"{names.CYRILLIC} {number}, {kind.cyrillic}",
        f"{names.ARABIC} {number} {kind.arabic}",
    ]
    title, aliases = latin, others if chance.happens(0.5) else []
    if chance.happens(0.05):
        title, aliases = chance.one_of(others), [latin]
    return {"event": title, "event_aliases": " | ".join(aliases), "event_kind": kind.code}


def _dated(chance: Chance, begins: date) -> Cells:
    if chance.happens(0.01):
        return {}
    if chance.happens(0.03):
        return {"event_start": begins.isoformat()[:7]}
    if chance.happens(0.02):
        return {"event_start": begins.isoformat()}
    lasts = 0 if chance.happens(0.8) else chance.below(30)
    ends = begins + timedelta(days=lasts)
    return {"event_start": begins.isoformat(), "event_end": ends.isoformat()}


def _placed(chance: Chance) -> Cells:
    cells = {"place": f"Synthetic Town {chance.early(PLACES) + 1:04}"}
    if chance.happens(0.8):
        cells["latitude"] = _degrees(chance.below(140_000) - 70_000)
        cells["longitude"] = _degrees(chance.below(360_000) - 180_000)
        cells["place_precision"] = chance.one_of(("exact", "settlement", "district", "region"))
    return cells


def _degrees(thousandths: int) -> str:
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{abs(thousandths) // 1000}.{abs(thousandths) % 1000:03}"


def _countries(chance: Chance, country: str) -> str:
    other = names.COUNTRY_CODES[chance.early(len(names.COUNTRY_CODES))]
    return f"{country} | {other}" if other != country and chance.happens(0.04) else country
