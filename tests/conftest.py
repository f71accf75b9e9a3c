"""What every test may use."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout that is being tested."""
    return ROOT


@pytest.fixture(autouse=True)
def _migrated_rows_come_back(django_db_serialized_rollback: None) -> None:
    """Tests that commit empty every table; the groups that migrations made return for the next."""
