"""Documents taken in with what they say: kept once, led to again, read by a machine afterwards.

The kept text is for editors only. The same text, whatever its white space, or the same web
address leads to the document that is there already, and nothing of it is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db.models import Q

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.intake import LONGEST_TEXT, Origin, fingerprint, kept_text
from claims.models import Document, Event, Source, StoredText
from claims.queries.source_names import source_named
from claims.services import events, permissions, plain_records, sources
from claims.services.records import Edit, editing
from claims.services.refusals import Incomplete, NotAllowed, WrongState

LONGEST_TITLE = 200


class Taken(NamedTuple):
    """A document with the kept text; ``is_new`` where the text was not there and has to be read."""

    document: Document
    stored: StoredText
    is_new: bool


class KeptCopy(TypedDict, total=False):
    """Where a text was got from, when, and the page itself as it was sent."""

    address: str
    final_address: str
    retrieved_at: datetime | None
    content_type: str
    warc: bytes | None


class Printed(TypedDict, total=False):
    """What a document says of itself beside its text."""

    title: str
    author: str
    url: str
    archived_url: str
    language: str


class Arriving(KeptCopy, Printed, total=False):
    """The columns of a document and of its kept copy that can be given with a text."""


def take_document(
    *,
    by: User,
    text: str,
    publisher: Source | str | None = None,
    published_on: date | PartialDate | None = None,
    precision: str = "day",
    origin: str = Origin.PASTED,
    event: Event | None = None,
    **given: Unpack[Arriving],
) -> Taken:
    """Keep what a document says, with the document where it is not there yet.

    ``publisher`` may be a name: a source of exactly that name, or a new one. Without a title the
    first line stands for it. Raises ``Incomplete`` for no text or too much of it, ``WrongState``
    where the text or address belongs to a document that was withdrawn.
    """
    permissions.check(by, permissions.DRAFTING)
    kept = _checked(text)
    said = _said(given, kept) | _dated(published_on, precision)
    with editing(by=by) as edit:
        stored = StoredText.objects.filter(sha256=fingerprint(kept)).first()
        if stored is not None:
            return Taken(_known_document(edit, stored.document, said, publisher), stored, False)
        document = _document(edit, said, publisher)
        stored = StoredText(
            document=document, text=kept, sha256=fingerprint(kept), origin=str(origin), event=event
        )
        stored.stored_by = by
        for name in KeptCopy.__annotations__:
            if name in given:
                setattr(stored, name, given[name])  # type: ignore[literal-required]
        edit.save(stored)
        return Taken(document, stored, True)


def choose_event(
    stored: StoredText,
    *,
    by: User,
    event: Event | Mapping[str, Any] | None,
    expected_version: int | None = None,
) -> StoredText:
    """Say which event a text is mainly about: the default for every figure read in it.

    ``event`` may be the columns of a new one, which is not made where the text was changed.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by) as edit:
        held = edit.lock(stored, expected_version)
        about = events.create_within(edit, event) if isinstance(event, Mapping) else event
        if about is not None and about.state == "withdrawn":
            raise WrongState(f"“{about}” was withdrawn; choose another event.")
        held.event = about
        edit.save(held)
        return held


def _said(given: Arriving, kept: str) -> dict[str, Any]:
    """Return the columns of the document as given; the first line stands for a title."""
    first_line = kept.split("\n", 1)[0][:LONGEST_TITLE]
    return {
        "title": given.get("title", "").strip() or first_line,
        "author": given.get("author", "")[:250],
        "url": given.get("url", "").partition("#")[0],
        "archived_url": given.get("archived_url", ""),
        "language": given.get("language", ""),
    }


def _checked(text: str) -> str:
    kept = kept_text(text)
    if not kept:
        raise Incomplete({"text": ["There is no text. Paste what the document says."]})
    if len(kept) > LONGEST_TEXT:
        said = f"Expected at most {LONGEST_TEXT:,} characters, got {len(kept):,}. Take it in parts."
        raise Incomplete({"text": [said]})
    return kept


def _dated(published_on: date | PartialDate | None, precision: str) -> dict[str, Any]:
    """Return the two columns of a date that is known in part."""
    if published_on is None:
        return {}
    if isinstance(published_on, PartialDate):
        known = published_on
    else:
        known = PartialDate(published_on, DatePrecision(precision))
    return {"published_on": known.last, "published_on_precision": str(known.precision)}


def _document(edit: Edit, said: dict[str, Any], publisher: Source | str | None) -> Document:
    """Return the document at the address, or a new draft."""
    if said["url"] and (known := _at_address(said["url"])) is not None:
        return _known_document(edit, known, said, publisher)
    document = Document(**said, publisher=_publisher(edit, publisher))
    edit.save(document)
    return document


def _at_address(url: str) -> Document | None:
    """Return the document of an address, one that stands before a withdrawn one."""
    there = Document.objects.filter(Q(url=url) | Q(archived_url=url)).order_by("pk")
    found = list(there.select_related("merged_into", "publisher")[:20])
    return next((d for d in found if d.state != "withdrawn"), found[0] if found else None)


def _known_document(
    edit: Edit, found: Document, said: dict[str, Any], publisher: Source | str | None
) -> Document:
    """Return a document that is there already; what was empty in a draft is filled in."""
    document = found.merged_into or found
    if document.state == "withdrawn":
        raise WrongState(
            f"This text or address belongs to “{document}” ({document.public_id}), which was "
            "withdrawn. Bring that document back first if it should carry claims again."
        )
    held = edit.lock(document)
    if held.state != "draft" or not _may_edit(held, edit.by):
        return held
    missing = {name: value for name, value in said.items() if value and not getattr(held, name)}
    if "published_on" not in missing:
        missing.pop("published_on_precision", None)
    else:
        missing["published_on_precision"] = said["published_on_precision"]
    _without_taken_address(held, missing)
    if held.publisher_id is None:
        missing["publisher"] = _publisher(edit, publisher)
    for name, value in missing.items():
        setattr(held, name, value)
    plain_records.save_edited(edit, held)
    return held


def _may_edit(held: Document, by: User) -> bool:
    try:
        permissions.check_edit(held, by)
    except NotAllowed:
        return False
    return True


def _without_taken_address(held: Document, missing: dict[str, Any]) -> None:
    """Leave out an address that another document has."""
    if missing.get("url") and _at_address(missing["url"]) not in (None, held):
        del missing["url"]


def _publisher(edit: Edit, publisher: Source | str | None) -> Source | None:
    if isinstance(publisher, str):
        name = publisher.strip()
        if not name:
            return None
        return source_named(name) or sources.create_within(
            edit, {"name": name[:250], "kind": "news_media"}
        )
    return publisher
