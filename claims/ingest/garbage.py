"""The search for values that hold only each other, made seldom while a great many rows go through.

Rows become short-lived values by the thousand, hardly ever in a circle; what was there before an
import stays. To search both again and again is a tenth of reading and comparing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (5_000, 20, 20)


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Have Python search new values seldom and older ones not at all; afterwards as before."""
    before = gc.get_threshold()
    has_frozen = not gc.get_freeze_count()  # a web server has done so for good
    if has_frozen:
        gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if has_frozen:
            gc.unfreeze()
