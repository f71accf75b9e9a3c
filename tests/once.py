"""Records made once for a module whose tests each take back what they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def for_a_module(django_db_blocker: Any) -> Iterator[None]:
    """Keep what is made within until the block ends; call it in a fixture of a module's scope.

    The fixture has to ask for ``django_db_setup``, too, and its tests for the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
