"""What carries claims."""

from datetime import date

from claims.models import Document
from tests.factories.numbers import next_number
from tests.factories.sources import source
from tests.factories.writing import writing


def document(*, state: str = "published", **fields: object) -> Document:
    """Return a new document of a new publisher, with a title and an address of its own."""
    number = next_number()
    if "publisher" not in fields:
        fields["publisher"] = source(name=f"Newspaper {number}", kind="news_media", state=state)
    defaults = {
        "title": f"Report {number}",
        "url": f"https://news.example/{number}",
        "published_on": date(2023, 1, 5),
        "language": "en",
        "state": state,
    }
    made = Document(**defaults | fields)
    with writing() as edit:
        edit.save(made)
    return made
