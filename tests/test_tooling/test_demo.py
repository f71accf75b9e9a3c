"""`manage.py demo` as a newcomer meets it: started, looked at, stopped, started again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

import pytest
from django.db import connection

from tracker.testing.postgres import free_port

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the demo keeps its own SQLite file on either database"
)

READY_WITHIN_SECONDS = 120
NOT_FOR_THE_DEMO = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}


@dataclass
class Demo:
    """One run of the demo: where it answers, how long it took, what it said and how it ended."""

    address: str
    seconds: float = 0.0
    output: str = ""
    status: int | None = None


def start(root: Path, data: Path, port: int | str) -> subprocess.Popen[str]:
    environment = {key: os.environ[key] for key in os.environ.keys() - NOT_FOR_THE_DEMO}
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=root,
        env=environment | {"DATA_DIR": str(data), "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_until_alive(process: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}livez") as answer:  # noqa: S310 - our own server
                assert answer.read() == b"alive\n"
        except URLError:
            time.sleep(0.02)
        else:
            return
    process.kill()
    pytest.fail(f"The demo did not start:\n{process.communicate()[0]}")


@contextmanager
def running_demo(root: Path, data: Path, how_to_stop: signal.Signals) -> Iterator[Demo]:
    """Run the demo; at the end send the signal to all its processes, as a terminal does."""
    port = free_port()
    demo = Demo(f"http://127.0.0.1:{port}/")
    began = time.monotonic()
    process = start(root, data, port)
    try:
        wait_until_alive(process, demo.address)
        demo.seconds = time.monotonic() - began
        yield demo
    finally:
        os.killpg(process.pid, how_to_stop)
        demo.output, _ = process.communicate(timeout=20)
        demo.status = process.returncode


def content_of(data: Path) -> str:
    with closing(sqlite3.connect(data / "tracker.sqlite3")) as database:
        return "\n".join(database.iterdump())


def log_in(address: str, password: str) -> str:
    """Return where the editor is after logging in with the printed password."""
    visitor: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
    form = visitor.open(f"{address}admin/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token is not None
    fields = {
        "csrfmiddlewaretoken": token[1],
        "username": "editor",
        "password": password,
        "next": "/admin/",
    }
    return visitor.open(f"{address}admin/login/", urlencode(fields).encode()).url


def test_demo_when_started_twice_then_quick_unchanged_and_cleanly_stopped(
    root: Path, tmp_path: Path
) -> None:
    with running_demo(root, tmp_path, signal.SIGINT) as first, urlopen(first.address) as page:  # noqa: S310
        policy = page.headers["Content-Security-Policy"]
        stylesheet = re.search(rb'href="(/static/[^"]+\.css)"', page.read())
        assert stylesheet is not None
        with urlopen(first.address + stylesheet[1].decode()[1:]) as style:  # noqa: S310
            caching = style.headers["Cache-Control"]
    password = re.search(r"user: editor  password: (\S+)", first.output)
    assert password is not None
    before = content_of(tmp_path)

    with running_demo(root, tmp_path, signal.SIGTERM) as second:
        pass
    after = content_of(tmp_path)
    with running_demo(root, tmp_path, signal.SIGINT) as third:
        arrived_at = log_in(third.address, password[1])

    assert (first.status, second.status, third.status) == (0, 0, 0)
    assert "Loaded the demo events." in first.output
    assert second.output == f"Ready at {second.address} (Ctrl-C stops)\n"
    assert second.seconds < first.seconds / 2
    assert arrived_at == f"{third.address}admin/"
    assert after == before
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert caching == "max-age=315360000, public, immutable"


@pytest.mark.parametrize("port", ["no number", "0", "65536"])
def test_demo_when_port_is_no_port_then_one_sentence(root: Path, tmp_path: Path, port: str) -> None:
    ended = start(root, tmp_path, port)

    output, _ = ended.communicate(timeout=READY_WITHIN_SECONDS)

    expected = f"CommandError: PORT must be a number from 1 to 65535, found {port!r}.\n"
    assert (ended.returncode, output) == (1, expected)


def test_demo_when_port_is_in_use_then_one_sentence(root: Path, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = start(root, tmp_path, port)
        output, _ = ended.communicate(timeout=READY_WITHIN_SECONDS)

    expected = (
        f"CommandError: Port {port} of 127.0.0.1 is in use: stop what listens there, or choose "
        "another with `PORT=8080 python3 manage.py demo`.\n"
    )
    assert (ended.returncode, output) == (1, expected)
    assert not (tmp_path / "tracker.sqlite3").exists()
