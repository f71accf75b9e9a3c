"""A database that does not answer, for real: another process asks one that is not there."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django import db

from tracker.failures import is_database_down
from tracker.testing.postgres import free_port

# A cookie makes Django look the session up before any view is reached.
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
answers = {}
for method, path, has_session in json.loads(sys.argv[1]):
    client.cookies.clear()
    if has_session:
        client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    answer = client.generic(method, path)
    answers[f"{method} {path} {has_session}"] = [
        answer.status_code, dict(answer.headers), answer.content.decode()
    ]
print(json.dumps(answers))
"""

REQUESTS = [
    ("GET", "/livez", False),
    ("GET", "/readyz", False),
    ("HEAD", "/readyz", False),
    ("GET", "/admin/", True),
    ("GET", "/", False),
    ("GET", "/events/", False),
    ("GET", "/api/v1/events/", False),
    ("GET", "/api/v1/events.csv", False),
    ("GET", "/api/v1/nothing-here/", False),
    ("GET", "/nothing-here", False),
]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture(scope="module")
def answers(root: Path) -> dict[tuple[str, str, bool], Answer]:
    """What the site answers to each request while its database is out of reach."""
    environment = os.environ | {
        "DATABASE_URL": f"postgres://tracker@127.0.0.1:{free_port()}/tracker",
        "DJANGO_SETTINGS_MODULE": "tracker.settings_test",
    }
    ended = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(REQUESTS)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout.splitlines()[-1])
    return {request: Answer(*found["{} {} {}".format(*request)]) for request in REQUESTS}


def test_livez_when_database_is_down_then_alive(answers: dict) -> None:
    answer = answers["GET", "/livez", False]

    assert (answer.status, answer.body) == (200, "alive\n")


@pytest.mark.parametrize(
    "request_made",
    [
        pytest.param(("GET", "/readyz", False), id="readiness"),
        pytest.param(("GET", "/admin/", True), id="the session, before any view"),
        pytest.param(("GET", "/", False), id="the first page"),
        pytest.param(("GET", "/events/", False), id="a list"),
    ],
)
def test_page_when_database_is_down_then_503_with_a_page_and_when_to_come_back(
    answers: dict, request_made: tuple[str, str, bool]
) -> None:
    answer = answers[request_made]

    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert "<h1>Out of reach for a moment</h1>" in answer.body
    assert "127.0.0.1" not in answer.body
    assert answer.headers["Content-Security-Policy"].count("default-src 'none'") == 1


def test_head_when_database_is_down_then_503_without_a_body(answers: dict) -> None:
    answer = answers["HEAD", "/readyz", False]

    assert (answer.status, answer.body) == (503, "")


@pytest.mark.parametrize("path", ["/api/v1/events/", "/api/v1/events.csv"])
def test_api_when_database_is_down_then_503_as_problem(answers: dict, path: str) -> None:
    answer = answers["GET", path, False]

    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.body) == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer just now.",
        "instance": path,
    }


def test_unknown_address_when_asked_then_404_in_the_shape_of_its_face(answers: dict) -> None:
    api = answers["GET", "/api/v1/nothing-here/", False]
    page = answers["GET", "/nothing-here", False]

    assert (api.status, json.loads(api.body)["status"]) == (404, 404)
    assert (page.status, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(("OperationalError", "connection refused"), True, id="connection refused"),
        pytest.param(("OperationalError", "database is locked"), True, id="too busy for now"),
        pytest.param(("InterfaceError", "connection already closed"), True, id="went away"),
        pytest.param(("OperationalError", "no such table: x"), False, id="our mistake in SQLite"),
        pytest.param(("ProgrammingError", "relation x"), False, id="our mistake in PostgreSQL"),
    ],
)
def test_which_errors_mean_that_waiting_helps(error: tuple[str, str], expected: bool) -> None:
    name, message = error

    assert is_database_down(getattr(db, name)(message)) is expected
