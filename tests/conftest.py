"""What every test may use."""

from pathlib import Path
from typing import Any

import pytest
from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent

COMMITTING_FIXTURES = {"live_server", "transactional_db"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout that is being tested."""
    return ROOT


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Path:
    """A folder of this test's own where uploaded files are kept."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "imports"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask the database, and give those that commit what migrations made.

    A test that commits empties every table: without this the editors' groups would be gone for
    every later one. Only what asks the database can differ from one to the other, and only that
    runs on each of them (``tracker.testing.suite``).
    """
    for item in items:
        if asks_database(item):
            item.add_marker("database")
        marker = item.get_closest_marker("django_db")
        is_committing = marker is not None and marker.kwargs.get("transaction", False)
        if is_committing or COMMITTING_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )


def asks_database(item: pytest.Item) -> bool:
    """Tell whether a test may ask the database; pytest-django stops every other one that tries."""
    return (
        item.get_closest_marker("django_db") is not None
        or "django_db_setup" in getattr(item, "fixturenames", ())
        or issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    )
