"""What changed between one snapshot and the next, by id, from the public log.

Written entry by entry: between two snapshots there may be an import of millions of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, QuerySet

from claims.domain.vocabularies import CHANGE_KIND
from claims.models import Change
from claims.queries.lists import public_changes

SHOWN_IN_WORDS = 100
_AT_ONCE = 1_000


def newest_entry() -> int:
    """Return the id of the newest entry of the log."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@dataclass(frozen=True)
class Log:
    """What was added, revised, corrected ... after one entry up to another.

    ``since`` names the earlier snapshot, and is empty for the first of all, which tells nothing.
    """

    since: str
    after: int
    until: int

    @cached_property
    def sections(self) -> dict[str, dict[str, int]]:
        """How many entries there are of each kind, by kind of record."""
        if not self.since:
            return {}
        rows = self._entries().order_by().values_list("kind", "record_kind")
        found = {(kind, of): n for kind, of, n in rows.annotate(n=Count("pk"))}
        kinds = [code for code in CHANGE_KIND.codes if any(kind == code for kind, _ in found)]
        return {k: {of: found[k, of] for kind, of in sorted(found) if kind == k} for k in kinds}

    @property
    def counts(self) -> dict[str, int]:
        """How many entries there are of each kind, where any."""
        return {kind: sum(section.values()) for kind, section in self.sections.items()}

    def entries(self, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield kind of record and entry of one kind of change, the kinds of record together."""
        rows = self._entries().filter(kind=kind).order_by("record_kind", "pk")
        for of, record_id, target_id in rows.values_list(
            "record_kind", "record_id", "target_id"
        ).iterator(chunk_size=_AT_ONCE):
            yield of, _named(record_id, target_id)

    def first(self, kind: str, record_kind: str) -> list[dict[str, str]]:
        """Return the first entries of a kind about a kind of record."""
        rows = self._entries().filter(kind=kind, record_kind=record_kind).order_by("pk")
        some = rows.values_list("record_id", "target_id")[:SHOWN_IN_WORDS]
        return [_named(*row) for row in some]

    def _entries(self) -> QuerySet[Any]:
        entries = public_changes().select_related(None)
        return entries.filter(pk__gt=self.after, pk__lte=self.until)


def _named(record_id: str, target_id: str) -> dict[str, str]:
    return {"id": record_id, "target": target_id} if target_id else {"id": record_id}


def changelog_json(log: Log) -> Iterator[str]:
    """Yield the changes as JSON, an entry a line."""
    head = {"since": log.since or None, "counts": log.counts}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    for kind in CHANGE_KIND.codes:
        yield f',\n "{kind}": {{'
        if kind in log.sections:
            yield from _section(log, kind)
        yield "}"
    yield "\n}\n"


def _section(log: Log, kind: str) -> Iterator[str]:
    between = "\n"
    for record_kind, entries in groupby(log.entries(kind), key=itemgetter(0)):
        yield f'{between}  "{record_kind}": ['
        comma = "\n"
        for _, entry in entries:
            yield f"{comma}   {json.dumps(entry, ensure_ascii=False)}"
            comma = ",\n"
        yield "\n  ]"
        between = ",\n"
    yield "\n "


def changelog_text(name: str, log: Log) -> str:
    """Return the changes as Markdown, long lists cut short."""
    if not log.since:
        return f"# Changes of {name}\n\nThis is the first snapshot.\n"
    parts = [f"# Changes of {name} since {log.since}\n"]
    for term in CHANGE_KIND:
        for record_kind, count in log.sections.get(term.code, {}).items():
            parts.append(f"## {term.label}: {count:,} × {record_kind}\n")
            parts += [f"- {_in_words(entry)}" for entry in log.first(term.code, record_kind)]
            if count > SHOWN_IN_WORDS:
                parts.append(f"- and {count - SHOWN_IN_WORDS:,} more in changelog.json")
            parts.append("")
    if len(parts) == 1:
        parts.append("Nothing changed.\n")
    return "\n".join(parts)


def _in_words(entry: dict[str, str]) -> str:
    return f"{entry['id']} → {entry['target']}" if "target" in entry else entry["id"]
