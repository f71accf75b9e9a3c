"""What a page says of itself in its head: meta tags, links and the title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author",
               "parsely-author", "sailthru.author"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name"),
    "date": ("article:published_time", "og:published_time", "datepublished", "date",
             "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "pubdate",
             "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
             "citation_publication_date"),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language"),
    "url": ("og:url",),
}  # fmt: skip


def said_in_head(tree: Any) -> dict[str, str]:
    """Return title, author, publisher, date, language and url, each empty where it is not said."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (
            tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        )
        if name and tag.get("content"):
            tags.setdefault(name.strip().lower(), " ".join(tag.get("content").split()))
    said = {key: _first(tags.get(name, "") for name in names) for key, names in _NAMES.items()}
    if said["author"].startswith(("http://", "https://")):
        said["author"] = ""  # the address of a profile is no name
    said["title"] = said["title"] or _only(tree, "h1") or _only(tree, "title")
    said["date"] = said["date"] or _time(tree)
    said["language"] = tree.get("lang") or tree.get("xml:lang") or said["language"]
    said["url"] = _canonical(tree) or said["url"]
    return said


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _only(tree: Any, tag: str) -> str:
    """Return the text of the one element of a kind; nothing where there are several."""
    found = [element for _, element in zip(range(2), tree.iter(tag), strict=False)]
    return " ".join(found[0].text_content().split()) if len(found) == 1 else ""


def _time(tree: Any) -> str:
    """Return the moment of publication that a ``time`` element carries."""
    for element in tree.iter("time"):
        is_of_page = (
            element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        )
        if is_of_page and element.get("datetime"):
            return str(element.get("datetime"))
    return ""


def _canonical(tree: Any) -> str:
    links = (link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical")
    return _first(link.strip() for link in links)
