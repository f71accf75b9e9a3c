"""What must, and what must not, be installed or written into the project."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

# Put together here, so that this file does not name what no file may name.
UNWANTED = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("fonts", "googleapis", "com"),
        ("fonts", "gstatic", "com"),
        ("cdn", "jsdelivr", "net"),
        ("cdnjs", "cloudflare", "com"),
        ("unpkg", "com"),
        ("googletagmanager", "com"),
    )
] + [
    "/".join(parts) for parts in (("", "work", "main"), ("", "work", "shared"), ("", "opt", "pypi"))
]


def files_of_the_project(root: Path) -> list[Path]:
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root
    )
    paths = [root / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_files_of_the_project_name_no_registry_no_foreign_asset_and_no_machine(root: Path) -> None:
    unwanted = re.compile("|".join(re.escape(name) for name in UNWANTED).encode())
    files = files_of_the_project(root)

    found = [
        (str(path.relative_to(root)), match.group().decode())
        for path in files
        for match in unwanted.finditer(path.read_bytes())
    ]

    assert len(files) > 50
    assert found == []


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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has a choice")
def test_postgresql_is_reached_through_psycopg2() -> None:
    assert connection.Database.__name__ == "psycopg2"
