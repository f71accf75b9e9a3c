"""Mappings with slips: every slip is told, with its place and the nearest right word."""

from pathlib import Path
from typing import Any

import pytest

from claims.ingest.mapping.checking import check_mapping
from claims.ingest.mapping.loading import LONGEST_MAPPING, mapping_from, mapping_of_text
from claims.ingest.mapping.problems import BadMapping
from claims.ingest.mapping.shipped import FOLDER, shipped_mappings
from tests.ingest.mapping.reading import MINIMAL, changed

FIELDS = MINIMAL["fields"]
CLAIM = MINIMAL["claims"][0]


def problems_of(given: dict[str, Any]) -> list[str]:
    with pytest.raises(BadMapping) as raised:
        mapping_from(given, name="ours.toml")
    return raised.value.problems


def fields(**over: Any) -> dict[str, Any]:
    return changed(fields={**FIELDS, **over})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(changed(licence=""), "licence: Missing; say it in a text.", id="no licence"),
        pytest.param(
            changed(name="Our Data"),
            "name: Expected lower case letters, digits and hyphens, such as ucdp-ged.",
            id="a name with spaces",
        ),
        pytest.param(
            changed(revises="yes"), "revises: Expected true or false, found “yes”.", id="a text"
        ),
        pytest.param(
            changed(repeats="once"),
            "repeats: Expected one of same, refuse, count_once, each_is_a_claim, found “once”.",
            id="a policy that nobody knows",
        ),
        pytest.param(
            changed(claims=[]),
            "claims: Missing; say in [[claims]] which claims a row makes.",
            id="no claims",
        ),
        pytest.param(
            changed(claims=[{"best": "{dead}"}]),
            'claims[1]: Name the claim: what = "killed".',
            id="a claim without a name",
        ),
        pytest.param(
            changed(fields={"event_key": "ours/{id}", "claimant": "Us"}),
            "claims[1]: Nothing says the measure; say it in [fields] or in the claim.",
            id="no measure",
        ),
        pytest.param(
            fields(measure="kiled"),
            "fields.measure: “kiled” is no measure. Did you mean “killed”? Expected one of killed, "
            "injured, missing, captured, displaced, killed_or_injured, losses_unspecified, "
            "bodies_recovered, died_of_wounds, excess_deaths, indirect_deaths.",
            id="a constant that is no code",
        ),
        pytest.param(
            fields(place="{town"),
            "fields.place: A brace is opened or closed alone in “{town”.",
            id="an open brace",
        ),
        pytest.param(
            fields(place="{@releese}"),
            "fields.place: There is no “@releese”. Did you mean “@release”? Expected one of "
            "@dataset, @release, @released_on, @row.",
            id="a word of the language misspelt",
        ),
        pytest.param(
            fields(revises="{@previous}"),
            "fields.revises: There is no “@previous”. Expected one of @dataset, @release, "
            "@released_on, @row.",
            id="a word that only claims have",
        ),
        pytest.param(
            fields(country={"column": "state", "codes": "county"}),
            "fields.country.codes: There is no code table “county”. Did you mean “countries”?",
            id="a code table that is not there",
        ),
        pytest.param(
            fields(country={"column": "state", "text": "{state}"}),
            "fields.country: Expected exactly one of text, column, columns.",
            id="two origins",
        ),
        pytest.param(
            fields(parent={"column": "id", "step": "entry"}),
            "fields.parent.step: There is no step “entry”. Steps: date_after_name, entry_of_part, "
            "name_before_date, report_day, report_source, report_title, short_name, whole_id.",
            id="a step that is not there",
        ),
        pytest.param(
            fields(event_start={"column": "id", "step": "date_after_name"}),
            "fields.event_start.step: The step needs 2 columns, found 1.",
            id="a step that needs two cells",
        ),
        pytest.param(
            fields(event_start={"columns": "id", "date": "parts"}),
            "fields.event_start: Expected the name of a column, or a list of names.",
            id="a text where a list belongs",
        ),
        pytest.param(
            fields(event_start={"columns": ["y", "m"]}),
            'fields.event_start: With columns, expected date = "parts" or a step.',
            id="several columns and nothing to do with them",
        ),
        pytest.param(
            fields(event_start={"column": "day", "days_after": "23.2.2022"}),
            "fields.event_start.days_after: Expected a day such as 2022-02-23, found “23.2.2022”.",
            id="a day in another format",
        ),
        pytest.param(
            fields(place=1.5),
            "fields.place: Expected a text, a list or a table, found “1.5”.",
            id="a fraction",
        ),
        pytest.param(
            changed(pass_over=[{"when": {"id": {"abve": 0}}, "why": "x"}]),
            "pass_over[1].when.id: There is no key “abve” here. Did you mean “above”?",
            id="a test misspelt",
        ),
        pytest.param(
            changed(pass_over=[{"when": {"id": {"above": "0"}}, "why": "x"}]),
            "pass_over[1].when.id: Expected a number after above, found “0”.",
            id="a text where a number belongs",
        ),
        pytest.param(
            changed(pass_over=[{"when": "always", "why": "x"}]),
            'pass_over[1].when: Expected a table such as { column = "value" }.',
            id="a condition that is a text",
        ),
        pytest.param(
            changed(pass_over=[{"when": {"id": "1"}}]),
            "pass_over[1]: Say why, in a few words: they are counted and shown.",
            id="passed over without a word",
        ),
        pytest.param(
            changed(claims=[{**CLAIM, "documents": "papers"}], documents=[{"name": "paper"}]),
            "claims[1]: There are no documents “papers”. Did you mean “paper”?",
            id="documents that are not there",
        ),
        pytest.param(
            changed(columns={"optional": ["dad"]}),
            "columns: Nothing uses the column “dad”. Did you mean “dead”?",
            id="an optional column that is not used",
        ),
        pytest.param(
            changed(missing={"deadd": ["-9"]}),
            "missing: Nothing uses the column “deadd”. Did you mean “dead”?",
            id="a missing code of a column that is not used",
        ),
        pytest.param(
            changed(codes={"kind": {"1": 2}}),
            "codes.kind.1: Expected a text between quotation marks, found “2”.",
            id="a code that is a number",
        ),
        pytest.param(
            changed(table={"delimiter": ";;"}),
            "table.delimiter: Expected one character, found “;;”.",
            id="two separators",
        ),
        pytest.param(
            changed(table={"encoding": "utf-9"}),
            "table.encoding: There is no encoding of texts called “utf-9”.",
            id="an encoding that is not there",
        ),
        pytest.param(
            changed(table={"preamble": 5_000}),
            "table.preamble: Expected 0 to 50 lines, found 5000.",
            id="a book above the table",
        ),
        pytest.param(
            changed(count_rows={"times": "id"}),
            'count_rows.times: Expected { column = "...", equal_to = "{...}" }.',
            id="nothing to count",
        ),
    ],
)
def test_mapping_when_it_has_a_slip_is_refused_with_its_place(
    given: dict[str, Any], expected: str
) -> None:
    assert problems_of(given) == [expected]


