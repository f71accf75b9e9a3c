"""The counters of public records, kept with every write so that no page has to count."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Model

from claims.models import Claim, Document, Event, Source, Tally

COUNTED: tuple[type[Model], ...] = (Event, Claim, Source, Document)


def name_of(model: type[Model]) -> str | None:
    """Return the counter of a kind of record, or ``None`` where it is not counted."""
    return model._meta.model_name if model in COUNTED else None


def add(differences: Mapping[str, int]) -> None:
    """Move the counters; always in order of name, so that two writers cannot block each other."""
    for name in sorted(differences):
        by = differences[name]
        if by and not Tally.objects.filter(name=name).update(value=F("value") + by):
            Tally.objects.create(name=name, value=by)


def fresh() -> dict[str, int]:
    """Return how many records of each kind are public, counted now."""
    return {
        str(model._meta.model_name): model._default_manager.filter(state="published").count()
        for model in COUNTED
    }


def rebuild() -> None:
    """Set every counter to a fresh count."""
    for name, value in fresh().items():
        Tally.objects.update_or_create(name=name, defaults={"value": value})


def differences() -> list[str]:
    """Return a sentence for each counter that is not what a fresh count gives."""
    stored = dict(Tally.objects.values_list("name", "value"))
    return [
        f"Tally {name}: stored {stored.get(name, 0)}, counted {value}."
        for name, value in fresh().items()
        if stored.get(name, 0) != value
    ]
