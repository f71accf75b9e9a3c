"""A folder of uploads of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def _kept_apart(uploads):
    """Keep the files of every test here in a folder of its own."""
