"""Made-up claims about one made-up event: who said which number when, and who printed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.ingest.synthetic import names
from claims.ingest.synthetic.chance import Chance
from claims.ingest.synthetic.happenings import Cells, Happening
from claims.ingest.synthetic.wordings import Figure, figure

CLAIMANTS = names.claimants()
MEASURES = (*("killed",) * 11, *("injured",) * 5, "missing", "captured", "displaced", "killed")
VICTIMS = (*("people",) * 12, *("civilians",) * 4, *("combatants",) * 3, "children")
BASES = (
    *("all_reported",) * 36,
    *("identified_by_name", "verified", "bodies_counted", "hospital_registered"),
)
LANGUAGES = ("en", "en", "en", "uk", "ru", "ar")
ADDRESS = "https://synthetic.example"


@dataclass(slots=True)
class _Said:
    """A claim as a later one may revise it."""

    key: str
    cells: Cells
    number: int
    on: date


@dataclass(slots=True)
class _Printed:
    cells: Cells
    on: date


class Sayings:
    """Tells the claims of one event, row by row; remembers only that event."""

    def __init__(self, chance: Chance, happening: Happening, *, seed: int) -> None:
        self._chance = chance
        self._event = happening
        self._seed = seed
        self._toll = 1 + chance.early(4_000)
        self._current: list[_Said] = []
        self._last: _Printed | None = None
        self._documents = 0

    def rows(self, count: int) -> Iterator[Cells]:
        """Yield the rows of ``count`` claims: each claim's first document, then its relays."""
        for number in range(1, count + 1):
            yield from self._claim(f"{self._event.cells['event_key']}/{number:03}")

    def _claim(self, key: str) -> Iterator[Cells]:
        chance = self._chance
        said = self._revision(key) if chance.happens(0.12) and self._current else self._new(key)
        document = self._document(said.on)
        if chance.happens(0.03):
            said.cells["claimed_on"] = said.on.isoformat()[:7]
        elif not chance.happens(0.01):
            said.cells["claimed_on"] = said.on.isoformat()
        worded = figure(chance, said.number)
        self._current.append(said)
        claim = {**self._event.cells, "claim_key": key, **said.cells, **_numbers(worded)}
        yield {**claim, **document.cells, **self._printed(worded)}
        while chance.happens(0.2):
            yield {**claim, **self._relay(document), "wording": self._drifted(worded)}

    def _new(self, key: str) -> _Said:
        chance = self._chance
        claimant = CLAIMANTS[chance.early(len(CLAIMANTS))]
        cells = {
            "claimant": claimant.name,
            "claimant_kind": claimant.kind,
            "speaks_for": claimant.speaks_for,
            "is_compilation": claimant.is_compilation,
            "measure": chance.one_of(MEASURES),
            "victims": chance.one_of(VICTIMS),
            "count_basis": chance.one_of(BASES),
        }
        if chance.happens(0.3):
            cells["victims_party"] = chance.one_of(self._event.parties)
        if chance.happens(0.02):
            cells["area"] = "Synthetic Province"
        if chance.happens(0.05):
            cells["credibility"] = chance.one_of(("probable", "possible", "doubtful"))
        number = self._number(cells["measure"], cells["victims"])
        return _Said(key, cells, number, self._event.begins + timedelta(days=chance.early(60)))

    def _number(self, measure: str, victims: str) -> int:
        """Return a number near the toll of the event, seldom far from it."""
        chance = self._chance
        toll = self._toll * 3 if measure in ("injured", "displaced") else self._toll
        toll = toll if victims == "people" else toll // 3
        spread = 4 if chance.happens(0.1) else 1
        return max(1, toll * spread * (70 + chance.below(60)) // 100)

    def _revision(self, key: str) -> _Said:
        """Return a later claim of the same claimant; the earlier one is revised only once."""
        earlier = self._current.pop(self._chance.below(len(self._current)))
        cells = {name: cell for name, cell in earlier.cells.items() if name != "claimed_on"}
        later = earlier.on + timedelta(days=1 + self._chance.below(20))
        number = max(1, earlier.number * (90 + self._chance.below(40)) // 100)
        return _Said(key, {**cells, "revises": earlier.key}, number, later)

    def _document(self, on: date) -> _Printed:
        """Return the document that carries a claim: the last one again, or a new one."""
        if self._last is None or self._last.on < on or not self._chance.happens(0.5):
            self._last = self._new_document(on)
        return self._last

    def _new_document(self, on: date) -> _Printed:
        chance = self._chance
        self._documents += 1
        place = f"{self._event.number}/{self._documents:03}"
        cells = {
            "document": f"Synthetic report {place}",
            "publisher": CLAIMANTS[chance.early(len(CLAIMANTS))].name,
            "url": f"{ADDRESS}/{self._seed}/{place}",
            "published_on": on.isoformat(),
            "language": chance.one_of(LANGUAGES),
        }
        return _Printed(cells, on)

    def _relay(self, printed: _Printed) -> Cells:
        on = printed.on + timedelta(days=self._chance.below(3))
        return {**self._new_document(on).cells, "via": printed.cells["url"]}

    def _printed(self, worded: Figure) -> Cells:
        cells = {"wording": worded.wording}
        if worded.qualifier != "unknown" and self._chance.happens(0.2):
            cells["quote"] = f"Synthetic sentence: {worded.wording} people."
        return cells

    def _drifted(self, worded: Figure) -> str:
        is_drift = worded.qualifier == "exactly" and self._chance.happens(0.2)
        return f"about {worded.wording}" if is_drift else worded.wording


def _numbers(worded: Figure) -> Cells:
    return {
        "qualifier": worded.qualifier,
        "low": worded.low,
        "best": worded.best,
        "high": worded.high,
    }
