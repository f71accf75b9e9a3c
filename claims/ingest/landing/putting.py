"""What rows tell put into the temporary tables: once, however many rows tell the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.domain.public_ids import derived_public_id
from claims.ingest.blocks import Block
from claims.ingest.landing import shape
from claims.ingest.landing.checked import Checked, Once, Values, digests_of
from claims.ingest.landing.remembering import Remembered, chosen, first_told
from claims.ingest.landing.staging import Staging
from claims.ingest.told_figure import FIGURE_CELLS, told_figure

_CLAIM = [told.column for told in shape.CLAIM]
_FIGURE = [told.column for told in shape.FIGURE if told.cell != "note"]
_CITATION = ["wording", "locator", *(told.column for told in shape.CITATION)]


class Figures(Remembered):
    """The figures of wordings and numbers: the cells are the key."""

    def __missing__(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        self[cells] = figure = told_figure(dict(zip(FIGURE_CELLS, cells, strict=True)))
        return figure


class Putting:
    """Takes checked blocks; knows what was put down lately."""

    def __init__(self, staging: Staging) -> None:
        self.staging = staging
        self.events, self.documents = Remembered(), Remembered()
        self.claims, self.citations, self.figures = Remembered(), Remembered(), Figures()
        self._n = 0

    def put(self, checked: Checked, good: Sequence[int]) -> None:
        """Put down what the good rows of a block tell."""
        self._put_events(checked, good)
        self._put_claims(checked, good)
        self._put_documents(checked, good)
        self._put_citations(checked, good)
        for remembered in (self.events, self.documents, self.claims, self.citations, self.figures):
            remembered.make_room()

    def _put_events(self, checked: Checked, good: Sequence[int]) -> None:
        rows = checked.events.first_among(good, self.events)
        keys = chosen(checked.event_keys, rows)
        _remember(self.events, checked.events, rows, keys)
        made = {"key": keys, "public_id": [derived_public_id("event", key) for key in keys]}
        self._send("event", checked.block, rows, made | checked.events.values_of(rows))

    def _put_documents(self, checked: Checked, good: Sequence[int]) -> None:
        having = [at for at in good if checked.document_keys[at]]
        rows = checked.documents.first_among(having, self.documents)
        keys = chosen(checked.document_keys, rows)
        _remember(self.documents, checked.documents, rows, keys)
        ids = [derived_public_id("document", key) for key in keys]
        made = {"key": keys, "public_id": ids}
        self._send("document", checked.block, rows, made | checked.documents.values_of(rows))

    def _put_claims(self, checked: Checked, good: Sequence[int]) -> None:
        """Put claims down, but not those of which an earlier row told all that this one does."""
        block, rows = checked.block, self._telling(checked, good)
        cells = [chosen(block.cells(name), rows) for name in FIGURE_CELLS]
        figures = [self.figures[said] for said in zip(*cells, strict=True)]
        keys = chosen(checked.claim_keys, rows)
        columns: Values = {
            "key": keys,
            "public_id": [derived_public_id("claim", key) for key in keys],
            "event_key": chosen(checked.event_keys, rows),
            "note": chosen(block.cells("note"), rows),
        }
        columns |= zip(_FIGURE, zip(*figures, strict=True), strict=False)
        columns |= {name: chosen(column, rows) for name, column in checked.claims.items()}
        self._send("claim", block, rows, columns)

    def _telling(self, checked: Checked, good: Iterable[int]) -> list[int]:
        """Return the rows that tell of their claim what no earlier one did."""
        nothing = checked.block.cells("")
        values = [checked.claims.get(name, nothing) for name in _CLAIM]
        digests = digests_of([checked.event_keys, *values])
        wordings, notes = checked.block.cells("wording"), checked.block.cells("note")
        rows, claims = [], self.claims
        for at in good:
            key, digest, note = checked.claim_keys[at], digests[at], notes[at]
            known = claims.get(key)
            if known is None:
                claims[key] = (digest, bool(wordings[at]), hash(note))  # a note may be long
            elif (
                known[0] == digest
                and (known[1] or not wordings[at])
                and (not note or hash(note) == known[2])
            ):
                continue
            rows.append(at)
        return rows

    def _put_citations(self, checked: Checked, good: Sequence[int]) -> None:
        nothing = checked.block.cells("")
        columns: Values = {
            "claim_key": checked.claim_keys,
            "document_key": checked.document_keys,
            **{name: checked.citations.get(name, nothing) for name in _CITATION},
        }
        digests = digests_of(list(columns.values()))
        having = [at for at in good if checked.document_keys[at]]
        rows = first_told(digests, having, self.citations)
        self.citations.update((digests[at], True) for at in rows)
        told = {name: chosen(column, rows) for name, column in columns.items()}
        self._send("citation", checked.block, rows, told)

    def _send(self, kind: str, block: Block, rows: Sequence[int], columns: Values) -> None:
        """Send rows with the columns in which any of them has something."""
        if not rows:
            return
        first, self._n = self._n + 1, self._n + len(rows)
        told: Values = {
            "n": list(map(str, range(first, self._n + 1))),
            "landing_row": [str(block.numbers[at]) for at in rows],
        }
        told |= {name: column for name, column in columns.items() if any(column)}
        self.staging.put(f"landing_{kind}", told)


def _remember(told: Remembered, once: Once, rows: Sequence[int], keys: Sequence[str]) -> None:
    told.update(zip((once.digests[at] for at in rows), keys, strict=True))
