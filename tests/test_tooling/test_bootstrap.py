"""From a bare checkout to a running command, with nothing but Python's standard library."""

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from tracker import bootstrap

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="no database is touched, so once is enough"
)

PYTHON_TOO_OLD = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
runpy.run_path("manage.py", run_name="__main__")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with empty requirements, at a path with spaces."""
    folder = tmp_path / "a checkout with spaces"
    folder.mkdir()
    (folder / bootstrap.RUNTIME).write_text("# nothing\n")
    (folder / bootstrap.DEVELOPMENT).write_text("# nothing either\n")
    return folder


def stamp_of(checkout: Path) -> set[str]:
    return bootstrap.stamped(checkout / ".venv", checkout)


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        pytest.param(["manage.py", "demo"], "requirements.txt", id="the demo needs no tools"),
        pytest.param(["manage.py"], "requirements.txt", id="nor does no command"),
        pytest.param(["manage.py", "test", "-x"], "requirements-dev.txt", id="the tests do"),
        pytest.param(["manage.py", "compare", "test"], "requirements.txt", id="a word is no test"),
    ],
)
def test_requirements_for_a_command(argv: list[str], expected: str) -> None:
    assert bootstrap.requirements_for(argv) == expected


def test_environment_when_made_then_stamped_and_not_made_again(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    python = bootstrap.prepare_environment(checkout, bootstrap.RUNTIME)
    first = capfd.readouterr().err
    again = bootstrap.prepare_environment(checkout, bootstrap.RUNTIME)

    assert first.splitlines() == [
        "Making .venv ...",
        "Installing requirements.txt (once; about half a minute) ...",
    ]
    assert capfd.readouterr().err == ""
    assert python == again == checkout / ".venv" / "bin" / "python"
    assert stamp_of(checkout) == {"requirements.txt"}
    prefix = subprocess.check_output([python, "-c", "import sys; print(sys.prefix)"], text=True)
    assert prefix.strip() == str(checkout / ".venv")

    bootstrap.prepare_environment(checkout, bootstrap.DEVELOPMENT)

    assert "Making .venv" not in capfd.readouterr().err
    assert stamp_of(checkout) == {"requirements.txt", "requirements-dev.txt"}


def test_environment_when_index_is_out_of_reach_then_one_sentence_and_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    (checkout / bootstrap.RUNTIME).write_text(f"nothing-there==1 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(bootstrap.BootstrapError) as refusal:
        bootstrap.prepare_environment(checkout, bootstrap.RUNTIME)

    assert str(refusal.value) == (
        "Could not reach the package index to install requirements.txt: "
        "connect this machine to the network once, then start again."
    )
    assert stamp_of(checkout) == set()


def test_stamp_when_requirements_change_then_no_longer_true(checkout: Path) -> None:
    venv = checkout / ".venv"
    venv.mkdir()
    bootstrap.write_stamp(venv, checkout, bootstrap.DEVELOPMENT)
    assert stamp_of(checkout) == {"requirements.txt", "requirements-dev.txt"}

    (checkout / bootstrap.RUNTIME).write_text("# something\n")

    assert stamp_of(checkout) == {"requirements-dev.txt"}


def test_stamp_when_made_by_another_python_then_not_true(checkout: Path) -> None:
    venv = checkout / ".venv"
    venv.mkdir()
    bootstrap.write_stamp(venv, checkout, bootstrap.RUNTIME)
    stamp = bootstrap.stamp_path(venv)

    stamp.write_text(stamp.read_text().replace("python 3.", "python 2."))

    assert stamp_of(checkout) == set()


def test_lock_when_held_then_the_second_waits_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock"
    order: list[str] = []

    def second() -> None:
        with bootstrap.exclusive(lock):
            order.append("second")

    with bootstrap.exclusive(lock):
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(timeout=0.3)
        order.append("first")
    waiting.join(timeout=10)

    assert order == ["first", "second"]
    assert capsys.readouterr().err == "Waiting for another start that is installing ...\n"


def test_venv_module_when_missing_and_not_root_then_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

    with pytest.raises(bootstrap.BootstrapError) as refusal:
        bootstrap.install_venv()

    assert str(refusal.value) == (
        f"Python's venv module is missing: type `sudo apt-get install {package}` first."
    )


def test_active_environment_when_entered_then_nothing_happens(checkout: Path) -> None:
    bootstrap.enter_environment(["manage.py", "demo"], checkout)

    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        pytest.param(
            bootstrap.BootstrapError("Do this first."), "Do this first.", id="a person must act"
        ),
        pytest.param(
            PermissionError(13, "Permission denied", ".venv.lock"),
            "Could not prepare .venv: [Errno 13] Permission denied: '.venv.lock'. "
            "Start again when that is mended.",
            id="somebody else's folder",
        ),
        pytest.param(
            KeyboardInterrupt(),
            "Stopped before everything was installed; the next start begins again.",
            id="Ctrl-C",
        ),
    ],
)
def test_trouble_when_met_then_process_ends_with_one_sentence(
    trouble: BaseException, sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended, bootstrap.ending_in_one_sentence():
        raise trouble

    assert ended.value.code == sentence


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        pytest.param("one\nERROR: two\n\nthree\n", "ERROR: two", id="an error goes first"),
        pytest.param("one\nE: apt says\nthree", "E: apt says", id="apt's way to say error"),
        pytest.param("one\ntwo\n\n", "two", id="else the last line"),
        pytest.param("", "no reason given", id="nothing was said"),
    ],
)
def test_last_line_of_a_tool(output: str, expected: str) -> None:
    assert bootstrap.last_line(output) == expected


def test_manage_when_python_is_too_old_then_one_sentence(root: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PYTHON_TOO_OLD],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        "The tracker needs Python 3.11 or newer and this is Python 3.9: "
        "start it with a newer one, for example `python3.11 manage.py demo`.\n"
    )


def test_manage_when_read_by_python_3_6_then_it_can_be_read(root: Path) -> None:
    tree = ast.parse((root / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 6))

    assert tree.body
