"""What counts as an event's id in a dataset."""

import pytest

from claims.domain.identifiers import not_identifiers


@pytest.mark.parametrize(
    "text",
    [
        "ucdp-ged:412700",
        "gtd:202301010001",
        "iraq-body-count:k1234-ab",
        "emdat:2023-0059-UKR",
        "a:b:c",
    ],
)
def test_text_when_dataset_and_id_then_an_identifier(text):
    assert not_identifiers([text]) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("412700", id="no dataset"),
        pytest.param("ucdp-ged:", id="no id"),
        pytest.param("UCDP:1", id="capital letters"),
        pytest.param("ucdp ged:1", id="a space in the dataset"),
        pytest.param("ucdp-ged: 1", id="a space before the id"),
        pytest.param("ucdp-ged:1|2", id="the bar that separates"),
        pytest.param("https://example.org/1", id="an address"),
        pytest.param("x:" + "1" * 200, id="endless"),
    ],
)
def test_text_when_something_else_then_none(text):
    assert not_identifiers([text]) == [text]
