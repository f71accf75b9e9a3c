"""One claim as the table of the event page shows it, in text made of escaped strings.

Joined strings cost a tenth of what a template costs, and a table has hundreds of these rows.
Whatever comes from a record goes through ``escape`` here, once, where it enters the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.domain.dates import PartialDate
from claims.domain.figures import Qualifier
from claims.domain.vocabularies import CREDIBILITY
from claims.queries.compared import ComparedCitation, ComparedClaim, ComparedDocument
from claims.queries.comparisons import ClaimInComparison
from claims.web import words
from claims.web.escaping import recurring

_LONGEST_NAME = 60
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One claim as the table shows it; ``silence`` says why it does not vote.

    ``victims`` says who is counted where the source's words are not kept.
    """

    shown: ClaimInComparison
    stance: str
    basis: str
    silence: str
    victims: str


def row_html(row: TableRow, *, has_credibility: bool) -> str:
    """Return the row of the table."""
    claim, kind = row.shown.claim, ' class="silent"' if row.silence else ""
    is_read = claim.qualifier == Qualifier.ORDER
    cells = [
        f'<tr id="{claim.public_id}"{kind}>\n',
        _claimant(row),
        _worded(claim),
        _number("Low", claim.low, is_read=is_read),
        _number("Best", claim.best),
        _number("High", claim.high, is_read=is_read),
        _counted(row, claim),
        f'<td data-label="Claimed on"><span>{_dated(row.shown)}</span></td>\n',
        _credibility(claim.credibility) if has_credibility else "",
        f'<td data-label="Printed by"><span>{_printed_by(row.shown.citations)}</span></td>\n',
        "</tr>\n",
    ]
    return "".join(cells)


def _claimant(row: TableRow) -> str:
    claimant = row.shown.claim.claimant
    silence = f"; {recurring(row.silence)}" if row.silence else ""
    return (
        f'<th scope="row"><a href="{claimant.get_absolute_url()}">{recurring(claimant.name)}</a>'
        f'<span class="under">{recurring(row.stance)}{silence}</span></th>\n'
    )


def _worded(claim: ComparedClaim) -> str:
    said = escape(words.figure(claim.figure))
    return (
        f'<td data-label="As worded" class="wording"><a href="{claim.get_absolute_url()}">'
        f"{said}</a></td>\n"
    )


def _number(label: str, number: int | None, *, is_read: bool = False) -> str:
    """Return a number; one that was read from a word such as "hundreds" stands in brackets."""
    if number is None:
        return f'<td data-label="{label}" class="num none"></td>\n'
    if is_read:
        return f'<td data-label="{label}" class="num soft">({number:,})</td>\n'
    return f'<td data-label="{label}" class="num">{number:,}</td>\n'


def _counted(row: TableRow, claim: ComparedClaim) -> str:
    notes = [recurring(row.basis)]
    if claim.interval:
        notes.append(f"{escape(claim.interval)} interval")
    if claim.disordered:
        notes.append("printed out of order by the source")
    if claim.as_of:
        notes.append(f"as of {time_html(claim.as_of)}")
    if claim.period_start or claim.period_end:
        start = f"from {time_html(claim.period_start)}" if claim.period_start else ""
        end = f"to {time_html(claim.period_end)}" if claim.period_end else ""
        notes.append(f"period {start} {end}")
    if claim.area:
        notes.append(f"area: {escape(claim.area)}")
    return (
        f'<td data-label="Who is counted"><span>{recurring(claim.victims_wording or row.victims)}'
        f'<span class="under">{"; ".join(notes)}</span></span></td>\n'
    )


def _dated(shown: ClaimInComparison) -> str:
    if shown.claim.claimed:
        return time_html(shown.claim.claimed)
    printed = shown.statement.cited_on
    under = f'<span class="under">printed {time_html(printed)}</span>' if printed else ""
    return f'<span class="soft">not dated{under}</span>'


def _credibility(code: str) -> str:
    kind = "" if code else ' class="none"'
    label = escape(CREDIBILITY.label(code)) if code else ""
    return f'<td data-label="Credibility"{kind}>{label}</td>\n'


def _printed_by(citations: Sequence[ComparedCitation]) -> str:
    if not citations:
        return '<span class="soft">no public document</span>'
    first, *others = [document_html(citation.document) for citation in citations]
    if not others:
        return first
    items = "".join([f"<li>{other}</li>" for other in others])
    return (
        f"{first}<details><summary>and {len(others)} more</summary>"
        f'<ul class="plain">{items}</ul></details>'
    )


def document_html(document: ComparedDocument) -> str:
    """Return a document as a link, with its date, its original and its archived copy."""
    name = document.name
    shown = document.publisher.name if document.publisher else Truncator(name).chars(_LONGEST_NAME)
    dated = document.published
    return (
        f'<a href="{document.get_absolute_url()}" title="{escape(name)}">{recurring(shown)}</a>'
        + (f', <span class="nowrap">{time_html(dated)}</span>' if dated else "")
        + _copy(document.url, "original")
        + _copy(document.archived_url, "archived")
    )


def publisher_link(document: ComparedDocument) -> SafeString:
    """Return a document as a link that bears its publisher's name, or else its own."""
    name = document.publisher.name if document.publisher else ""
    return SafeString(
        f'<a href="{document.get_absolute_url()}">{escape(name or document.name)}</a>'
    )


def _copy(address: str, label: str) -> str:
    if not address.startswith(_WEB):
        return ""
    return f' <a class="small" href="{escape(address)}" rel="noreferrer nofollow">{label}</a>'


def time_html(day: PartialDate | date) -> str:
    """Return a day, month or year as a time element."""
    known = day if isinstance(day, PartialDate) else PartialDate(day)
    return f'<time datetime="{known.isoformat()}">{known.label()}</time>'
