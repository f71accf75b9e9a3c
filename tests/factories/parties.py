"""Sides."""

from claims.models import Party
from tests.factories.numbers import next_number


def party(name: str = "", **fields: object) -> Party:
    """Return the party of that name, made where it is not there yet."""
    name = name or f"Party {next_number()}"
    return Party.objects.get_or_create(name=name, defaults=fields)[0]
