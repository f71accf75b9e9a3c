"""The made-up parties, sources, countries and words that synthetic events are told with."""

from __future__ import annotations

from dataclasses import dataclass

from claims.domain.countries import COUNTRIES
from claims.domain.vocabularies import SOURCE_KIND

SOURCES = 300
PARTIES = tuple(f"Synthetic Party {letter}" for letter in "ABCDEFGHIJKL")
SPEAKING_KINDS = frozenset({"government", "military", "party_official", "local_authority"})
COUNTRY_CODES = tuple(sorted(COUNTRIES))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event by its code, with its word in three scripts."""

    code: str
    latin: str
    cyrillic: str
    arabic: str


KINDS = (
    Kind("strike", "strike", "удар", "ضربة"),
    Kind("strike", "strike", "удар", "ضربة"),
    Kind("shelling", "shelling", "обстрел", "قصف"),
    Kind("battle", "battle", "бой", "معركة"),
    Kind("massacre", "massacre", "резня", "مجزرة"),
    Kind("explosion", "explosion", "взрыв", "انفجار"),
    Kind("earthquake", "earthquake", "землетрясение", "زلزال"),
    Kind("siege", "siege", "осада", "حصار"),
)
CAMPAIGN = Kind("campaign", "campaign", "кампания", "حملة")
CYRILLIC, ARABIC = "Синтетическое событие", "حدث اصطناعي"


@dataclass(frozen=True, slots=True)
class Claimant:
    """A made-up source as the columns of the claims CSV want it."""

    name: str
    kind: str
    speaks_for: str
    is_compilation: str


def claimants() -> tuple[Claimant, ...]:
    """Return all made-up sources: every kind in turn, some of them speaking for a party."""
    return tuple(_claimant(number) for number in range(SOURCES))


def _claimant(number: int) -> Claimant:
    kind = SOURCE_KIND.terms[number % len(SOURCE_KIND.terms)]
    party = PARTIES[number // len(SOURCE_KIND.terms) % len(PARTIES)]
    return Claimant(
        name=f"Synthetic {kind.label} {number + 1:03}",
        kind=kind.code,
        speaks_for=party if kind.code in SPEAKING_KINDS else "",
        is_compilation="yes" if kind.code == "dataset" else "no",
    )
