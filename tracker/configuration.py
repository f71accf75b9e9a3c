"""What settings.py needs worked out: the database of this copy and its secret key."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SQLITE_OPTIONS = {
    # Write-ahead log: readers go on while somebody saves. IMMEDIATE: two savers queue instead of
    # failing with "database is locked" half way through.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL_OPTIONS = {"connect_timeout": 5}


def database_settings(url: str, *, default_file: Path) -> dict[str, Any]:
    """Return Django's settings for the database at ``url``, or the SQLite ``default_file``."""
    config: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    if url:
        config = dict(Env.db_url_config(url))
    options = config.setdefault("OPTIONS", {})
    match config["ENGINE"]:
        case "django.db.backends.sqlite3":
            config["OPTIONS"] = SQLITE_OPTIONS | options
        case "django.db.backends.postgresql":
            config["OPTIONS"] = POSTGRESQL_OPTIONS | options
            config["CONN_MAX_AGE"] = None
            config["CONN_HEALTH_CHECKS"] = True
        case other:
            raise ImproperlyConfigured(
                f"DATABASE_URL asks for {other}; the tracker runs on sqlite:// and postgres://."
            )
    return config


def sqlite_folder(database: dict[str, Any]) -> Path | None:
    """Return the folder of an SQLite file, made if it was missing; None for other databases."""
    name = str(database["NAME"])
    if database["ENGINE"] != "django.db.backends.sqlite3" or name == ":memory:":
        return None
    folder = Path(name).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key_in(folder: Path | None) -> str:
    """Return the secret key kept in ``folder``, made once with mode 600.

    Several machines may share a PostgreSQL, and each would make a key of its own and log the
    others' editors out: there the key has to be given.
    """
    if folder is None:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Without an SQLite file there is no place of its own to keep "
            "one: set SECRET_KEY to at least 50 random characters, the same on every machine."
        )
    path = folder / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` whole or not at all, unless another process was first."""
    # mkstemp makes a file that only this user can read.
    descriptor, draft = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
