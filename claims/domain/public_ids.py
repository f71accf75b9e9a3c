"""Public ids: short, opaque, never reused; the part of an address that stays for ever.

Ten characters of Crockford's base 32 (no i, l, o, u) after a prefix that names the kind of record.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from itertools import product

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10
PREFIXES = {
    "event": "ev",
    "claim": "cl",
    "source": "so",
    "document": "do",
    "comparison": "cm",
    "party": "pa",
}
# Two letters at a time, the lower one first: what the lowest ten bits of a number are written as.
_PAIRS = [low + high for high, low in product(ALPHABET, ALPHABET)]
PATTERN = re.compile(rf"(?:{'|'.join(PREFIXES.values())})_[{ALPHABET}]{{{LENGTH}}}\Z")


def new_public_id(kind: str) -> str:
    """Return a fresh random id for a kind of record."""
    return f"{PREFIXES[kind]}_{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def derived_public_id(kind: str, *parts: str) -> str:
    """Return the id that always belongs to these parts.

    Imported records get it from their key, so that one file gives the same addresses wherever
    it is imported.
    """
    digest = hashlib.sha256("\x1f".join((kind, *parts)).encode()).digest()
    number = int.from_bytes(digest[:8])
    first, second, third = number & 0x3FF, number >> 10 & 0x3FF, number >> 20 & 0x3FF
    fourth, fifth = number >> 30 & 0x3FF, number >> 40 & 0x3FF
    pairs = _PAIRS
    return (
        f"{PREFIXES[kind]}_{pairs[first]}{pairs[second]}{pairs[third]}{pairs[fourth]}{pairs[fifth]}"
    )
