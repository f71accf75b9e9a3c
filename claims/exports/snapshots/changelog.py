"""What changed between one snapshot and the next, by id, from the public log."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from claims.domain.vocabularies import CHANGE_KIND
from claims.models import Change
from claims.queries.lists import public_changes

SHOWN_IN_WORDS = 100
Log = dict[str, Any]


def newest_entry() -> int:
    """Return the id of the newest entry of the log."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changes_between(before: str, after: int, until: int) -> Log:
    """Return the ids of what was added, revised, corrected ... after one entry up to another.

    ``before`` names the earlier snapshot, and is empty for the first of all.
    """
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    entries = public_changes().select_related(None).filter(pk__gt=after, pk__lte=until)
    rows = entries.order_by("pk").values_list("kind", "record_kind", "record_id", "target_id")
    for kind, record_kind, record_id, target_id in rows.iterator() if before else ():
        named = {"id": record_id, "target": target_id} if target_id else {"id": record_id}
        found[kind][record_kind].append(named)
    return {
        "since": before or None,
        "counts": {k: sum(map(len, found[k].values())) for k in CHANGE_KIND.codes if k in found},
        **{code: {k: found[code][k] for k in sorted(found[code])} for code in CHANGE_KIND.codes},
    }


def changelog_text(name: str, log: Log) -> str:
    """Return the changes as Markdown, long lists cut short."""
    if log["since"] is None:
        return f"# Changes of {name}\n\nThis is the first snapshot.\n"
    parts = [f"# Changes of {name} since {log['since']}\n"]
    for term in CHANGE_KIND:
        for record_kind, entries in log[term.code].items():
            parts.append(f"## {term.label}: {len(entries):,} × {record_kind}\n")
            parts += [f"- {_in_words(entry)}" for entry in entries[:SHOWN_IN_WORDS]]
            if len(entries) > SHOWN_IN_WORDS:
                parts.append(f"- and {len(entries) - SHOWN_IN_WORDS:,} more in changelog.json")
            parts.append("")
    if len(parts) == 1:
        parts.append("Nothing changed.\n")
    return "\n".join(parts)


def _in_words(entry: dict[str, str]) -> str:
    return f"{entry['id']} → {entry['target']}" if "target" in entry else entry["id"]
