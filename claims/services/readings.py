"""What a machine read in a text, stored beside what people decided about earlier readings.

Reading again replaces only what nobody has decided about. A figure that a person rejected,
accepted or merged stays decided and is not offered a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from claims.domain.dates import PartialDate
from claims.extraction import read_text
from claims.extraction.lexicon import languages
from claims.extraction.reading import Attribution, TextReading
from claims.extraction.reading import Candidate as Read
from claims.models import Candidate, StoredText
from claims.models.candidate import LONGEST_WORDS
from claims.services import permissions
from claims.services.records import Edit, editing

CHUNK = 200
UNSURE = 0.6
"""Below this rank a person is told to look twice."""
Key = tuple[int, int, str]


class Recorded(NamedTuple):
    """How many figures are new, were open already, were decided before, and are read no more."""

    new: int
    known: int
    decided: int
    gone: int


def read_stored(stored: StoredText, *, by: User) -> Recorded:
    """Read a kept text by the extraction of today and store what it found.

    The language is the document's where the extraction knows it, else detected.
    """
    document = stored.document
    language = document.language.partition("-")[0].lower()
    reading = read_text(
        stored.text,
        language=language if language in languages() else None,
        published_on=document.published_on,
        title=document.title,
    )
    return record_reading(stored, reading=reading, by=by)


def record_reading(stored: StoredText, *, reading: TextReading, by: User) -> Recorded:
    """Store what was read in a kept text; decided candidates stay as they are.

    Raises ``ValueError`` for a reading whose offsets do not fit the text.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by) as edit:
        held = edit.lock(stored)
        there = _held_candidates(held)
        decided = [candidate for candidate in there if not candidate.is_open]
        open_now = {_key(candidate): candidate for candidate in there if candidate.is_open}
        rows = _rows(held, reading, decided, open_now)
        recorded = _store(rows, decided, open_now)
        _mark_read(edit, held, reading)
        return recorded


def _held_candidates(held: StoredText) -> list[Candidate]:
    """Return all candidates of a text, which nobody decides about until this reading is stored."""
    of_text = Candidate.objects.filter(stored_text=held).order_by("pk")
    return list(of_text.select_for_update(no_key=True))


def _rows(
    held: StoredText,
    reading: TextReading,
    decided: Sequence[Candidate],
    open_now: dict[Key, Candidate],
) -> dict[int, Candidate]:
    """Return the row of each candidate of the reading, by its place there."""
    rows: dict[int, Candidate] = {}
    taken: set[Key] = set()
    settled = _by_place(decided)
    for place, read in enumerate(reading.candidates):
        columns = _columns(held, read, reading.version)
        key = columns["figure_start"], columns["figure_end"], columns["measure"]
        if key in taken:
            continue
        taken.add(key)
        row = _decided_as(columns, settled) or open_now.get(key) or Candidate(stored_text=held)
        if row.is_open:
            _set(row, columns)
        rows[place] = row
    for place, row in rows.items():
        _relate(row, reading.candidates[place], rows)
    return rows


def _set(row: Candidate, columns: dict[str, Any]) -> None:
    """Give an open row its columns; one that reads otherwise than before is a new version."""
    differs = any(getattr(row, n) != v for n, v in columns.items() if n not in _UNSEEN)
    if row.pk is not None and differs:
        row.version += 1
    for name, value in columns.items():
        setattr(row, name, value)


def _relate(row: Candidate, read: Read, rows: dict[int, Candidate]) -> None:
    if not row.is_open:
        return
    for name in ("part_of", "revises"):
        place = getattr(read, name)
        other = None if place is None else rows.get(place)
        setattr(row, name, None if other is row else other)


