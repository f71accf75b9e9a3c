"""Every slip of a mapping found before a run, with its line or its row, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from claims.ingest.mapping.trying import MOST_TOLD, MOST_TRIED
from tests.ingest.mapping.own_tables import (
    ATTACKS,
    ATTACKS_JSON,
    FLOODS,
    HEADER,
    ROWS,
    problems,
    write_floods,
)


@pytest.fixture
def floods(tmp_path: Path) -> Path:
    """Write the table."""
    return write_floods(tmp_path, [*HEADER, "Remarks"], *ROWS)


SLIPS = [
    pytest.param(
        'country = "VN"',
        "country = VN",
        "ours.toml, line 28: this is not well-formed TOML: Invalid value, found “country = VN”. "
        'Texts stand between straight quotation marks ("), each key stands once and on a line of '
        "its own, and what may be there several times is opened by [[...]].",
        id="a text without quotation marks",
    ),
    pytest.param(
        "event_kind =",
        "event_kin =",
        "line 25, fields: There is no key “event_kin” here. Did you mean “event_kind”?",
        id="a field misspelt",
    ),
    pytest.param(
        'place = "{Province}"',
        'place = "{Provinz}"',
        "floods.xlsx, row 1, Provinz: The column “Provinz” is not there, and line 27, fields.place "
        "needs it. Did you mean “Province”? Write its name as the file does, or list it under "
        "optional where a file may lack it.",
        id="a column misspelt",
    ),
    pytest.param(
        '"{Reported by}"',
        '"Reported by"',
        "line 29, fields.claimant: “Reported by” is the same text in every row here, and the name "
        'of a column of the file. Write "{Reported by}" for the cells of that column.',
        id="a column without braces",
    ),
    pytest.param(
        '"emergency_service"',
        '"civil_defence"',
        "line 16, codes.kinds.Civil Defence: “civil_defence” is no source kind. Expected one of "
        "government, military, party_official, local_authority, health_authority, "
        "emergency_service, intergovernmental, ngo, news_media, journalist, academic, dataset, "
        "court, witness, social_account, other.",
        id="a code that is none",
    ),
    pytest.param(
        '"VN"',
        '"Vietnam"',
        "line 28, fields.country: “Vietnam” is no ISO 3166-1 code of a country, such as UA. Its "
        "code is VN.",
        id="a country by its name",
    ),
    pytest.param(
        'date = "%Y-%m-%d"',
        'date = "YYYY-MM-DD"',
        "line 20, let.start.date: Expected a format such as %d/%m/%Y, found “YYYY-MM-DD”.",
        id="a format of dates as spreadsheets write it",
    ),
    pytest.param(
        'date = "%Y-%m-%d"',
        'date = "%Y-%m-%Q"',
        "line 20, let.start.date: There is no “%Q” in formats of dates. Expected %d %m %Y %y %b %B "
        "%H %M %S %f.",
        id="a part of dates that is none",
    ),
    pytest.param(
        'name = "papers"\n',
        "",
        'line 35, documents[1]: Name the documents: name = "release".',
        id="documents without a name",
    ),
    pytest.param(
        "[[documents]]",
        "[documents]",
        "line 35, documents: Expected as many tables as you like, each opened by [[documents]].",
        id="single brackets",
    ),
    pytest.param(
        'what = "missing"',
        'what = "killed"',
        "line 48, claims[2]: There is another claim “killed” above; give each its own name.",
        id="two claims of one name",
    ),
    pytest.param(
        'what = "killed"\n',
        'what = "killed"\ndocuments = "paper"\n',
        "line 42, claims[1]: There are no documents “paper”. Did you mean “papers”?",
        id="documents that are none",
    ),
    pytest.param(
        'Missing = ["n/a"]',
        'Missed = ["n/a"]',
        "line 13, missing: Nothing uses the column “Missed”. Did you mean “Missing”?",
        id="a column in vain",
    ),
    pytest.param(
        'sheet = "Floods"',
        'sheet = "Flood"',
        "floods.xlsx, row 1: There is no sheet “Flood”. Did you mean “Floods”? Sheets: Sheet, "
        "Floods.",
        id="a sheet misspelt",
    ),
    pytest.param(
        'wording = "{Dead}"',
        'best = "{Dead}"',
        "floods.xlsx, row 3, Dead: Expected a number, got “at least 40”. Numbers in words, such as "
        "“at least 40”, go into wording, and are read there.",
        id="words where a number belongs",
    ),
    pytest.param(
        'lists = ["Papers", "Links"]',
        'lists = ["Papers", "Links"]\nsplit = ","',
        "floods.xlsx, row 2, Links: Expected an address such as https://example.org/page, got "
        "“https://courier.example/1; https://radio.example/2”.",
        id="a list split at another mark",
    ),
    pytest.param(
        'claimant = "{Reported by}"',
        'claimant = "{Papers}"',
        "floods.xlsx, row 4, Papers: Empty, so that nothing says the claimant of the claim.",
        id="a claimant who is not in every row",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "expected"), SLIPS)
def test_check_when_a_mapping_has_a_slip_says_where_and_what_to_do(
    tmp_path: Path, floods: Path, right: str, wrong: str, expected: str
) -> None:
    assert FLOODS.count(right) >= 1

    assert problems(tmp_path, FLOODS.replace(right, wrong, 1), floods) == [expected]


SHEETS = [
    pytest.param(
        [["Collected by us"], HEADER, ROWS[0][:8]],
        "floods.xlsx, row 1: Expected a row that names the columns, found “Collected by us”. Check "
        "that the file is the one that the mapping describes. It names Began, Dead, Flood ID, "
        "Links, Missing, Papers, Province, Reported by, spelt just so; where they stand further "
        'down in the file, say preamble = "search" under [table].',
        id="a line above the header",
    ),
    pytest.param(
        [HEADER], "floods.xlsx: the file has no rows under its header.", id="a header alone"
    ),
    pytest.param(
        [HEADER, ROWS[0][:8], [1, "2020-07-01", "North Delta", 12, 4, *ROWS[0][5:8]]],
        "floods.xlsx, row 3, Missing: “4” here, but “3” in row 2, of the claim "
        "delta-floods/1/missing. Make its key of what tells the rows apart.",
        id="two rows under one key",
    ),
    pytest.param(
        [HEADER, [1, "2020-07-01", "North", "=6*2", *ROWS[0][4:8]]],
        "floods.xlsx, row 2, D: The cell holds a formula without its result. Open the file in a "
        "spreadsheet program and save it again.",
        id="a formula",
    ),
]


@pytest.mark.parametrize(("rows", "expected"), SHEETS)
def test_check_when_a_sheet_cannot_be_taken_says_where_and_what_to_do(
    tmp_path: Path, rows: list[list[Any]], expected: str
) -> None:
    file = write_floods(tmp_path, *rows)

    assert problems(tmp_path, FLOODS, file) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"data": [{"ref": "A-1"}]}',
            "attacks.json, row 1: Expected an array of objects. Where it stands within an object, "
            'say the way to it in the mapping, under [table]: path = "data.events". Where each '
            'line is an object, say format = "jsonl".',
            id="an object around the array",
        ),
        pytest.param(
            ATTACKS_JSON.replace('["Radio", "The Courier"]', '[{"name": "Radio"}]'),
            "attacks.json, row 1, outlets: Expected a text, a number or a list of texts, found "
            "“[{'name': 'Radio'}]”.",
            id="a list of objects in a cell",
        ),
    ],
)
def test_check_when_a_json_file_cannot_be_taken_says_where_and_what_to_do(
    tmp_path: Path, text: str, expected: str
) -> None:
    file = tmp_path / "attacks.json"
    file.write_text(text)

    assert problems(tmp_path, ATTACKS, file) == [expected]


def test_check_when_every_row_is_passed_over_says_so(tmp_path: Path, floods: Path) -> None:
    nothing = FLOODS + '\n[[pass_over]]\nwhen = { Dead = { empty = false } }\nwhy = "dead"\n'
    nothing += '\n[[pass_over]]\nwhen = { Dead = "" }\nwhy = "nobody"\n'

    assert problems(tmp_path, nothing, floods) == [
        (
            "floods.xlsx: no claim. The first 3 rows make 0 claims with 0 citations. Passed over: "
            "2 dead; 1 nobody. Look at when, unless and the names."
        )
    ]


def test_check_when_a_file_is_long_tries_no_more_than_its_first_rows(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    rows = [f"{n},2020-01-01,{'x' if n > MOST_TRIED else n}" for n in range(1, MOST_TRIED + 99)]
    file.write_text("\n".join(["ref,when,dead", *rows]))
    short = ATTACKS.split("[codes.states]", maxsplit=1)[0] + (
        '[fields]\nevent_key = "attacks/{ref}"\nclaimant = "Us"\nclaimed_on = "{when}"\n'
        '[[claims]]\nwhat = "killed"\nmeasure = "killed"\nbest = "{dead}"\n'
    )

    assert problems(tmp_path, short, file) == []
    file.write_text("\n".join(["ref,when,dead", *(f"{n},2020-01-01,x" for n in range(99))]))
    assert len(problems(tmp_path, short, file)) == MOST_TOLD
