"""What every test may use."""

from pathlib import Path
from typing import Any

import pytest

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a test that commits, and so empties every table, the rows that migrations made.

    Without this the editors' groups would be gone for every later test that commits.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        is_committing = marker is not None and marker.kwargs.get("transaction", False)
        if is_committing or COMMITTING_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )
