"""What an event is called in datasets: ``ucdp-ged:412700``, ``gtd:202301010001``.

The dataset by its short name, a colon, and the id as the dataset prints it. Datasets whose figures
cannot be taken over can be pointed to all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 120

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*:(?!//)[^\s|]+")


def not_identifiers(texts: Iterable[str]) -> list[str]:
    """Return those of some texts that are no identifiers."""
    return [text for text in texts if len(text) > LONGEST or not _IDENTIFIER.fullmatch(text)]


def expected(text: str) -> str:
    """Return in a sentence what an identifier is, and what was found."""
    return (
        f"Expected a dataset and an id such as ucdp-ged:412700 (small letters before the colon, "
        f"no spaces), found “{text[:LONGEST]}”."
    )
