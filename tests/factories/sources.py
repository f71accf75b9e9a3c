"""Who says numbers."""

from claims.models import Source
from tests.factories.numbers import next_number
from tests.factories.writing import writing


def source(*, name: str = "", state: str = "published", **fields: object) -> Source:
    """Return a new source; ``kind`` is a ministry's unless another is given."""
    made = Source(
        **{"name": name or f"Ministry {next_number()}", "kind": "government", "state": state}
        | fields
    )
    with writing() as edit:
        edit.save(made)
    return made
