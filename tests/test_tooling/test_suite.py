"""What a whole test run says at its end, and with which status it ends."""

from pathlib import Path

import pytest

from tracker.testing.postgres import find_server_binaries
from tracker.testing.suite import (
    MOST_PROCESSES,
    TOOLING,
    WITHOUT_EITHER,
    Part,
    closing_line,
    exit_status,
    pure,
    spread,
    tooling,
)

GREEN = Part("SQLite")
RED = Part("PostgreSQL", is_green=False)
ABSENT = Part("browser", missing="no Chromium")
ABSENT_THOUGH_REQUIRED = Part("browser", missing="no Chromium", is_required=True)


@pytest.mark.parametrize(
    ("parts", "line", "status"),
    [
        pytest.param([GREEN, Part("browser")], "All green: SQLite, browser.", 0, id="all green"),
        pytest.param(
            [GREEN, ABSENT], "!!! NOT RUN: browser (no Chromium) !!!", 0, id="a part could not run"
        ),
        pytest.param(
            [GREEN, ABSENT_THOUGH_REQUIRED],
            "!!! NOT RUN: browser (no Chromium) !!!",
            1,
            id="a part that is required could not run",
        ),
        pytest.param(
            [GREEN, RED, ABSENT],
            "FAILED: PostgreSQL. !!! NOT RUN: browser (no Chromium) !!!",
            1,
            id="one failed and one could not run",
        ),
    ],
)
def test_end_of_a_run(parts: list[Part], line: str, status: int) -> None:
    assert (closing_line(parts), exit_status(parts)) == (line, status)


@pytest.mark.parametrize(
    ("cores", "arguments", "expected"),
    [
        pytest.param(4, [], ["-n", "2", "--dist", "load"], id="the whole suite on half the cores"),
        pytest.param(64, [], ["-n", str(MOST_PROCESSES), "--dist", "load"], id="never on too many"),
        pytest.param(2, [], [], id="a core for each of two parts"),
        pytest.param(1, [], [], id="one core alone"),
        pytest.param(None, [], [], id="cores that cannot be counted"),
        pytest.param(4, ["tests/web"], [], id="what is asked for by hand in one process"),
    ],
)
def test_spread_when_cores_then_processes(
    cores: int | None,
    arguments: list[str],
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert spread(arguments) == expected


def test_tests_that_ask_no_database_when_shared_out_then_by_one_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    assert (root / TOOLING).is_dir()
    assert tooling() == [*WITHOUT_EITHER, TOOLING]
    assert pure() == [*WITHOUT_EITHER, f"--ignore={TOOLING}"]


def test_server_binaries_when_named_then_these(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))

    assert find_server_binaries() == tmp_path
