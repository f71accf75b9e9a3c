"""The people of the desk, as every test of a service needs them."""

import pytest
from django.contrib.auth.models import User

from tests import factories


@pytest.fixture
def contributor(db: None) -> User:
    """Drafts and asks for review."""
    return factories.user(role="contributor")


@pytest.fixture
def editor(db: None) -> User:
    """Reviews and publishes what others drafted."""
    return factories.user(role="editor")


@pytest.fixture
def other_editor(db: None) -> User:
    """A second editor."""
    return factories.user(role="editor")


@pytest.fixture
def chief(db: None) -> User:
    """Withdraws and merges."""
    return factories.user(role="chief")
