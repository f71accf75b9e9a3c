"""Rows of small tables, read by mappings that each show one thing."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.csv_table import NoTable
from claims.ingest.mapping.loading import mapping_from
from claims.ingest.mapping.reading import MappedReading
from claims.ingest.mapping.repeats import REPEAT
from claims.ingest.reading import datasets, open_reading
from tests.ingest.mapping.reading import MINIMAL, changed, read_by

Table = Callable[..., Path]
CLAIM = MINIMAL["claims"][0]


def killed(number: int, key: str, best: str, **other: str) -> tuple[int, dict[str, str]]:
    cells = {"event_key": f"ours/{key}", "claim_key": f"ours/{key}/killed", "claimant": "Us"}
    return number, {**cells, "measure": "killed", "best": best, **other}


def test_row_when_its_cells_are_understood_is_a_claim(table: Table) -> None:
    assert read_by(MINIMAL, table("id,dead\n1,4\n2,0\n3,\n")) == (
        [killed(2, "1", "4"), killed(3, "2", "0")],
        {"no figure in the row": 1},
    )


def test_row_when_cells_are_not_understood_is_refused_cell_by_cell(table: Table) -> None:
    mapping = changed(
        codes={"kind": {"1": "battle"}},
        columns={"also_called": {"dead": ["Dead (best)"]}},
        fields={**MINIMAL["fields"], "event_kind": {"column": "kind", "codes": "kind"}},
    )

    told, _ = read_by(mapping, table("id,Dead (best),kind\n1,6.33,1\n2,4,7\n3,3,1\n"))

    assert told == [
        "row 2, Dead (best): Expected a whole number of people, got 6.33.",
        (
            "row 3, kind: The mapping does not know the value “7”. Add it to the code table, with "
            "what it means."
        ),
        killed(4, "3", "3", event_kind="battle"),
    ]


def test_row_when_a_named_value_is_not_understood_is_refused_at_the_column_it_is_made_of(
    table: Table,
) -> None:
    mapping = changed(
        codes={"kind": {"1": "battle"}},
        let={"first": ["{kind}", "{id}"], "kind": {"text": "{@first}", "codes": "kind"}},
    )

    told, _ = read_by(mapping, table("id,dead,kind\n1,4,7\n2,5,1\n"))

    assert told == [
        (
            "row 2, kind: The mapping does not know the value “7”. Add it to the code table, with "
            "what it means."
        ),
        killed(3, "2", "5"),
    ]


@pytest.mark.parametrize(
    ("policy", "expected", "passed_over"),
    [
        pytest.param(
            "same", [killed(2, "1", "4"), killed(3, "1", "4"), killed(4, "2", "4")], {}, id="same"
        ),
        pytest.param(
            "refuse",
            [
                killed(2, "1", "4"),
                "row 3: The row repeats an earlier one cell by cell; take one of them out.",
                killed(4, "2", "4"),
            ],
            {},
            id="refuse",
        ),
        pytest.param(
            "count_once", [killed(2, "1", "4"), killed(4, "2", "4")], {REPEAT: 1}, id="count once"
        ),
        pytest.param(
            "each_is_a_claim",
            [
                killed(2, "1", "4"),
                killed(3, "1", "4", claim_key="ours/1/killed/2"),
                killed(4, "2", "4"),
            ],
            {},
            id="each is a claim",
        ),
    ],
)
def test_row_when_it_repeats_an_earlier_one_goes_by_the_mapping(
    table: Table, policy: str, expected: list[Any], passed_over: dict[str, int]
) -> None:
    path = table("id,dead\n1,4\n1,4\n2,4\n")

    assert read_by(changed(repeats=policy), path) == (expected, passed_over)


def test_rows_when_passed_over_are_counted_by_why(table: Table) -> None:
    mapping = changed(
        pass_over=[
            {"when": {"what": ["Tank", "Drone"]}, "why": "equipment"},
            {"when": {"dead": {"above": 3}}, "why": "large", "whole_row": False},
        ]
    )

    assert read_by(mapping, table("id,dead,what\n1,4,Tank\n2,5,Men\n3,6,Drone\n")) == (
        [killed(3, "2", "5")],
        {"equipment": 2, "large": 1},
    )


def test_claims_when_their_condition_does_not_hold_are_counted_where_why_is_said(
    table: Table,
) -> None:
    mapping = changed(
        claims=[
            CLAIM,
            {"what": "injured", "measure": "injured", "best": "{hurt}"}
            | {"when": {"hurt": {"above": 0}}, "why": "nobody hurt"},
        ]
    )

    told, passed_over = read_by(mapping, table("id,dead,hurt\n1,4,0\n2,,3\n"))

    injured = killed(3, "2", "3", claim_key="ours/2/injured", measure="injured")
    assert (told, passed_over) == ([killed(2, "1", "4"), injured], {"nobody hurt": 1})


def test_claim_when_it_revises_the_one_before_names_it(table: Table) -> None:
    mapping = changed(
        fields={"event_key": "the-war", "claimant": "{who}", "measure": "killed"},
        claims=[{**CLAIM, "claim_key": "ours/{who}/{id}", "revises": "{@previous}"}],
    )

    told, _ = read_by(mapping, table("id,who,dead\n1,A,4\n1,B,9\n2,A,6\n3,A,7\n"))

    assert [(cells["claim_key"], cells.get("revises")) for _, cells in told] == [
        ("ours/A/1", None),
        ("ours/B/1", None),
        ("ours/A/2", "ours/A/1"),
        ("ours/A/3", "ours/A/2"),
    ]


def test_claim_when_its_event_is_not_of_the_dataset_has_the_dataset_in_its_key(
    table: Table,
) -> None:
    mapping = changed(fields={**MINIMAL["fields"], "event_key": "the-war"})

    told, _ = read_by(mapping, table("dead\n4\n"))

    assert told == [killed(2, "the-war", "4", event_key="the-war")]


def test_claim_when_its_key_is_not_of_the_dataset_is_refused(table: Table) -> None:
    mapping = changed(claims=[{**CLAIM, "claim_key": "theirs/{id}"}])

    assert read_by(mapping, table("id,dead\n1,4\n"))[0] == [
        "row 2, claim_key: Expected a claim_key that begins with ours/, got “theirs/1”."
    ]


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        pytest.param("1,2,3", {}, id="in order"),
        pytest.param("2,2,2", {}, id="all the same"),
        pytest.param("1,,3", {}, id="no best"),
        pytest.param(
            "1,4,3", {"disordered": "yes", "qualifier": "between"}, id="best above the range"
        ),
        pytest.param("3,,1", {"disordered": "yes", "qualifier": "between"}, id="ends swapped"),
    ],
)
def test_figure_when_it_is_out_of_order_is_kept_and_marked(
    table: Table, cells: str, marks: dict[str, str]
) -> None:
    mapping = changed(claims=[{"what": "killed", "low": "{l}", "best": "{b}", "high": "{h}"}])

    told, _ = read_by(mapping, table(f"id,l,b,h\n1,{cells}\n"))

    stated = dict(zip(("low", "best", "high"), cells.split(","), strict=True))
    expected = {name: cell for name, cell in stated.items() if cell} | marks
    assert told == [
        (
            2,
            {"event_key": "ours/1", "claim_key": "ours/1/killed", "claimant": "Us"}
            | {"measure": "killed"}
            | expected,
        )
    ]


def test_release_when_it_has_settings_of_its_own_is_read_by_them(table: Table) -> None:
    text = 'name = "ours"\ntitle = "Ours"\nlicence = "CC0"\n[fields]\nevent_key = "ours/{id}"\n'
    text += 'claimant = "Us"\nmeasure = "killed"\n[[claims]]\nwhat = "killed"\nbest = "{dead}"\n'
    text += '[releases."2015*".columns]\nalso_called = { dead = ["deaths"] }\n'
    path = table("id,deaths\n1,4\n")

    reading = open_reading("ours", path, mapping=text, release="2015-2")

    assert [(row.number, row.cells) for row in reading.rows()] == [killed(2, "1", "4")]
    with pytest.raises(NoTable):
        open_reading("ours", path, mapping=text, release="2016")


def test_rows_when_they_count_others_read_the_file_before(table: Table) -> None:
    mapping = changed(
        count_rows={"times": {"column": "id", "equal_to": "{id}"}},
        fields={
            **MINIMAL["fields"],
            "event_key": [
                {"text": "ours/{id}/{place}", "when": {"@times": {"above": 1}}},
                "ours/{id}",
            ],
        },
    )

    told, _ = read_by(mapping, table("id,dead,place\n1,4,A\n2,5,B\n1,6,C\n"))

    assert [cells["event_key"] for _, cells in told] == ["ours/1/A", "ours/2", "ours/1/C"]


@pytest.mark.parametrize(
    ("header", "column", "reason"),
    [
        pytest.param(
            "id,dead,weapon",
            "weapon",
            "The mapping does not mention the column “weapon”. Say what it means, or list it under "
            "unused.",
            id="a column that nobody explains",
        ),
        pytest.param(
            "id,deaths",
            "deaths",
            "The mapping does not mention the column “deaths”. Did you mean “dead”? Say what it "
            "means, or list it under unused.",
            id="a column misspelt",
        ),
        pytest.param(
            "id,ext_dead",
            "dead",
            "The column “dead” is not there, and claims[1].best needs it. Did you mean “ext_dead”? "
            "Write its name as the file does, or list it under optional where a file may lack it.",
            id="a column that is needed",
        ),
        pytest.param(
            "id,dead,killed", "killed", "The column “dead” is there more than once.", id="two names"
        ),
        pytest.param(
            "id,dead,dead", "dead", "The column “dead” is there more than once.", id="two"
        ),
    ],
)
def test_file_when_its_columns_are_others_is_refused(
    table: Table, header: str, column: str, reason: str
) -> None:
    mapping = changed(columns={"unused": ["ext_*"], "also_called": {"dead": ["killed"]}})

    with pytest.raises(NoTable) as raised:
        read_by(mapping, table(f"{header}\n1,2,3\n"))

    assert (raised.value.row, raised.value.column, raised.value.reason) == (1, column, reason)


def test_row_when_a_cell_stands_under_no_name_is_refused(table: Table) -> None:
    path = table("id,dead,\n1,4,\n2,5,x\n")

    assert read_by(MINIMAL, path)[0] == [
        killed(2, "1", "4"),
        "row 3: There is a cell under no name; name its column.",
    ]


def test_lists_when_they_are_of_different_lengths_refuse_the_row(table: Table) -> None:
    papers = {"name": "papers", "lists": ["by", "on"], "publisher": "{by}", "published_on": "{on}"}
    mapping = changed(documents=[papers])

    told, _ = read_by(mapping, table("id,dead,by,on\n1,4,A;B,2020;2021\n2,5,A;B,2020\n"))

    assert told == [
        killed(2, "1", "4", publisher="A", published_on="2020"),
        killed(2, "1", "4", publisher="B", published_on="2021"),
        "row 3, by: Expected lists of one length, got by 2, on 1.",
    ]


def test_document_when_it_names_nothing_is_none(table: Table) -> None:
    mapping = changed(documents=[{"name": "paper", "url": "{url}", "language": "en"}])

    told, _ = read_by(mapping, table("id,dead,url\n1,4,\n2,5,https://a.example/\n"))

    assert told == [
        killed(2, "1", "4"),
        killed(3, "2", "5", url="https://a.example/", language="en"),
    ]


def test_missing_codes_when_they_stand_for_not_known_say_nothing(table: Table) -> None:
    mapping = changed(missing={"*": ["NA"], "dead": ["-99"]})

    assert read_by(mapping, table("id,dead\n1,-99\n2,NA\n3,3\n-99,4\n")) == (
        [killed(4, "3", "3"), killed(5, "-99", "4")],
        {"no figure in the row": 2},
    )


def test_dataset_when_there_is_none_of_that_name_is_refused_with_the_nearest(table: Table) -> None:
    with pytest.raises(NoTable) as raised:
        open_reading("ucdp-gde", table("id\n1\n"))

    assert raised.value.reason == (
        "There is no dataset “ucdp-gde”. Did you mean “ucdp-ged”? Expected one of "
        f"{', '.join(known.name for known in datasets())}, or a mapping."
    )


def test_mapping_when_it_is_for_another_dataset_is_refused(table: Table) -> None:
    text = 'name = "ours"\ntitle = "Ours"\nlicence = "CC0"\n[fields]\nevent_key = "{id}"\n'
    text += 'claimant = "Us"\nmeasure = "killed"\n[[claims]]\nwhat = "killed"\nbest = "{id}"\n'

    with pytest.raises(NoTable) as raised:
        open_reading("theirs", table("id\n1\n"), mapping=text)

    assert raised.value.reason == "The mapping is for the dataset “ours”, not for “theirs”."


def test_claim_when_it_has_its_own_claimant_revises_only_that_ones(table: Table) -> None:
    mapping = changed(
        fields={"event_key": "the-war", "claimant": "{who}", "measure": "killed"},
        claims=[
            {**CLAIM, "claim_key": "ours/{id}", "claimant": "C", "revises": "{@previous}"},
        ],
    )

    told, _ = read_by(mapping, table("id,who,dead\n1,A,4\n2,B,9\n"))

    assert [(cells["claimant"], cells.get("revises")) for _, cells in told] == [
        ("C", None),
        ("C", "ours/1"),
    ]


def test_event_when_its_first_row_describes_it_is_only_named_by_the_others(table: Table) -> None:
    mapping = changed(
        described_by="first_row",
        fields={**MINIMAL["fields"], "event": "{town}", "event_start": "{day}"},
        claims=[{**CLAIM, "claim_key": "ours/{id}/{town}"}],
    )

    told, _ = read_by(
        mapping, table("id,town,day,dead\n1,Mill,2021,4\n1,Ford,2022,5\n2,Ford,2022,1\n")
    )

    mill, ford = "ours/1/Mill", "ours/2/Ford"
    assert told == [
        killed(2, "1", "4", claim_key=mill, event="Mill", event_start="2021"),
        killed(3, "1", "5", claim_key="ours/1/Ford"),
        killed(4, "2", "1", claim_key=ford, event="Ford", event_start="2022"),
    ]


def test_reading_when_there_are_more_rows_takes_no_more_memory(table: Table) -> None:
    mapping = mapping_from(MINIMAL, name="ours.toml")

    def most_memory(rows: int) -> int:
        text = "\n".join(["id,dead", *(f"{n},{n % 7}" for n in range(rows))])
        reading = MappedReading(mapping, table(text, f"{rows}.csv"))
        tracemalloc.start()
        for _ in reading.rows():
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    most_memory(100)  # what is remembered once

    assert most_memory(20_000) < most_memory(2_000) + 100_000
