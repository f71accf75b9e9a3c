"""Bytes of a page as text, in whatever encoding they are.

What a page declares is often wrong, while text that is valid UTF-8 is hardly ever anything else;
so the bytes are asked first and what is declared second.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 4096
_SAMPLE = 200_000
_LAST_RESORT = "windows-1252"


def decoded(content: bytes, declared: str = "") -> str:
    """Return the text of a page; ``declared`` is the encoding that came with it, if any.

    Never fails: where nothing fits, bytes without a meaning become replacement characters.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(encoding, "replace"))
    found = _DECLARED.search(content[:_HEAD])
    named = [declared, found[1].decode("ascii") if found else ""]
    wide = [name for name in named if name.lower().startswith("utf-16")]
    for encoding in (*wide, "utf-8", *named):
        text = _as(encoding, content)
        if text is not None:
            return _clean(text)
    return _clean(content.decode(_detected(content), "replace"))


def _as(encoding: str, content: bytes) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (ValueError, LookupError):  # a name with a zero byte is a ValueError
        return None


def _detected(content: bytes) -> str:
    # Only for pages that say nothing, or something wrong, of themselves; 60 ms to import.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best else _LAST_RESORT


def _clean(text: str) -> str:
    return text.lstrip("\ufeff").replace("\x00", "")
