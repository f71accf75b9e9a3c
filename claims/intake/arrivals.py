"""Documents at the door: a text, a page, a file or a web address, all taken in the same way.

What arrives is first read as a document (``Arrival``), which a person may look at and mend, and
then taken: kept with its document, and read for figures.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User

from claims.domain.dates import PartialDate
from claims.domain.intake import Origin
from claims.intake.decoding import decoded
from claims.intake.fetching import Fetched, Fetcher
from claims.intake.pages import PageReading
from claims.intake.reading_apart import page_reading
from claims.intake.refused import NotFetched, NotReadable
from claims.intake.warc import warc_of
from claims.models import Document, Event, StoredText
from claims.services.intake import take_document
from claims.services.readings import Recorded, read_stored

# What a text has at its very beginning when it is the source of a page.
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h1|meta|table)\b",
    re.IGNORECASE | re.DOTALL,
)
# Bytes that begin files which are no text, whatever their names say.
_NO_TEXT = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x7fELF",
    b"\x1f\x8b", b"Rar!", b"{\\rtf", b"RIFF",
)  # fmt: skip
_LONGEST_URL = 1000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it arrives; what is not known is empty.

    ``is_page`` where its details were read by a machine, so that a person should look at them.
    """

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published_on: PartialDate | None = None
    language: str = ""
    url: str = ""
    origin: Origin = Origin.PASTED
    address: str = ""
    final_address: str = ""
    retrieved_at: datetime | None = None
    content_type: str = ""
    warc: bytes | None = None

    @property
    def is_page(self) -> bool:
        """Whether a machine read the details."""
        return self.origin is not Origin.PASTED


class Arrived(NamedTuple):
    """A document taken; ``reading`` is ``None`` where its text was read before."""

    document: Document
    stored: StoredText
    is_new: bool
    reading: Recorded | None


def looks_like_page(text: str) -> bool:
    """Tell whether a pasted text is the source of a page."""
    return _PAGE.match(text) is not None


def arrival_of_text(text: str) -> Arrival:
    """Return a pasted text, or what the source of a page says where it is one."""
    if not looks_like_page(text):
        return Arrival(text=text)
    return arrival_of_page(text, origin=Origin.HTML)


def arrival_of_page(page: str, *, origin: Origin) -> Arrival:
    """Return what the source of a page says."""
    return _arrival(page_reading(page), origin=origin)


def arrival_of_file(content: bytes, *, name: str = "") -> Arrival:
    """Return what an uploaded page or text says; its own name is nothing but a hint.

    Raises ``NotReadable`` for a file that is neither.
    """
    if content.startswith(_NO_TEXT) or _is_binary(content):
        raise NotReadable(
            f"Expected a page (HTML) or a plain text, but {name[:80] or 'this file'} is neither. "
            "Open it and paste its text instead."
        )
    if looks_like_page(decoded(content[:4096])):
        return _arrival(page_reading(content), origin=Origin.UPLOADED)
    return Arrival(text=decoded(content), origin=Origin.UPLOADED, content_type="text/plain")


def _is_binary(content: bytes) -> bool:
    """Tell whether a file has zero bytes without being text of two bytes a character."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return b"\x00" in content[:4096] and not is_wide


def arrival_of_address(url: str, *, fetcher: Fetcher) -> Arrival:
    """Return what the page at a web address says, with the copy of it."""
    page = fetcher.fetch(url)
    if page.content_type == "text/plain":
        reading = PageReading(text=decoded(page.body, page.charset))
    else:
        reading = page_reading(page.body, charset=page.charset)
    return _arrival(reading, origin=Origin.FETCHED, page=page)


def configured_fetcher() -> Fetcher:
    """Return the fetcher of this tracker; raise ``NotFetched`` where it does not fetch."""
    if not settings.INTAKE_FETCH:
        raise NotFetched(
            "This tracker does not fetch pages (its setting INTAKE_FETCH is off). Open the page "
            "in a browser and paste its text."
        )
    contact = "; ".join(filter(None, (settings.SITE_URL, settings.CONTACT_EMAIL)))
    agent = f"casualty-tracker (+{contact})".encode("ascii", "ignore").decode()
    return Fetcher(agent, ports=frozenset(settings.INTAKE_PORTS))


def take_arrival(arrival: Arrival, *, by: User, event: Event | None = None) -> Arrived:
    """Keep a document that arrived and read its figures, unless its text is there already."""
    taken = take_document(
        by=by,
        text=arrival.text,
        title=arrival.title,
        publisher=arrival.publisher,
        author=arrival.author,
        published_on=arrival.published_on,
        url=arrival.url,
        language=arrival.language,
        origin=arrival.origin,
        address=arrival.address,
        final_address=arrival.final_address,
        retrieved_at=arrival.retrieved_at,
        content_type=arrival.content_type,
        warc=arrival.warc,
        event=event,
    )
    # A text that was kept but never read, because reading it failed, is read now.
    reading = read_stored(taken.stored, by=by) if taken.stored.read_at is None else None
    taken.stored.refresh_from_db(fields=["language", "extractor_version", "read_at", "version"])
    return Arrived(taken.document, taken.stored, taken.is_new, reading)


def _arrival(reading: PageReading, *, origin: Origin, page: Fetched | None = None) -> Arrival:
    return Arrival(
        text=reading.text,
        title=reading.title,
        publisher=reading.publisher,
        author=reading.author,
        published_on=reading.published_on,
        language=reading.language,
        url=_own_address(reading.url, page.final_address if page else ""),
        origin=origin,
        address=page.address if page else "",
        final_address=page.final_address if page else "",
        retrieved_at=page.retrieved_at if page else None,
        content_type=page.content_type if page else "text/html",
        warc=warc_of(page) if page else None,
    )


def _own_address(said: str, fetched: str) -> str:
    """Return the address that a page calls its own, unless it was fetched from another site."""
    is_believed = not fetched or _host(said) == _host(fetched)
    url = said if said and is_believed else fetched
    return url if len(url) <= _LONGEST_URL else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
