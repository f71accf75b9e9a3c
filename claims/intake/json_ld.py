"""What a page says of itself in JSON-LD (schema.org), in any of the shapes that sites print."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_MOST_BLOCKS = 20
_LONGEST_BLOCK = 500_000
_MOST_NODES = 2_000
_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "PressRelease")

Node = dict[str, Any]


def said_in_json_ld(blocks: Iterable[str]) -> dict[str, str]:
    """Return title, author, publisher, date, language and url, each empty where it is not said.

    ``blocks`` are the contents of the page's scripts; broken ones are passed over.
    """
    nodes = _nodes(blocks)
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    about = sorted((node for node in nodes if _rank(node) is not None), key=_rank)  # type: ignore[arg-type]
    return {
        "title": _first(_text(node.get("headline")) or _text(node.get("name")) for node in about),
        "author": _first(_names(node.get("author"), named) for node in about),
        "publisher": _first(_names(node.get("publisher"), named) for node in about),
        "date": _first(_text(node.get("datePublished")) for node in about),
        "language": _first(_language(node.get("inLanguage")) for node in about),
        "url": _first(_url(node) for node in about),
    }


def _nodes(blocks: Iterable[str]) -> list[Node]:
    """Return all objects of all blocks, outer before inner, at most ``_MOST_NODES``."""
    waiting: list[Any] = [
        loaded for _, block in zip(range(_MOST_BLOCKS), blocks, strict=False)
        if (loaded := _loaded(block)) is not None
    ]  # fmt: skip
    found: list[Node] = []
    for value in waiting:
        if len(found) >= _MOST_NODES:
            break
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


def _loaded(block: str) -> Any:
    """Return a block as data; ``None`` where it cannot be read even with its slips mended."""
    if len(block) > _LONGEST_BLOCK:
        return None
    plain = _WRAPPING.sub("", block)
    for text in (plain, _TRAILING_COMMA.sub(r"\1", plain)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _rank(node: Node) -> int | None:
    """Return 0 for an article, 1 for a page, ``None`` for anything else."""
    given = node.get("@type")
    types = [str(kind) for kind in (given if isinstance(given, list) else [given])]
    if any(kind.rpartition("/")[2].endswith(_ARTICLES) for kind in types):
        return 0
    return 1 if any(kind.endswith("WebPage") for kind in types) else None


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _first(map(_text, value))
    return html.unescape(" ".join(value.split())) if isinstance(value, str) else ""


def _names(value: Any, named: dict[str, Node]) -> str:
    """Return the names of persons or organisations, parted by commas."""
    found = dict.fromkeys(name for name in _each_name(value, named) if name)
    return ", ".join(found)


def _each_name(value: Any, named: dict[str, Node]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            known = named.get(str(one.get("@id")), {})
            yield _text(one.get("name")) or _text(known.get("name"))
        elif _text(one).startswith(("http://", "https://")):
            yield _text(named.get(str(one), {}).get("name"))
        else:
            yield _text(one)


def _language(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("alternateName")) or _text(value.get("name"))
    return _text(value)


def _url(node: Node) -> str:
    page = node.get("mainEntityOfPage")
    there = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return _text(node.get("url")) or _text(there)
