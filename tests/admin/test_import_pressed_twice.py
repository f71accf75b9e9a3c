"""Two presses of one button at the same moment: one import, and a sentence for the second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from claims.admin.import_page import PRESSED
from claims.models import Citation, Claim, Event, ImportBatch
from tests import factories
from tests.admin.importing import page, planned
from tests.factories import claims_csv

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("uploads")]
TIMES = 3


@pytest.mark.parametrize("people", [1, 2], ids=["one person", "two people"])
def test_write_when_pressed_at_the_same_moment_then_written_once_and_the_other_is_told(
    people: int,
) -> None:
    editors = [factories.user() for _ in range(people)]
    for n in range(TIMES):
        content = claims_csv("63").replace(b"strike-0", f"strike-{n}".encode())
        batch = planned(logged_in(editors[0]), content)
        clients = [logged_in(editors[press % people]) for press in range(2)]
        figures = {"figures": clients[0].get(page(batch)).context["figures"]}

        answers = pressed_at_once(clients, page(batch, "commit"), figures)

        said = sorted(message for answer in answers for message in told(answer))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert said in ([PRESSED["committing"]], [PRESSED["committed"]])
        batch = ImportBatch.objects.get(pk=batch.pk)
        assert (batch.state, batch.problem) == ("committed", "")
        written = [model.objects.count() for model in (Event, Claim, Citation)]
        assert written == [n + 1] * 3


def logged_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def pressed_at_once(clients: list[Client], url: str, data: dict[str, str]) -> list[Any]:
    start = Barrier(len(clients))

    def press(client: Client) -> Any:
        start.wait()
        try:
            return client.post(url, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(clients)) as pool:
        return list(pool.map(press, clients))


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]
