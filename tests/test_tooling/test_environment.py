"""What must, and what must not, be installed or written into the project."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

ASSET = re.compile(r"""(?:src|href)=["']?(?:https?:)?//[^"'> ]+\.(?:js|css|woff2?|png|svg)\b""")


def files_of_the_project(root: Path) -> list[Path]:
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root
    )
    paths = [root / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_files_of_the_project_do_not_name_the_folder_they_lie_in(root: Path) -> None:
    files = files_of_the_project(root)

    found = [path.name for path in files if f"{root}/".encode() in path.read_bytes()]

    assert len(files) > 50
    assert found == []


def test_templates_load_nothing_from_elsewhere(root: Path) -> None:
    templates = list((root / "templates").rglob("*.html"))

    found = [asset for path in templates for asset in ASSET.findall(path.read_text("utf-8"))]

    assert len(templates) > 20
    assert found == []
    assert ASSET.search('<script src="https://example.org/x.js">')


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_names_no_address_to_fetch_it_from(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed_one_by_one(root: Path, name: str) -> None:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]

    unpinned = [line for line in packages if not re.fullmatch(r"[a-z0-9.-]+==\S+ \\", line)]

    assert len(packages) > 30
    assert unpinned == []


def test_development_requirements_hold_every_pin_of_the_runtime(root: Path) -> None:
    pins = [
        set(re.findall(r"^\S+==\S+", (root / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]

    assert pins[0] - pins[1] == set()


def test_psycopg_3_is_not_installed_because_django_would_silently_use_it() -> None:
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.database  # asks it nothing, but is about which one it is
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has a choice")
def test_postgresql_is_reached_through_psycopg2() -> None:
    assert connection.Database.__name__ == "psycopg2"
