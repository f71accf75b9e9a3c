"""One entry of the public log as pages show it, in text made of escaped strings.

Whatever comes from a record goes through ``escape`` here, once, where it enters the text.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from claims.web import words
from claims.web.event_page.rows import time_html
from claims.web.log_entries import LogEntry

_LEADS = {"revised": "Replaces", "merged": "Merged into"}


def entry_html(entry: LogEntry, *, link_subject: bool, is_short: bool = False) -> SafeString:
    """Return an entry; on its subject's own page without a link to it, and short without why."""
    parts = [
        f'<p class="log-head"><span class="tag">{escape(entry.kind_words)}</span> ',
        _subject(entry, link_subject=link_subject),
        _document(entry, link_subject=link_subject),
        "</p>\n",
    ]
    if entry.event and link_subject:
        event = _link(entry.event.get_absolute_url(), entry.event.title)
        parts.append(f'<p class="soft small">on {event}</p>\n')
    parts += [_target(entry), _fields(entry)]
    if entry.reason and not is_short:
        parts.append(f'<p class="small">Reason: {escape(entry.reason)}</p>\n')
    return SafeString("".join(parts))


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _subject(entry: LogEntry, *, link_subject: bool) -> str:
    if entry.subject:
        return _link(entry.address, entry.subject) if link_subject else ""
    kind = "An event" if entry.record_kind == "event" else f"A {entry.record_kind}"
    return f'{_link(entry.address, kind)} <span class="soft">(not public now)</span>'


def _document(entry: LogEntry, *, link_subject: bool) -> str:
    if entry.document is None:
        return ""
    where = "cited in" if link_subject else "a citation in"
    document = _link(entry.document.get_absolute_url(), entry.document.name)
    return f' <span class="soft">{where}</span> {document}'


def _target(entry: LogEntry) -> str:
    """Return what a revision replaced, a merged record became, a split one came from."""
    if not entry.target_address:
        return ""
    old = entry.replaced
    name = words.figure(old.figure) if old else entry.target_id
    when = f" of {time_html(old.claimed)}" if old and old.claimed else ""
    leads = _LEADS.get(entry.kind, "Split from")
    return f'<p class="small">{leads} {_link(entry.target_address, name)}{when}.</p>\n'


def _fields(entry: LogEntry) -> str:
    if not entry.fields:
        return ""
    rows = [
        f"<dt>{escape(field.name)}</dt><dd><del>{escape(field.before)}</del> "
        f'<span aria-hidden="true">→</span> <ins>{escape(field.after)}</ins></dd>\n'
        for field in entry.fields
    ]
    return f'<dl class="before-after">\n{"".join(rows)}</dl>\n'
