"""Clients of the desk, by role."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories

Desk = Callable[..., Client]


@pytest.fixture
def desk(db: None) -> Desk:
    """Return a client logged in as a person, or as a new one with a role."""

    def log_in(person: User | str = "editor") -> Client:
        client = Client()
        client.force_login(factories.user(role=person) if isinstance(person, str) else person)
        return client

    return log_in
