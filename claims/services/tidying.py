"""What is done to every row before it is validated, so that both databases keep the same.

NUL bytes and outer space go from text, lists lose empty and repeated lines, dates known to the
month or year are moved to the end of the stretch that the column stands for.
"""

from __future__ import annotations

from django.db.models import CharField, JSONField, Model, TextField

from claims.domain.dates import DatePrecision, PartialDate
from claims.models import Claim, Document, Event

DATES: dict[type[Model], tuple[tuple[str, str], ...]] = {
    Event: (("date_start", "first"), ("date_end", "last")),
    Claim: (("claimed_on", "last"),),
    Document: (("published_on", "last"),),
}
"""For each dated column, which end of the stretch it keeps."""


def tidy(record: Model) -> None:
    """Tidy a row in place."""
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        if isinstance(value, str) and isinstance(field, CharField | TextField):
            tidied = tidy_text(value)
            # An empty unique key is no key; two empty texts would count as the same.
            setattr(record, field.attname, None if field.null and not tidied else tidied)
        elif isinstance(value, list | tuple) and isinstance(field, JSONField):
            setattr(record, field.attname, tidy_lines(value))
    for column, end in DATES.get(type(record), ()):
        day = getattr(record, column)
        if day is not None and not isinstance(day, str):
            known = PartialDate(day, DatePrecision(getattr(record, f"{column}_precision") or "day"))
            setattr(record, column, getattr(known, end))


def tidy_text(text: str) -> str:
    """Return the text without NUL bytes (PostgreSQL refuses them) and outer space."""
    return text.replace("\x00", "").strip()


def tidy_lines(lines: list[object] | tuple[object, ...]) -> list[str]:
    """Return the lines that hold something, tidied, each once, in their order."""
    return list(dict.fromkeys(text for line in lines if (text := tidy_text(str(line)))))
