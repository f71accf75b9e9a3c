"""Queries whose SQL is made once: afterwards only the key that they are asked for changes.

Making the SQL of a query with several joins and conditions costs Django more than the database
needs to answer it. The rules stay where they are, in the query that is prepared.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet

_STAND_IN = -987_654_321
"""What the key is called while the SQL is made; no key is negative."""


class PreparedQuery:
    """A query of rows by one key."""

    def __init__(self, model: type[Model], rows: Callable[[int], QuerySet[Any]]) -> None:
        self._model = model
        self._rows = rows
        self._made: dict[str, tuple[QuerySet[Any], Any, str, tuple[Any, ...]]] = {}

    def rows(self, key: int) -> list[Any]:
        """Return the rows for a key, as the query itself would; one query."""
        using = router.db_for_read(self._model)
        if using not in self._made:
            self._made[using] = self._make(using)
        rows, compiler, sql, params = self._made[using]
        asked = tuple([key if param == _STAND_IN else param for param in params])
        own = copy(compiler)
        own.connection = connections[using]  # each thread has its own
        own.as_sql = lambda *args, **kwargs: (sql, asked)
        fresh: Any = rows.using(using)
        fresh.query.get_compiler = lambda *args, **kwargs: own
        return list(fresh)

    def _make(self, using: str) -> tuple[QuerySet[Any], Any, str, tuple[Any, ...]]:
        rows = self._rows(_STAND_IN)
        compiler = rows.query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, tuple(params)
