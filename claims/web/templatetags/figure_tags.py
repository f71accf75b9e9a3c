"""Numbers, dates, figures and verdicts as people read them.

``{{ 15002|people }}`` gives 15,002; ``{{ claim|figure_words }}`` "about 400";
``{{ claim.claimed|when }}`` a time element; ``{{ row.gap_ratio|factor }}`` 3.9;
``{{ "killed"|label:"measure" }}`` the label of a code; ``{{ row|question_words }}`` "civilians of
Ukraine killed"; ``{% verdict code %}`` the word in its frame; ``{% range_bar row %}`` lowest, bar
and highest; ``{% log_entry entry link_subject=True %}`` an entry of the public log.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.domain import vocabularies
from claims.domain.dates import PartialDate
from claims.models import Event
from claims.web import words
from claims.web.charts.range_bar import Range
from claims.web.charts.range_bar import range_bar as drawn_range_bar
from claims.web.event_page.rows import time_html
from claims.web.log_entries import LogEntry
from claims.web.log_html import entry_html

register = template.Library()
_VOCABULARIES = {vocabulary.name: vocabulary for vocabulary in vocabularies.ALL}


@register.filter
def people(number: int | None) -> str:
    """Return a number of people with its thousands parted; empty where none is stated."""
    return "" if number is None else f"{number:,}"


@register.filter
def figure_words(claim: Any) -> str:
    """Return a claim's figure in the source's words, or its numbers where no words are kept."""
    return words.figure(claim.figure)


@register.filter
def when(day: PartialDate | date | None) -> str | SafeString:
    """Return a day, month or year as a time element; empty where it is not known."""
    if day is None:
        return ""
    return SafeString(time_html(day))


@register.filter
def took_place(event: Event) -> str:
    """Return when an event took place: "1 to 3 July 1863"; empty where it is not known."""
    return words.period(event.started, event.ended) if event.started else ""


@register.filter
def factor(ratio: Decimal | None) -> str:
    """Return a ratio to no more digits than help, rounded down; empty where there is none."""
    return "" if ratio is None else words.factor(ratio)


@register.filter
def label(code: str, vocabulary: str) -> str:
    """Return what people read for a code of a vocabulary."""
    return _VOCABULARIES[vocabulary].label(code)


@register.filter
def definition(code: str, vocabulary: str) -> str:
    """Return what a code of a vocabulary means."""
    return next((term.definition for term in _VOCABULARIES[vocabulary] if term.code == code), "")


@register.filter
def question_words(question: Any) -> str:
    """Return "civilians of Ukraine killed" for anything with measure, victims, victims_party."""
    party = question.victims_party.name if question.victims_party else ""
    return words.question(question.measure, question.victims, party)


@register.filter
def coordinates(event: Event) -> str:
    """Return "48.0478° N, 37.9258° E"; empty where the event has none."""
    if event.latitude is None or event.longitude is None:
        return ""
    north = "N" if event.latitude >= 0 else "S"
    east = "E" if event.longitude >= 0 else "W"
    return f"{abs(float(event.latitude)):g}° {north}, {abs(float(event.longitude)):g}° {east}"


@register.filter
def lower_first(phrase: str) -> str:
    """Return a phrase as it stands after a colon."""
    return phrase[:1].lower() + phrase[1:]


@register.filter
def is_web_address(address: str) -> bool:
    """Tell whether an address is one that a page may link to."""
    return address.startswith(("https://", "http://"))


@register.simple_tag
@cache
def verdict(code: str) -> SafeString:
    """Return a verdict as a word in its frame; what it means shows when pointed at."""
    return format_html(
        '<span class="verdict verdict-{}" title="{}">{}</span>',
        code,
        definition(code, "verdict"),
        vocabularies.VERDICT.label(code),
    )


@register.simple_tag
def log_entry(entry: LogEntry, *, link_subject: bool, is_short: bool = False) -> SafeString:
    """Return one entry of the public log."""
    return entry_html(entry, link_subject=link_subject, is_short=is_short)


@register.simple_tag
def range_bar(comparison: Any) -> str | SafeString:
    """Return lowest, bar and highest; a sentence where nobody states a number.

    Takes a ``Comparison`` row or a comparison of the domain.
    """
    if comparison.lowest is None or comparison.highest is None:
        votes = getattr(comparison, "claimant_count", 0) or getattr(comparison, "voters", ())
        said = "given in words only" if votes else "no number given"
        return SafeString(f'<p class="range-words soft">{said}</p>')
    gap = getattr(comparison, "gap", None)
    shown = Range(
        comparison.lowest,
        comparison.highest,
        gap.low if gap else getattr(comparison, "gap_low", None),
        gap.high if gap else getattr(comparison, "gap_high", None),
    )
    low = f"{shown.lowest:,}" if shown.lowest < shown.highest else ""
    return SafeString(
        f'<div class="range"><span class="range-low">{low}</span>{drawn_range_bar(shown)}'
        f"<span>{shown.highest:,}</span></div>"
    )