def test_mapping_when_it_has_several_slips_tells_them_all() -> None:
    given = changed(titles="Ours", columns={"unusd": []}, claims=[{**CLAIM, "hihg": "{dead}"}])

    assert problems_of(given) == [
        "top of the file: There is no key “titles” here. Did you mean “title”?",
        "claims[1]: There is no key “hihg” here. Did you mean “high”?",
        "columns: There is no key “unusd” here. Did you mean “unused”?",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            'name = "ours"\ntitle = \n',
            "ours, line 2: this is not well-formed TOML: Invalid value, found “title =”. Texts "
            'stand between straight quotation marks ("), each key stands once and on a line of its '
            "own, and what may be there several times is opened by [[...]].",
            id="no value",
        ),
        pytest.param(
            "x" * (LONGEST_MAPPING + 1), "ours: longer than 200,000 characters.", id="a book"
        ),
        pytest.param(
            f"x = {'[' * 50_000}", "ours: nested too deep to be a mapping.", id="an abyss"
        ),
    ],
)
def test_text_when_it_is_no_mapping_is_refused_in_a_sentence(text: str, expected: str) -> None:
    with pytest.raises(BadMapping) as raised:
        mapping_of_text(text, name="ours")

    assert raised.value.problems == [expected]


def test_check_when_the_file_does_not_fit_names_its_place(tmp_path: Path) -> None:
    path, file = tmp_path / "ours.toml", tmp_path / "table.csv"
    path.write_text(
        'name = "ours"\ntitle = "Ours"\nlicence = "CC0"\n[fields]\nevent_key = "ours/{id}"\n'
        'claimant = "Us"\nmeasure = "killed"\n[[claims]]\nwhat = "killed"\nbest = "{dead}"\n'
    )
    file.write_text("id,place\n1,Mill\n")

    assert check_mapping(path).problems == []
    assert check_mapping(path, file).problems == [
        (
            "table.csv, row 1, place: The mapping does not mention the column “place”. Say what it "
            "means, or list it under unused."
        )
    ]


def test_check_when_there_is_no_such_mapping_says_so(tmp_path: Path) -> None:
    assert check_mapping(tmp_path / "none.toml").problems == [
        "none.toml: cannot be read: No such file or directory."
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_mapping_when_checked_has_no_problems_and_bears_its_files_name(path: Path) -> None:
    assert check_mapping(path).problems == []
    assert path.stem in {mapping.name for mapping in shipped_mappings()}
