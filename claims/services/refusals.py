"""Why an editorial action is refused, each named as the fact that stands in the way.

``str()`` of a refusal is a sentence for the person who asked: what, why, and what to do.
"""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model


class Refused(Exception):
    """An editorial action that cannot be done as asked; nothing was written."""


class NotAllowed(Refused):
    """The person's role does not include this action."""


class NotReviewed(Refused):
    """Nobody but its authors has seen the record."""


class ReasonNeeded(Refused):
    """The action says in public why it was done, and no reason was given."""


class WrongState(Refused):
    """The record, or one it rests on, is not in a state from which this can be done."""


class WrongClaimant(Refused):
    """A claim would revise one of another claimant, event or question."""


class RevisionCycle(Refused):
    """A claim would, by way of others, revise itself."""


class EventCycle(Refused):
    """An event would, by way of others, be part of itself."""


class FigureMismatch(Refused):
    """The figure is not what its wording says, and no reason was given."""


class FigureNotInQuote(Refused):
    """No quote of the claim prints its figure, and no reason was given."""


class Incomplete(Refused):
    """The record breaks a rule of its table; ``errors`` has the messages by field.

    Messages that belong to no single field are under ``__all__``.
    """

    def __init__(self, errors: dict[str, list[str]], labels: dict[str, str] | None = None) -> None:
        self.errors = errors
        named = labels or {}
        super().__init__(
            " ".join(_sentence(named.get(name, name), said) for name, said in errors.items())
        )

    @classmethod
    def from_validation(cls, error: ValidationError, model: type[Model]) -> Incomplete:
        """Return the refusal that says what Django's validation found."""
        errors = error.message_dict
        return cls(errors, {name: _label(model, name) for name in errors})


class StaleVersion(Refused):
    """Somebody else saved the record since the form was opened; ``current`` is what stands now."""

    def __init__(self, current: Model, expected_version: int) -> None:
        self.current = current
        self.expected_version = expected_version
        now = getattr(current, "version", None)
        super().__init__(
            f"Somebody else has changed this {current._meta.verbose_name} meanwhile: you started "
            f"from version {expected_version}, it is now version {now}. Look at both, then save."
        )


def _sentence(name: str, messages: list[str]) -> str:
    said = " ".join(messages)
    return said if name == NON_FIELD_ERRORS else f"{name}: {said}"


def _label(model: type[Model], name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return name
    return str(getattr(model._meta.get_field(name), "verbose_name", name)).capitalize()
