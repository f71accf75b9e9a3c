"""A PostgreSQL of its own for one test run, gone without a trace afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

DEBIAN_SERVERS = Path("/usr/lib/postgresql")
STARTS_WITHIN_SECONDS = 60

# Nothing here has to survive a power cut.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "timezone=UTC")


class PostgresError(Exception):
    """The server could not be started; the message holds the end of its log."""


def find_server_binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, or None where there is no server.

    POSTGRES_BIN goes first, then the newest of Debian's versions, then PATH.
    """
    named = os.environ.get("POSTGRES_BIN")
    debian = sorted(DEBIAN_SERVERS.glob("[0-9]*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    candidates = [
        *([Path(named)] if named else []),
        *reversed(debian),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


@contextmanager
def temporary_postgres(binaries: Path) -> Iterator[str]:
    """Start a fresh server and yield its DATABASE_URL; stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    user = unprivileged_user(folder)
    try:
        _init_cluster(binaries, folder, user)
        port = free_port()
        server = _start(binaries, folder, port, user)
        try:
            _wait_until_ready(server, folder, port)
            yield f"postgres://tracker@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=STARTS_WITHIN_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user(folder: Path) -> dict[str, Any]:
    """Return what makes ``subprocess`` run as somebody other than root, who then owns ``folder``.

    PostgreSQL refuses to run as root; anybody else just runs it as themselves.
    """
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgresError("PostgreSQL does not run as root, and there is no user nobody to run it.")


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _init_cluster(binaries: Path, folder: Path, user: dict[str, Any]) -> None:
    made = subprocess.run(
        [
            *(str(binaries / "initdb"), "-D", str(folder / "data"), "-A", "trust"),
            *("-U", "tracker", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        **_surroundings(folder, user),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise PostgresError(f"initdb failed:\n{made.stdout[-2000:]}")


def _start(
    binaries: Path, folder: Path, port: int, user: dict[str, Any]
) -> subprocess.Popen[bytes]:
    """Start the server itself, not pg_ctl, so that it is a child that can be waited for."""
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                *(str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder)),
                *("-h", "127.0.0.1", "-p", str(port)),
                *(part for setting in HASTY for part in ("-c", setting)),
            ],
            **_surroundings(folder, user),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _surroundings(folder: Path, user: dict[str, Any]) -> dict[str, Any]:
    """Keep whatever is root's, such as an unreadable home or folder, away from the server."""
    return {
        "cwd": folder,
        "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        "stdin": subprocess.DEVNULL,
        **user,
    }


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            psycopg2.connect(host="127.0.0.1", port=port, user="tracker", dbname="postgres").close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
        else:
            return
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise PostgresError(f"PostgreSQL did not start:\n{log[-2000:]}")
