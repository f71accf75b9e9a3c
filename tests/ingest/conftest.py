"""Small files and the demo, imported once for all tests that only read."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest.demo import load_demo
from tests import factories
from tests.once import for_a_module


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write rows, given as dictionaries, as a CSV file."""

    def write(*rows: dict[str, str], name: str = "claims.csv") -> Path:
        path = tmp_path / name
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def editor(db: None) -> User:
    """Who imports."""
    return factories.user(role="editor")


@pytest.fixture
def reviewer(db: None) -> User:
    """Who reviews what is imported."""
    return factories.user(role="editor")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Load the demo once for a module whose tests only read; taken back at the end."""
    with for_a_module(django_db_blocker):
        load_demo()
        yield
