"""How a text comes to the desk, and what a person can make of a figure that was read in it."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from hashlib import sha256

LONGEST_TEXT = 1_000_000
"""Characters of a text that is kept and read."""

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
# Break words and figures apart that a reader sees whole, or show them in another order than they
# are written: soft hyphens, zero-width spaces, marks of direction. Joiners belong to the spelling.
_UNSEEN = dict.fromkeys(
    (0x00, 0xAD, 0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060,
     *range(0x2066, 0x206A), 0xFEFF)
)  # fmt: skip

_MOST_MARKS = 30


class Origin(StrEnum):
    """How a kept text came here."""

    PASTED = "pasted"
    HTML = "html"
    UPLOADED = "uploaded"
    FETCHED = "fetched"


ORIGIN_LABELS: dict[Origin, str] = {
    Origin.PASTED: "pasted text",
    Origin.HTML: "pasted page",
    Origin.UPLOADED: "uploaded page",
    Origin.FETCHED: "fetched page",
}


class CandidateState(StrEnum):
    """What a person has decided about a candidate."""

    OPEN = "open"
    ACCEPTED = "accepted"
    MENDED = "mended"
    REJECTED = "rejected"
    MERGED = "merged"


CANDIDATE_STATE_LABELS: dict[CandidateState, str] = {
    CandidateState.OPEN: "open",
    CandidateState.ACCEPTED: "accepted as read",
    CandidateState.MENDED: "accepted with changes",
    CandidateState.REJECTED: "rejected",
    CandidateState.MERGED: "added to a claim as a citation",
}

REMARKS: dict[str, str] = {
    "part": "Part of a larger figure in the text.",
    "more": "On top of another figure, so perhaps not a figure of its own.",
    "earlier": "The text itself replaces it by another figure.",
    "denied": "Said in order to deny it.",
    "unsure": "Read with less certainty than most: look twice.",
}
"""What a machine noticed about a figure that a person should know, by code."""

TAKEN_AS_CLAIM = (CandidateState.ACCEPTED, CandidateState.MENDED)
WITH_CLAIM = (*TAKEN_AS_CLAIM, CandidateState.MERGED)


def kept_text(text: str) -> str:
    """Return a text as it is kept: letters composed, one kind of line end, nothing unseen.

    Without characters that a database refuses. Offsets count the characters of what is kept.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SURROGATES | _UNSEEN)
    return unicodedata.normalize("NFC", _with_few_marks(lines)).strip()


def _with_few_marks(text: str) -> str:
    """Return a text without marks that no letter has: sorting them takes long.

    After the Stream-Safe Text Format (Unicode Standard Annex 15).
    """
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text whatever its white space and composed letters, as hex."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(plain.encode()).hexdigest()


def paragraph_of(text: str, offset: int) -> int:
    """Return which paragraph of a text an offset lies in, from 1; empty lines do not count."""
    before = text.rfind("\n", 0, offset) + 1
    return 1 + sum(1 for line in text[:before].split("\n") if line.strip())
