"""The first load of an empty tracker: indexes, keys and references made once, after the rows.

To keep twenty indexes in order row by row costs several times what sorting them once does, even
keys that only grow, and so does looking every reference up. Both need the tables to oneself for as
long as it takes, so this is for a tracker that has nothing to show yet, and for a large file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection, transaction

from claims.ingest.landing.arriving import MODELS
from claims.ingest.landing.staging import ROOM
from claims.models import (
    Change,
    Comparison,
    Event,
    EventCountry,
    EventDigest,
    EventFacet,
    EventWord,
)

logger = logging.getLogger(__name__)

LEAST_ROWS = 10_000
"""How many rows of a file are worth it."""
PATIENCE = "2s"
"""How long to wait for others who read the empty tables, before writing the ordinary way."""

HELPERS = 2
"""How many other processes PostgreSQL sorts with where it is not told: its own default."""

RECORDS: tuple[Any, ...] = (
    *MODELS.values(),
    *(model.history.model for model in MODELS.values()),  # type: ignore[attr-defined]
    EventCountry,
    Event.parties.through,
    apps.get_model("claims", "HistoricalEvent_parties"),
)
DERIVED: tuple[Any, ...] = (Comparison, EventDigest, EventFacet, EventWord)
LOG: tuple[Any, ...] = (Change,)


@dataclass(frozen=True, slots=True)
class Rule:
    """An index, a key or a reference: how it is taken away and how it is made.

    ``table`` is the one that has to be filled first: of a reference from elsewhere the one meant.
    """

    table: str
    take_away: str
    make: str


class BareTables:
    """Tables whose indexes, keys and references are away until they are made again."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    @property
    def are_bare(self) -> bool:
        """Whether anything is away still."""
        return bool(self._rules)

    def take_away(self, rows: int) -> None:
        """Take indexes, keys and references away where nothing is here yet and many rows come.

        Where somebody holds one of the tables for longer than a moment it says so and does nothing.
        """
        if rows < LEAST_ROWS or not _are_empty():
            return
        try:
            with transaction.atomic():
                _hold()
                if not _are_empty():
                    transaction.set_rollback(True)  # which lets the others in again
                    return
                rules = list(rules_of(RECORDS + DERIVED + LOG))
                for rule in reversed(rules):  # waits for what the tables refer to, users too
                    _run(rule.take_away)
                _be_patient_again()
        except OperationalError as error:
            logger.warning("This load is written the ordinary way, which takes longer: %s", error)
            return
        self._rules = rules

    def make_again(self, models: Iterable[Any], *, helpers: int = HELPERS) -> None:
        """Make what was taken from these tables; the database checks every row.

        ``helpers`` is how many other processes PostgreSQL may sort with: none where another core
        is wanted for the comparisons.
        """
        tables = {model._meta.db_table for model in models}
        rules = [rule for rule in self._rules if rule.table in tables]
        if not rules:
            return
        if connection.vendor == "postgresql":
            connection.check_constraints()  # a table with checks to come cannot be altered
            _run(f"SET LOCAL maintenance_work_mem = '{ROOM}'")
            _run(f"SET LOCAL max_parallel_maintenance_workers = {helpers}")
        for rule in rules:
            _run(rule.make)
        self._rules = [rule for rule in self._rules if rule.table not in tables]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _are_empty() -> bool:
    return not any(
        model._default_manager.exists() for name, model in MODELS.items() if name != "source"
    )


def _hold() -> None:
    """Keep everybody else out, or raise where that or another lock from here on takes too long."""
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(model._meta.db_table for model in RECORDS + DERIVED + LOG)
    _run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    _run(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")


def _be_patient_again() -> None:
    if connection.vendor == "postgresql":
        _run("SET LOCAL lock_timeout TO DEFAULT")


def rules_of(models: Iterable[Any]) -> Iterator[Rule]:
    """Yield the indexes and keys of the tables, and then what refers from and to them."""
    tables = [model._meta.db_table for model in models]
    if connection.vendor != "postgresql":
        marks = ", ".join(["%s"] * len(tables))
        for table, name, make in _asked(
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' "
            f"AND sql IS NOT NULL AND tbl_name IN ({marks})",
            tables,
        ):
            yield Rule(table, f'DROP INDEX "{name}"', make)
        return
    for table, name, make in _asked(INDEXES, [tables]):
        yield Rule(table, f'DROP INDEX "{name}"', make)
    for table, altered, name, made in _asked(CONSTRAINTS, [tables] * 3):
        alter = f'ALTER TABLE "{altered}"'
        yield Rule(
            table,
            f'{alter} DROP CONSTRAINT "{name}"',
            f'{alter} ADD CONSTRAINT "{name}" {made}',
        )


def _asked(question: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        return list(cursor.fetchall())


INDEXES = """
SELECT t.relname, x.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s) AND pg_table_is_visible(t.oid) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
)
ORDER BY x.relname
"""
CONSTRAINTS = """
SELECT CASE WHEN t.relname = ANY(%s) THEN t.relname ELSE o.relname END, t.relname, k.conname,
    pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
LEFT JOIN pg_class o ON o.oid = k.confrelid
WHERE pg_table_is_visible(t.oid) AND (
    (t.relname = ANY(%s) AND k.contype IN ('p', 'u', 'f'))
    OR (o.relname = ANY(%s) AND k.contype = 'f')
)
ORDER BY k.contype = 'f', k.conname
"""
