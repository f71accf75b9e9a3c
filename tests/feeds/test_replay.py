"""A mirror that follows the feed holds what the lists and the export show, whatever was edited."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.services import comparisons
from tests.feeds.editing import ACTIONS, Desk
from tests.feeds.mirror import Mirror, live_claims_csv, live_lists

pytestmark = pytest.mark.django_db

EVERYTHING_DONE_WITHIN = 4 * len(ACTIONS)


def assert_equal(mirror: Mirror, client: Client, done: list[str]) -> None:
    mine, live = mirror.lists(), live_lists(client)
    for name in live:
        assert mine[name] == live[name], (name, done)
    header, lines = live_claims_csv(client)
    assert mirror.claims_csv(header) == lines, done


@pytest.mark.parametrize("seed", range(5))
def test_a_mirror_equals_the_tracker_after_any_edits(client: Client, seed: int) -> None:
    desk = Desk(seed)
    following = Mirror(page_size=7)

    for _ in range(5):
        for _ in range(9):
            desk.act()
        following.follow(client)
        assert_equal(following, client, desk.done)

    late = Mirror()
    late.follow(client)
    assert_equal(late, client, desk.done)
    assert comparisons.differences() == []


def test_the_desk_of_these_tests_does_everything(client: Client) -> None:
    desk, mirror = Desk(1000), Mirror()

    while len(set(desk.done)) < len(set(ACTIONS)) and len(desk.done) < EVERYTHING_DONE_WITHIN:
        desk.act()

    assert {action.__name__ for action in ACTIONS} - set(desk.done) == set()
    mirror.follow(client)
    assert_equal(mirror, client, desk.done)
