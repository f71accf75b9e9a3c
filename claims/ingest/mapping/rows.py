"""One row of a table as rows of the interchange format: its claims, each with its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claims.domain.folding import folded
from claims.ingest import columns as interchange
from claims.ingest.cells import CellRefused, shown
from claims.ingest.csv_table import Row
from claims.ingest.mapping.counting import NotAClaim
from claims.ingest.mapping.documents import documents_of
from claims.ingest.mapping.mapping import EACH_ROW, NEEDED, ClaimBlock, Mapping
from claims.ingest.mapping.repeats import MOST_COMPARED, Repeats
from claims.ingest.mapping.series import NONE, Last, following
from claims.ingest.mapping.templates import Value
from claims.ingest.tables.limits import LONGEST_CELL
from claims.ingest.told_figure import NUMBERS
from claims.ingest.wanted import Refusal

NO_FIGURE = "no figure in the row"

Made = dict[str, str]
Counts = dict[str, Counter[str]]


class RowMapper:
    """Turns rows into claims, counting what it passes over.

    It remembers, per series of claims, the key of the one before, for ``{@previous}``, and which
    row described an event or a claimant first.
    """

    def __init__(
        self, mapping: Mapping, passed_over: Counter[str], counts: Counts | None = None
    ) -> None:
        self.mapping = mapping
        self.counts = counts or {}
        self.passed_over = passed_over
        self._series: dict[tuple[str, ...], Last] = {}
        self._described: dict[tuple[str, str], int] = {}
        self._repeats = Repeats(mapping.repeats)

    def rows(self, number: int, cells: dict[str, str]) -> Iterator[Row | Refusal]:
        """Yield the rows of the claims of a row."""
        try:
            self._name(cells)
            if self._is_passed_over(cells):
                return
            copy = self._repeats.copy_of(cells, self.passed_over)
            if not copy:
                return
        except NotAClaim as error:
            self.passed_over[str(error)] += 1
            return
        except CellRefused as error:
            yield Refusal(number, error.column, str(error))
            return
        shared, refusals = _made(self.mapping.fields, cells, number)
        if refusals:
            yield from refusals
            return
        has_claim, passed_over = False, self.passed_over.total()
        for block in self.mapping.claims:
            for row in self._claim(block, number, cells, shared, copy):
                has_claim = True
                yield row
        if not has_claim and passed_over == self.passed_over.total():
            self.passed_over[NO_FIGURE] += 1

    def _name(self, cells: dict[str, str]) -> None:
        """Put in what the mapping gives names to: values, and how many rows have a cell."""
        for name, value in self.mapping.let.items():
            cells[name] = value(cells)
        for name, (column, value) in self.mapping.count_rows.items():
            cells[name] = str(self.counts[column][value(cells)])

    def _is_passed_over(self, cells: dict[str, str]) -> bool:
        for rule in self.mapping.pass_over:
            if rule.condition(cells):
                self.passed_over[rule.why] += 1
                if rule.whole_row:
                    return True
        return False

    def _claim(
        self, block: ClaimBlock, number: int, cells: dict[str, str], shared: Made, copy: int
    ) -> Iterator[Row | Refusal]:
        try:
            if not block.condition(cells):
                if block.why:
                    self.passed_over[block.why] += 1
                return
            event_key, claimant = (
                _said(block, shared, cells, n) for n in ("event_key", "claimant")
            )
            series = (block.what, event_key, claimant)
            last = self._series.get(series, NONE) if block.follows else NONE
            known = {**cells, "@event_key": event_key, "@previous": last.key}
            own, refusals = _made(block.fields, known, number)
            made = {**shared, **own}
            if refusals or not _has_figure(made):
                yield from refusals
                return
            _check_needed(made, block)
            self._finish(made, block.what, copy)
            self._describe(made, number)
            if block.follows:  # else nothing is remembered, whatever the number of rows
                self._series[series] = following(last, made, number, block)
            yield from _with_documents(block, known, made, number)
        except NotAClaim as error:
            self.passed_over[str(error)] += 1
        except CellRefused as error:
            yield Refusal(number, error.column, str(error))

    def _finish(self, made: Made, what: str, copy: int) -> None:
        """Give a claim its key, which begins with the dataset's name, and mark its disorder."""
        prefix = f"{self.mapping.name}/"
        if "claim_key" not in made:
            event_key = made.get("event_key", "").removeprefix(prefix)
            made["claim_key"] = f"{prefix}{event_key}/{what}"
        if not made["claim_key"].startswith(prefix):
            found = shown(made["claim_key"])
            reason = f"Expected a claim_key that begins with {prefix}, got “{found}”."
            raise CellRefused(reason, "claim_key")
        if copy > 1:
            made["claim_key"] += f"/{copy}"
        _mark_disorder(made)

    def _describe(self, made: Made, number: int) -> None:
        """Leave event and claimant to the first row about them, where the mapping says so."""
        if self.mapping.described_by == EACH_ROW:
            return
        if len(self._described) >= MOST_COMPARED:
            raise CellRefused(f"More than {MOST_COMPARED:,} events to hold apart.", "event_key")
        for key, columns in (("event_key", interchange.EVENT), ("claimant", interchange.CLAIMANT)):
            whose = (key, folded(made.get(key, "")))
            if self._described.setdefault(whose, number) != number:
                for column in columns:
                    made.pop(column, None)


