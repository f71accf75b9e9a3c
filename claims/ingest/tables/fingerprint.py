"""One pass over a file: its SHA-256, whether it is UTF-8 throughout, how many lines it has."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from claims.ingest.csv_table import NoTable

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a pass over a file found; ``sample`` is its first megabyte."""

    sha256: str
    is_utf8: bool
    lines: int
    sample: bytes


def fingerprint(path: Path) -> Fingerprint:
    """Read a file through; raise ``NoTable`` where it is empty or cannot be read."""
    digest = hashlib.sha256()
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    lines, sample, last = 0, b"", b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                sample = sample or chunk
                digest.update(chunk)
                lines += chunk.count(b"\n")
                last = chunk
                decoder = _still_utf8(decoder, chunk)
    except OSError as error:
        raise NoTable(1, "", f"The file cannot be read: {error.strerror or error}.") from error
    if not sample:
        raise NoTable(1, "", "The file is empty.")
    is_whole = _still_utf8(decoder, b"", final=True) is not None
    return Fingerprint(digest.hexdigest(), is_whole, lines + (not last.endswith(b"\n")), sample)


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder
