"""Labelled texts: what the extraction reached on them is not lost again.

``second`` are sentences written by people who had not seen the rules, in six languages, which were
then used to improve them; ``articles`` are whole English articles of the same origin; ``unseen``
and ``unseen_articles`` are the last ones written, which the rules were not changed for
(docs/extraction.md).
"""

import json
from pathlib import Path

import pytest

from claims.extraction.interchange import document_object
from claims.extraction.scoring import Report, score
from claims.management.documents import read_document

FOLDER = Path(__file__).parents[1] / "data" / "extraction"


def report_on(name: str) -> Report:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    return score(
        (document, document_object(document["id"], read_document(number, document)))
        for number, document in enumerate(documents, start=1)
    )


@pytest.mark.parametrize(
    ("name", "f1", "claimants"),
    [
        pytest.param("second", 0.95, 0.94, id="sentences in six languages"),
        pytest.param("articles", 0.95, 0.90, id="English articles"),
        pytest.param("unseen", 0.95, 0.92, id="sentences the rules were not changed for"),
        pytest.param("unseen_articles", 0.92, 0.92, id="articles the rules were not changed for"),
    ],
)
def test_figures_and_claimants_are_read_as_well_as_before(
    name: str, f1: float, claimants: float
) -> None:
    report = report_on(name)

    assert report.total.f1 >= f1
    assert report.total.claimant_accuracy >= claimants
    assert report.total.offset_validity >= 0.99


def test_no_language_falls_behind() -> None:
    report = report_on("second")

    behind = {code: one.f1 for code, one in report.by_language.items() if one.f1 < 0.92}

    assert behind == {}


def test_headline_figures_of_articles_are_read_as_well_as_before() -> None:
    report = report_on("articles")

    assert report.totals.recall >= 0.9
