"""Two people save at once: whoever follows the feed misses neither."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from claims.models import Change, Source
from claims.services import sources
from claims.services.records import editing
from tests import factories
from tests.feeds.mirror import Mirror
from tests.threads import in_a_thread

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WITHIN = 20


def test_an_entry_of_a_later_commit_has_a_higher_id(client: Client) -> None:
    chief = factories.user(role="chief")
    first, second = factories.source(state="draft"), factories.source(state="draft")
    has_written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            sources.publish_source(first, by=chief)
            has_written.set()
            may_commit.wait(WITHIN)

    slow = in_a_thread(slowly)
    assert has_written.wait(WITHIN)
    quick = in_a_thread(lambda: sources.publish_source(second, by=chief))
    mirror = Mirror()
    quick.join(0.5)

    assert quick.is_alive()
    assert mirror.follow(client) == 0
    may_commit.set()
    slow.join(WITHIN)
    quick.join(WITHIN)
    assert list(Change.objects.order_by("id").values_list("record_id", flat=True)) == [
        first.public_id,
        second.public_id,
    ]
    assert mirror.follow(client) == 2


def test_a_reader_among_writers_sees_every_entry_once(client: Client) -> None:
    chief = factories.user(role="chief")
    drafts = [[factories.source(state="draft") for _ in range(15)] for _ in range(2)]

    def publish(some: list[object]) -> Callable[[], None]:
        def work() -> None:
            for source in some:
                sources.publish_source(source, by=chief)

        return work

    writers = [in_a_thread(publish(some)) for some in drafts]
    mirror, seen = Mirror(page_size=3), 0
    while any(writer.is_alive() for writer in writers):
        seen += mirror.follow(client)
        time.sleep(0.005)
    seen += mirror.follow(client)

    assert seen == Change.objects.count() == 30
    assert len(mirror.records) == 30


def test_others_do_not_wait_while_references_are_checked() -> None:
    source, written = factories.source(), []

    def write_many() -> None:
        with editing(by=factories.user(role="chief")) as edit:
            edit.also_log(lambda: written.append("the log"))
            Source.objects.filter(pk=source.pk).update(speaks_for=10**9)

    with pytest.raises(IntegrityError):
        write_many()
    assert written == []
