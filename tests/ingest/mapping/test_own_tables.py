"""A researcher's own tables: read without code, every slip found before a run, with its line."""

from pathlib import Path

import openpyxl
import pytest

from claims.ingest.mapping.checking import check_mapping
from claims.ingest.mapping.trying import MOST_TOLD, MOST_TRIED
from tests.ingest.importing import plan, refusals

FLOODS = """\
name = "delta-floods"
title = "Delta floods"
licence = "CC BY 4.0"
revises = true

[table]
sheet = "Floods"

[columns]
unused = ["Remarks"]

[missing]
Missing = ["n/a"]

[codes.kinds]
"Civil Defence" = "emergency_service"
"Red Crescent" = "ngo"

[let]
start = { column = "Began", date = "%Y-%m-%d" }

[fields]
event_key = "delta-floods/{Flood ID}"
event = "Flood in {Province}, {@start}"
event_kind = "flood"
event_start = "{@start}"
place = "{Province}"
country = "VN"
claimant = "{Reported by}"
claimant_kind = { column = "Reported by", codes = "kinds" }
is_compilation = false
victims = "people"
claimed_on = "{@start}"

[[documents]]
name = "papers"
lists = ["Papers", "Links"]
publisher = "{Papers}"
url = "{Links}"
locator = "named by the Delta Group"

[[claims]]
what = "killed"
measure = "killed"
wording = "{Dead}"

[[claims]]
what = "missing"
measure = "missing"
best = "{Missing}"
"""
ATTACKS = """\
name = "attacks"
title = "Attacks"
licence = "CC0"

[codes.states]
KE = "KE"

[fields]
event_key = "attacks/{ref}"
event = "Attack at {where.town}, {when}"
event_start = "{when}"
country = { column = "where.state", codes = ["states", "countries"] }
claimant = "{said_by}"
claimed_on = "{when}"

[[documents]]
name = "outlets"
split = "|"
lists = ["outlets"]
publisher = "{outlets}"
published_on = "{when}"

[[claims]]
what = "killed"
measure = "killed"
low = "{toll.dead.min}"
high = "{toll.dead.max}"

[[claims]]
what = "injured"
measure = "injured"
best = "{toll.wounded}"
"""
ATTACKS_JSON = """\
[{"ref": "A-1", "when": "2021-05-01", "where": {"town": "Old Mill", "state": "KE"},
  "toll": {"dead": {"min": 3, "max": 5}, "wounded": 7}, "said_by": "Hospital",
  "outlets": ["Radio", "The Courier"]},
 {"ref": "A-2", "when": "2021-05", "where": {"town": "Ford", "state": "Kenya"},
  "toll": {"dead": {"min": null, "max": 4}}, "said_by": "Police", "outlets": []}]
"""
HEADER = ["Flood ID", "Began", "Province", "Dead", "Missing", "Reported by", "Papers", "Links"]
PAPERS = ("The Courier; Valley Radio", "https://courier.example/1; https://radio.example/2")
ROWS = [
    [1, "2020-07-01", "North Delta", 12, 3, "Civil Defence", *PAPERS, "checked"],
    [2, "2020-07-09", "South", "at least 40", "n/a", "Civil Defence", "The Courier", None, None],
    [3, "2020-08-01", "South", None, 2, "Red Crescent", None, None, None],
]


@pytest.fixture
def floods(tmp_path: Path) -> Path:
    """Write the table as a spreadsheet, on its second sheet."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Floods")
    for row in ([*HEADER, "Remarks"], *ROWS):
        sheet.append(row)
    book.save(tmp_path / "floods.xlsx")
    return tmp_path / "floods.xlsx"


def problems(folder: Path, mapping: str, file: Path | None) -> list[str]:
    path = folder / "ours.toml"
    path.write_text(mapping, encoding="utf-8")
    return check_mapping(path, file).problems


@pytest.mark.django_db
def test_spreadsheet_when_a_row_has_two_claims_and_a_list_of_papers_is_read_whole(
    floods: Path,
) -> None:
    batch = plan(floods, dataset="delta-floods", mapping=FLOODS, release="1")

    assert refusals(batch) == []
    assert {kind: counts["new"] for kind, counts in batch.counts.items()} == {
        "event": 3,
        "source": 4,
        "document": 3,
        "claim": 4,
        "citation": 5,
    }


@pytest.mark.django_db
def test_json_array_when_its_objects_are_nested_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "attacks.json"
    file.write_text(ATTACKS_JSON)

    batch = plan(file, dataset="attacks", mapping=ATTACKS, release="1")

    assert refusals(batch) == []
    assert {kind: counts["new"] for kind, counts in batch.counts.items()} == {
        "event": 2,
        "source": 4,
        "document": 2,
        "claim": 3,
        "citation": 4,
    }


def test_check_when_nothing_is_wrong_says_what_the_rows_make(tmp_path: Path, floods: Path) -> None:
    path = tmp_path / "floods.toml"
    path.write_text(FLOODS)

    checked = check_mapping(path, floods)

    assert checked.problems == []
    assert str(checked.trial) == "The first 3 rows make 4 claims with 5 citations."


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


@pytest.mark.django_db
def test_plan_when_a_cell_is_refused_later_names_the_column_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "attacks.json"
    file.write_text(ATTACKS_JSON.replace("2021-05-01", "May Day").replace('"KE"', '"XX"'))

    batch = plan(file, dataset="attacks", mapping=ATTACKS.replace('KE = "KE"', 'XX = "KE"'))

    assert [(row, column) for row, column, _ in refusals(batch)] == [(1, "when")]
