"""Rows in any order of the file, records in the order in which they rest on each other."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter


def in_order(rests_on: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the keys with each after the one it rests on, and those that go round in a circle.

    What is not a key of the mapping, the empty text too, is nothing to wait for.
    """
    remaining = dict(rests_on)
    circular: list[str] = []
    while True:
        graph = {key: {on} & remaining.keys() for key, on in remaining.items()}
        try:
            return list(TopologicalSorter(graph).static_order()), circular
        except CycleError as error:
            for key in set(error.args[1]):
                circular.append(key)
                del remaining[key]
