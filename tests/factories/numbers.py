"""A running number, so that names made by default never meet."""

import itertools

_running = itertools.count(1)


def next_number() -> int:
    """Return the next number of this test process."""
    return next(_running)
