"""A web page read: what it says of itself, and its text with its paragraphs.

What a page says in JSON-LD comes first, because there a date keeps its time and zone; then its
meta tags; then what trafilatura finds. A person sees it all before it is kept.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.domain.dates import PartialDate
from claims.intake.json_ld import said_in_json_ld
from claims.intake.meta_tags import said_in_head
from claims.intake.page_dates import printed_date
from claims.intake.refused import NotReadable

_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_LANGUAGES = {"english": "en", "russian": "ru", "ukrainian": "uk", "spanish": "es",
              "french": "fr", "arabic": "ar"}  # fmt: skip
_LONGEST_NAME = 250
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as read; what it does not say is empty.

    ``published_on`` is the day in the page's own zone, ``published_at`` the moment where the page
    gives a zone. ``url`` is the address that the page calls its own. Paragraphs of ``text`` are
    parted by an empty line.
    """

    title: str = ""
    author: str = ""
    publisher: str = ""
    published_on: PartialDate | None = None
    published_at: datetime | None = None
    language: str = ""
    url: str = ""
    text: str = ""


def read_page(page: str) -> PageReading:
    """Return what a page says; raise ``NotReadable`` where no text is found in it."""
    tree = _tree(page)
    found = _by_trafilatura(tree)
    text = _paragraphs(found.text or "")
    if not text:
        raise NotReadable(
            "No text was found in this page. Copy the text of the article in the browser and "
            "paste it instead."
        )
    sayings = [said_in_json_ld(_scripts(tree)), said_in_head(tree), _said_by(found)]
    said = {key: next((s[key] for s in sayings if s[key]), "") for key in sayings[0]}
    language = language_code(said["language"])
    day, at = printed_date(said["date"], language)
    return PageReading(
        title=said["title"][:_LONGEST_TITLE],
        author=said["author"][:_LONGEST_NAME],
        publisher=said["publisher"][:_LONGEST_NAME],
        published_on=day,
        published_at=at,
        language=language,
        url=said["url"] if said["url"].startswith(("https://", "http://")) else "",
        text=text,
    )


def language_code(said: str) -> str:
    """Return a language as its code: "en" of "en-GB", "en_US" or "English"; else nothing."""
    code = re.split(r"[-_,;]", said.strip().lower())[0]
    code = _LANGUAGES.get(code, code)
    return code if _LANGUAGE.match(code) else ""


def _tree(page: str) -> Any:
    # lxml and trafilatura take 0.2 s to import, which no page of the site should wait for.
    from lxml import etree, html  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8")
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise NotReadable("This page is empty. Paste the text of the article instead.") from error


def _scripts(tree: Any) -> list[str]:
    return [
        script.text or ""
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]


def _by_trafilatura(tree: Any) -> Any:
    """Return what trafilatura finds in a page; it leaves the tree as it is."""
    from trafilatura import bare_extraction, extract_metadata  # noqa: PLC0415  see _tree

    found = extract_metadata(deepcopy(tree), extensive=False)
    body = bare_extraction(deepcopy(tree), include_comments=False)
    found.text = getattr(body, "text", None)
    return found


def _said_by(found: Any) -> dict[str, str]:
    return {
        "title": found.title or "",
        "author": (found.author or "").replace(";", ","),
        "publisher": found.sitename or "",
        "date": found.date or "",
        "language": found.language or "",
        "url": found.url or "",
    }


def _paragraphs(text: str) -> str:
    """Return a text of one paragraph a line with an empty line between them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)
