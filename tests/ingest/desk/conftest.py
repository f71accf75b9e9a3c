"""A folder of uploads of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path) -> Path:
    """Where uploaded files are kept in this test."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "imports"
