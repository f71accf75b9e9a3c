"""Work done at the same time as a test's own, on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    """Start a work; what it raises fails the test."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
