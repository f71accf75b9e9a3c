"""How readings are compared with labels."""

from typing import Any

import pytest

from claims.extraction.scoring import same_claimant, score

TEXT = "Kyiv said 63 people were killed and 12 wounded."


def gold(*labels: dict[str, Any], **totals: list[int | None]) -> dict[str, Any]:
    return {
        "id": "a",
        "lang": "en",
        "tags": ["plain"],
        "text": TEXT,
        "gold": {"claims": list(labels), "totals": totals},
    }


def label(fig: str, measure: str, number: int, **more: Any) -> dict[str, Any]:
    kept = {"fig": fig, "lower": number, "upper": number, "measure": measure, "claimant": "Kyiv"}
    return kept | more


def claim(fig: str, measure: str, number: int, **more: Any) -> dict[str, Any]:
    start = TEXT.find(fig)
    kept = {
        "lower": number,
        "upper": number,
        "measure": measure,
        "claimant": "Kyiv",
        "start": start,
        "end": start + len(fig),
        "rules": ["digits"],
    }
    return kept | more


def read(*claims: dict[str, Any], **totals: list[int]) -> dict[str, Any]:
    return {"id": "a", "claims": list(claims), "totals": totals}


def test_figure_is_found_where_interval_and_measure_agree() -> None:
    document = gold(label("63", "killed", 63), label("12", "injured", 12))

    report = score([(document, read(claim("63", "killed", 63), claim("12", "killed", 12)))])

    assert (report.total.found, report.total.missed, report.total.wrong) == (1, 1, 1)
    assert (report.total.precision, report.total.recall, report.total.f1) == (0.5, 0.5, 0.5)
    assert [error.split(":")[0] for error in report.errors] == [
        "a missed injured 12..12 '12'",
        "a wrong killed 12..12 '12' (digits)",
    ]


def test_accepted_intervals_and_measures_count_as_found() -> None:
    wide = label(
        "63",
        "killed",
        63,
        accept_lower={"min": 60, "null": True},
        accept_measures=["killed", "casualties"],
    )

    report = score([(gold(wide), read(claim("63", "casualties", 63, lower=None)))])

    assert report.total.f1 == 1.0


def test_optional_label_counts_neither_way() -> None:
    document = gold(label("12", "injured", 12, optional=True))

    unread = score([(document, read())])
    differently = score([(document, read(claim("12", "killed", 12)))])

    assert [(r.total.found, r.total.missed, r.total.wrong) for r in (unread, differently)] == [
        (0, 0, 0),
        (0, 0, 0),
    ]


def test_claimant_and_offsets_are_asked_of_what_was_found() -> None:
    document = gold(label("63", "killed", 63))

    report = score([(document, read(claim("12", "killed", 63, claimant=None)))])

    assert (report.total.claimant_accuracy, report.total.offset_validity) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("found", "labelled", "expected"),
    [
        pytest.param("the mayor", ["mayor"], True, id="an article more"),
        pytest.param("mayor", ["the mayor"], True, id="an article less"),
        pytest.param("The Mayor", "the mayor", True, id="case"),
        pytest.param(None, None, True, id="nobody"),
        pytest.param("Kyiv", None, False, id="somebody for nobody"),
        pytest.param(None, ["Kyiv"], False, id="nobody for somebody"),
        pytest.param("Moscow", ["Kyiv"], False, id="somebody else"),
    ],
)
def test_claimants_are_the_same(found: str | None, labelled: Any, expected: bool) -> None:
    assert same_claimant(found, labelled) is expected


def test_headline_figures_are_scored_where_they_are_labelled() -> None:
    document = gold(killed=[63, 63], injured=[12, 12])

    report = score([(document, read(killed=[63, 63]))])

    assert (report.totals.found, report.totals.missed) == (1, 1)


def test_scores_are_kept_by_language_and_tag() -> None:
    report = score([(gold(label("63", "killed", 63)), read(claim("63", "killed", 63)))])

    assert (report.by_language["en"].found, report.by_tag["plain"].found) == (1, 1)
