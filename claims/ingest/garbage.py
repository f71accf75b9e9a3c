"""The search for values that hold only each other, made seldom while a great many rows go through.

Rows become short-lived values by the thousand, hardly ever in a circle; what was there before an
import stays. To search both again and again is a tenth of reading and comparing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (5_000, 20, 20)


class _Search:
    """The search of this process as its imports share it: the first changes it, the last back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._imports = 0
        self._before = gc.get_threshold()
        self._has_frozen = False

    def begin(self) -> None:
        with self._lock:
            self._imports += 1
            if self._imports > 1:
                return
            self._before = gc.get_threshold()
            self._has_frozen = not gc.get_freeze_count()  # a web server has done so for good
            if self._has_frozen:
                gc.freeze()
            gc.set_threshold(*SELDOM)

    def end(self) -> None:
        with self._lock:
            self._imports -= 1
            if self._imports:
                return
            gc.set_threshold(*self._before)
            if self._has_frozen:
                gc.unfreeze()


_SEARCH = _Search()


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Have Python search new values seldom and older ones not at all; afterwards as before.

    Threads of one web server may import at the same time and end in any order.
    """
    _SEARCH.begin()
    try:
        yield
    finally:
        _SEARCH.end()
