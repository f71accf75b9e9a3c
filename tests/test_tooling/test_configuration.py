"""The database and the secret key of one copy of the tracker."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.configuration import database_settings, secret_key_in, sqlite_folder


def test_database_when_nothing_is_set_then_the_file_with_write_ahead_log(tmp_path: Path) -> None:
    file = tmp_path / "100% a #b?" / "tracker.sqlite3"

    config = database_settings("", default_file=file)

    assert (config["ENGINE"], config["NAME"]) == ("django.db.backends.sqlite3", str(file))
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]


def test_database_when_postgres_is_asked_for_then_connections_are_kept_and_checked(
    tmp_path: Path,
) -> None:
    config = database_settings(
        "postgres://me:pw@db.example/x?sslmode=require", default_file=tmp_path
    )

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (None, True)
    assert config["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


def test_database_when_another_kind_is_asked_for_then_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"runs on sqlite:// and postgres://"):
        database_settings("mysql://db.example/x", default_file=tmp_path)


def test_sqlite_folder_when_missing_then_made(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "down" / "tracker.sqlite3"

    assert sqlite_folder(database_settings("", default_file=file)) == file.parent
    assert file.parent.is_dir()


def test_secret_key_when_asked_twice_then_the_same_and_only_ours_to_read(tmp_path: Path) -> None:
    first = secret_key_in(tmp_path)

    assert secret_key_in(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_when_two_ask_at_once_then_both_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(max_workers=8) as threads:
        keys = set(threads.map(lambda _: secret_key_in(tmp_path), range(50)))

    assert len(keys) == 1


def test_secret_key_when_there_is_no_file_of_our_own_then_it_must_be_given() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY is not set\."):
        secret_key_in(None)
