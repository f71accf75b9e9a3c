"""Text search: events and sources that have every word asked for, or words starting with them.

Words are folded the same way on both sides (case, accents, punctuation), so Makiïvka is found as
makiivka. A prefix is a range of the word index, which is collated by code point. A word also knows
where lists have its event: ``listed_words`` reads them in their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections, router
from django.db.models import Q

from claims.models import EventWord, SourceWord

_AFTER_EVERY_LETTER = "\U0010ffff"
_NEXT_WORDS = """
known_{n} (word) AS (
    SELECT (SELECT MIN(word) FROM claims_eventword WHERE word >= %s AND word < %s)
    UNION ALL
    SELECT (SELECT MIN(word) FROM claims_eventword WHERE word > known_{n}.word AND word < %s)
    FROM known_{n} WHERE known_{n}.word IS NOT NULL
)"""
_IS_PUBLIC = """
WHERE EXISTS (
    SELECT 1 FROM claims_eventword w JOIN claims_event e ON e.id = w.event_id
    WHERE w.word = known.word AND e.state = 'published'
)"""


def event_has_words(words: Iterable[str], *, path: str = "pk") -> Q:
    """Return the condition that an event has every word; ``path`` leads to the event's key."""
    found = Q()
    for word in words:
        events = EventWord.objects.filter(_starts_with(word)).values("event_id")
        found &= Q(**{f"{path}__in": events})
    return found


def ends(word: str) -> tuple[str, str]:
    """Return where the words that begin with a word begin and end."""
    return word, word + _AFTER_EVERY_LETTER


def public_words_beginning(beginnings: Iterable[str], *, most: int) -> list[str]:
    """Return words of public events that begin so, at most so many; one query.

    It goes from each word to the next one, however many events have it.
    """
    asked = sorted(beginnings)
    if not asked:
        return []
    steps = ", ".join(_NEXT_WORDS.format(n=n) for n in range(len(asked)))
    words = " UNION ALL ".join(f"SELECT word FROM known_{n}" for n in range(len(asked)))  # noqa: S608
    sql = f"WITH RECURSIVE {steps} SELECT word FROM ({words}) AS known {_IS_PUBLIC} LIMIT %s"  # noqa: S608
    stretches = [end for word in asked for end in (*ends(word), ends(word)[1])]
    with connections[router.db_for_read(EventWord)].cursor() as cursor:
        cursor.execute(sql, [*stretches, most])
        return [word for (word,) in cursor]


def source_has_words(words: Iterable[str]) -> Q:
    """Return the condition that a source has every word."""
    found = Q()
    for word in words:
        found &= Q(pk__in=SourceWord.objects.filter(_starts_with(word)).values("source_id"))
    return found


def _starts_with(word: str) -> Q:
    first, after = ends(word)
    return Q(word__gte=first, word__lt=after)
