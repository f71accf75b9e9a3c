"""Whom words mean beyond doubt: the form starts with nobody rather than with the wrong source."""

import pytest

from claims.queries.source_names import source_meant, source_suggestions
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = (
    "Ministry of Defence of Russia",
    "General Staff of Ukraine",
    "Military Wiki",
    "Iraqi health ministry",
    "Gaza Ministry of Health",
    "BBC News Russian",
    "Mediazona and BBC News Russian",
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Russia's defence ministry", "Ministry of Defence of Russia", id="order"),
        pytest.param("Ukraine's general staff", "General Staff of Ukraine", id="genitive"),
        pytest.param("Gaza's health ministry", "Gaza Ministry of Health", id="one of two"),
        pytest.param("Ukraine's military", None, id="one word shared"),
        pytest.param("the health ministry", None, id="two are as alike"),
        pytest.param("BBC", None, id="part of two names"),
        pytest.param("the regional governor", None, id="nobody"),
    ],
)
def test_source_is_taken_without_a_choice_only_where_its_name_is_meant(
    words: str, expected: str | None
) -> None:
    for name in NAMES:
        factories.source(name=name)

    found = source_meant(words, source_suggestions({0: words})[0])

    assert (found.name if found else None) == expected
