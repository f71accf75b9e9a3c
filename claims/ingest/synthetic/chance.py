"""Chance that falls the same way on every machine and Python: nothing but ``random()`` is used.

Only that method of the standard library promises the same numbers in every version, and sums and
products of floats are the same everywhere, which logarithms and powers are not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of decisions that a seed determines."""

    __slots__ = ("next",)

    def __init__(self, seed: int) -> None:
        self.next = random.Random(f"synthetic {seed}").random  # noqa: S311

    def happens(self, probability: float) -> bool:
        """Return ``True`` with this probability."""
        return self.next() < probability

    def below(self, end: int) -> int:
        """Return one of 0 to ``end`` - 1, each as likely."""
        return int(self.next() * end)

    def early(self, end: int) -> int:
        """Return one of 0 to ``end`` - 1, the first ones far more likely."""
        return int(self.next() * self.next() * self.next() * end)

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of the choices, each as likely; name one twice to make it likelier."""
        return choices[int(self.next() * len(choices))]