def _by_place(decided: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Return the decided candidates by every offset that their figure covers."""
    found: dict[int, list[Candidate]] = {}
    for candidate in decided:
        for offset in range(candidate.figure_start, candidate.figure_end):
            found.setdefault(offset, []).append(candidate)
    return found


def _decided_as(columns: dict[str, Any], settled: dict[int, list[Candidate]]) -> Candidate | None:
    """Return the decided candidate that is the same figure at the same place, if there is one.

    The same stretch and measure, or an overlapping stretch with the same measure and numbers.
    """
    names = ("measure", "low", "best", "high")
    for offset in (columns["figure_start"], columns["figure_end"] - 1):
        for candidate in settled.get(offset, ()):
            is_same_place = _key(candidate)[:2] == (columns["figure_start"], columns["figure_end"])
            compared = ("measure",) if is_same_place else names
            if all(getattr(candidate, name) == columns[name] for name in compared):
                return candidate
    return None


def _store(
    rows: dict[int, Candidate], decided: Sequence[Candidate], open_now: dict[Key, Candidate]
) -> Recorded:
    """Write new and changed rows and take away the open ones that are read no more."""
    new = [row for row in rows.values() if row.pk is None]
    kept = {row.pk for row in rows.values()}
    gone = [row.pk for row in open_now.values() if row.pk not in kept]
    Candidate.objects.filter(pk__in=gone).delete()
    _create(new)
    known = [row for row in open_now.values() if row.pk in kept]
    _renew(known)
    return Recorded(new=len(new), known=len(known), decided=len(decided), gone=len(gone))


def _create(new: Sequence[Candidate]) -> None:
    """Write new rows; what they belong to and revise follows once all of them have a key."""
    related = [(row, row.part_of, row.revises) for row in new if row.part_of or row.revises]
    for row, *_ in related:
        row.part_of = row.revises = None
    Candidate.objects.bulk_create(new, batch_size=CHUNK)
    for row, part_of, revises in related:
        row.part_of, row.revises = part_of, revises
    Candidate.objects.bulk_update(
        [row for row, *_ in related], ["part_of", "revises"], batch_size=CHUNK
    )


def _renew(known: Sequence[Candidate]) -> None:
    """Write what is read otherwise now; ten times as fast for long texts as ``bulk_update``."""
    Candidate.objects.bulk_create(
        known,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_UPDATED, "part_of", "revises"],
    )


def _mark_read(edit: Edit, held: StoredText, reading: TextReading) -> None:
    held.language = reading.language
    held.extractor_version = reading.version
    held.read_at = edit.at
    edit.save(held)


def _key(candidate: Candidate) -> Key:
    return candidate.figure_start, candidate.figure_end, candidate.measure


def _columns(held: StoredText, read: Read, version: str) -> dict[str, Any]:
    """Return the columns of a candidate as it was read."""
    _check_offsets(held, read)
    return {
        "extractor_version": version,
        "qualifier": str(read.figure.qualifier),
        "low": read.figure.low,
        "best": read.figure.best,
        "high": read.figure.high,
        "measure": read.measure,
        "victims": read.victims,
        "count_basis": read.count_basis,
        "attribution": str(read.attribution or ""),
        "confidence": read.confidence,
        "rules": list(read.rules),
        "remarks": _remarks(read),
        **_offsets(read),
        **_words(held, read),
        **_date("claimed_on", read.claimed_on),
        **_date("period_start", read.period_start),
    }


def _offsets(read: Read) -> dict[str, int | None]:
    """Return where the figure, its wording, its sentence and its claimant stand."""
    spans = {
        "figure": read.figure_span,
        "wording": read.wording_span,
        "sentence": read.sentence_span,
        "claimant": read.claimant_span,
    }
    starts = {f"{name}_start": span.start if span else None for name, span in spans.items()}
    return starts | {f"{name}_end": span.end if span else None for name, span in spans.items()}


def _words(held: StoredText, read: Read) -> dict[str, str]:
    """Return the text's own words, each cut to what its column holds."""
    words = {
        "wording": read.figure.wording or read.wording_span.of(held.text),
        "victims_wording": read.victims_wording,
        "victims_party_words": read.victims_party,
        "claimant_words": read.claimant or "",
        "attribution_words": read.attribution_words,
        "place": read.place,
        "date_words": read.date_words,
        "period_words": read.period_words,
    }
    return {name: " ".join(text.split())[:LONGEST_WORDS] for name, text in words.items()}


def _remarks(read: Read) -> list[str]:
    noticed = {
        "part": read.is_part or read.part_of is not None,
        "more": read.is_more,
        "earlier": read.is_earlier,
        "denied": read.attribution is Attribution.DENIES,
        "unsure": read.confidence < UNSURE,
    }
    return [code for code, is_so in noticed.items() if is_so]


def _date(name: str, known: PartialDate | None) -> dict[str, Any]:
    """Return a date and its precision; statements keep their last day, periods their first."""
    if known is None:
        return {name: None, f"{name}_precision": "day"}
    day = known.first if name == "period_start" else known.last
    return {name: day, f"{name}_precision": str(known.precision)}


def _check_offsets(held: StoredText, read: Read) -> None:
    figure, wording, sentence = read.figure_span, read.wording_span, read.sentence_span
    is_inside = sentence.start <= figure.start < figure.end <= sentence.end <= len(held.text)
    if not is_inside or not wording.start <= figure.start < figure.end <= wording.end:
        raise ValueError(
            f"Expected offsets within the {len(held.text):,} characters of the text and the "
            f"figure within its wording and sentence, got {figure}, {wording}, {sentence}."
        )


_UNSEEN = frozenset({"extractor_version", "confidence", "rules"})
"""What may read otherwise without the form that somebody has open being out of date."""

_UPDATED = (
    "extractor_version", "wording_start", "wording_end", "sentence_start", "sentence_end",
    "claimant_start", "claimant_end", "wording", "qualifier", "low", "best", "high", "victims",
    "victims_wording", "victims_party_words", "count_basis", "claimant_words", "attribution",
    "attribution_words", "place", "date_words", "claimed_on", "claimed_on_precision",
    "period_start", "period_start_precision", "period_words", "confidence", "rules", "remarks",
    "version",
)  # fmt: skip
"""What a second reading may change in an open candidate."""
