"""What happened."""

from collections.abc import Iterable
from datetime import date

from claims.models import Event, Party
from claims.services.events import save_with_parties
from tests.factories.numbers import next_number
from tests.factories.writing import writing


def event(*, state: str = "published", parties: Iterable[Party] = (), **fields: object) -> Event:
    """Return a new event: a strike on 1 January 2023 unless something else is given."""
    day = date(2023, 1, 1)
    defaults = {
        "title": f"Strike {next_number()}",
        "kind": "strike",
        "date_start": day,
        "date_end": max(day, fields.get("date_start") or day),
        "countries": ["UA"],
        "place": "Makiivka",
        "place_precision": "settlement",
        "state": state,
    }
    made = Event(**defaults | fields)
    with writing() as edit:
        save_with_parties(edit, made, list(parties))
    return made
