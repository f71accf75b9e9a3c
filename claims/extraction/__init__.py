"""From a text to the casualty figures in it, each with its words; pure, deterministic, explained.

``read_text`` is the door. What it returns is described in :mod:`claims.extraction.reading`.
"""

from claims.extraction.reader import TextTooLong, read_text
from claims.extraction.reading import (
    EXTRACTOR_VERSION,
    Attribution,
    Candidate,
    Span,
    TextReading,
)

__all__ = [
    "EXTRACTOR_VERSION",
    "Attribution",
    "Candidate",
    "Span",
    "TextReading",
    "TextTooLong",
    "read_text",
]
