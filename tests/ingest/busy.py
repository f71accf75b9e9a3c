"""Somebody else who writes to the one SQLite file just now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class Somebody:
    """Somebody else's connection; begins to write at a step of ours, if one is given."""

    def __init__(self, at: str = "") -> None:
        self.at = at
        self.connection = sqlite3.connect(
            str(connection.settings_dict["NAME"]), isolation_level=None, check_same_thread=False
        )

    def write(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def stop(self) -> None:
        self.connection.close()

    def step(self, name: str, total: int | None) -> None:
        if name == self.at:
            self.write()

    def advance(self, rows: int) -> None:
        pass


@contextmanager
def somebody(at: str = "") -> Iterator[Somebody]:
    """Somebody who stops writing at the end."""
    other = Somebody(at)
    try:
        yield other
    finally:
        other.stop()


@contextmanager
def waiting_a_moment() -> Iterator[None]:
    """Wait a moment for other writers, not for twenty seconds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        yield
    finally:
        connection.close()
