"""The edit in which factories write: one for all that a claim is made with, else one for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User

from claims.services.records import Edit, editing
from tests.factories.users import author

_around: ContextVar[Edit | None] = ContextVar("the edit around", default=None)


@contextmanager
def writing() -> Iterator[Edit]:
    """Yield the edit that is open around, or one of the author's own."""
    if edit := _around.get():
        yield edit
        return
    with editing(by=author()) as edit:
        yield edit


@contextmanager
def writing_together(by: User) -> Iterator[None]:
    """Have what factories make within written in one edit: what follows is settled once."""
    with editing(by=by) as edit:
        before = _around.set(edit)
        try:
            yield
        finally:
            _around.reset(before)