def _check_needed(made: Made, block: ClaimBlock) -> None:
    """Refuse a claim that nothing says an event, a claimant or a measure of."""
    if made.keys() >= NEEDED:
        return
    for name in sorted(NEEDED):
        if name not in made:
            columns = [c for c in block.made_of[name] if not c.startswith("@")]
            said = f"Empty, so that nothing says the {name} of the claim."
            if columns[1:]:
                said += f" The mapping makes it of {', '.join(columns)}."
            if "@release" in block.made_of[name]:
                said += " In its place the release would do: give it with the import."
            raise CellRefused(said, next(iter(columns), name))


def _said(block: ClaimBlock, shared: Made, cells: dict[str, str], name: str) -> str:
    """Return what a claim says in a field: its own word, else that of the row."""
    own = block.fields.get(name)
    return own(cells) if own else shared.get(name, "")


def _mark_disorder(made: Made) -> None:
    """Mark a figure that the source printed out of order."""
    stated = [int(made[name]) for name in NUMBERS if name in made]
    if stated != sorted(stated):
        made["disordered"] = "yes"
        made.setdefault("qualifier", "between")


def _made(
    fields: dict[str, Value], cells: dict[str, str], number: int
) -> tuple[Made, list[Refusal]]:
    """Return the fields that say something, and the refusals of cells that cannot be taken."""
    made: Made = {}
    refusals = []
    for name, value in fields.items():
        try:
            text = value(cells)
            if len(text) > LONGEST_CELL:
                raise CellRefused(f"Longer than {LONGEST_CELL:,} characters.")
        except CellRefused as error:
            refusal = Refusal(number, error.column or name, str(error))
            if refusal not in refusals:  # one cell may stand in several fields
                refusals.append(refusal)
        else:
            if text:
                made[name] = text
    return made, refusals


def _has_figure(made: Made) -> bool:
    return any(name in made for name in (*NUMBERS, "wording")) or made.get("qualifier") == "unknown"


def _with_documents(
    block: ClaimBlock, cells: dict[str, str], made: Made, number: int
) -> Iterator[Row]:
    documents: list[dict[str, str]] = []
    notes = []
    for named in block.documents:
        found, note = documents_of(named, cells)
        documents += found
        notes.append(note)
    if any(notes):
        made["note"] = "\n".join(filter(None, [made.get("note", ""), *notes]))
    if not documents:
        yield Row(number, made)
    for document in documents:
        yield Row(number, {**made, **document})
