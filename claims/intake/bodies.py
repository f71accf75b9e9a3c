"""The body of an answer: read to its end, unpacked, never more than is taken."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse

from claims.intake.addresses import Address
from claims.intake.connecting import Oversized
from claims.intake.refused import NotFetched

_CHUNK = 65_536
_PACKED = ("gzip", "x-gzip", "deflate")
# 32 + 15: the header tells whether it is gzip or zlib.
_EITHER = 47


def body_of(address: Address, response: HTTPResponse, *, largest: int) -> bytes:
    """Return the body unpacked.

    Raises ``Oversized`` for more than ``largest`` bytes, sent or unpacked, and ``NotFetched``
    for one that is packed in another way or ends before its announced length.
    """
    if (response.length or 0) > largest:
        raise Oversized(largest)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    parts = _parts(address, response)
    if encoding in _PACKED:
        parts = _unpacked(address, parts)
    elif encoding != "identity":
        raise _refused(address, "a page packed with gzip or not at all", f"“{encoding[:40]}”")
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > largest:
            raise Oversized(largest)
    return bytes(body)


def _parts(address: Address, response: HTTPResponse) -> Iterator[bytes]:
    while part := response.read1(_CHUNK):
        yield part
    if response.length:
        raise _refused(address, "a whole page", f"that {response.length:,} bytes are missing")


def _unpacked(address: Address, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the unpacked bytes in pieces of a bounded size, whatever they were packed to."""
    unpacking = zlib.decompressobj(_EITHER)
    try:
        for part in parts:
            waiting = part
            while waiting and not unpacking.eof:
                yield unpacking.decompress(waiting, _CHUNK)
                waiting = unpacking.unconsumed_tail
    except zlib.error as error:
        raise _refused(address, "a packed page", "what cannot be unpacked") from error
    if not unpacking.eof:
        raise _refused(address, "a whole page", "the end of it missing")


def _refused(address: Address, expected: str, found: str) -> NotFetched:
    return NotFetched(
        f"The page {address.url} was not fetched: expected {expected}, found {found}. Paste the "
        "text instead."
    )
