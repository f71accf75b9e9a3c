"""Files as other programs save them: numbers, encodings, ends of lines, order of columns."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.mapping.reading import MappedReading
from claims.ingest.mapping.shipped import shipped_mappings
from tests.ingest.mapping.changing import said, with_rows
from tests.ingest.mapping.reading import DATASETS

Table = Callable[..., Path]
UCDP = "ucdp-ged/ged-23-1.csv"
GTD = "gtd/extract.csv"
IBC = "iraq-body-count/incidents.csv"
RADFORD = "radford-2023/replication-data.csv"
ECONOMIST = "economist-war-dead/estimates.csv"
MAVERICK = "eventreport/maverick.csv"
STAFF = "ukraine-general-staff/russia_losses_personnel.json"
GAZA = "techforpalestine-daily/casualties_daily.json"
OURS = [UCDP, GTD, IBC, RADFORD, ECONOMIST, MAVERICK]


@pytest.mark.parametrize(
    ("name", "column", "number", "expected"),
    [
        pytest.param(UCDP, "best", "1e+06", "1000000", id="UCDP, as R writes it"),
        pytest.param(UCDP, "best", "12.0", "12", id="UCDP, as pandas writes it"),
        pytest.param(GTD, "nkill", "1E3", "1000", id="GTD"),
        pytest.param(RADFORD, "loss_count", "1e+05", "100000", id="Radford"),
        pytest.param(ECONOMIST, "estimate", "1,200", "1200", id="Economist, with a comma"),
        pytest.param(MAVERICK, "deaths_best", "5.0", "5", id="MAVERICK"),
        pytest.param(STAFF, "personnel", 1.2e5, "120000", id="General Staff"),
        pytest.param(GAZA, "killed_cum", 23.0, "23", id="Gaza"),
    ],
)
def test_number_when_a_program_wrote_it_its_own_way_is_the_same_number(
    table: Table, name: str, column: str, number: Any, expected: str
) -> None:
    told, _ = said(table, name, {column: number}, of=("best",))

    assert told[0] == (expected,)


@pytest.mark.parametrize("name", OURS, ids=lambda name: name.partition("/")[0])
@pytest.mark.parametrize(
    ("encoding", "newline"),
    [
        pytest.param("utf-8-sig", "\r\n", id="with a mark and CRLF"),
        pytest.param("utf-8", "\r\n", id="with CRLF"),
        pytest.param("utf-16", "\n", id="UTF-16"),
    ],
)
def test_file_when_saved_by_another_program_says_the_same(
    name: str, encoding: str, newline: str, table: Table
) -> None:
    dataset, _, file = name.partition("/")
    text = (DATASETS / name).read_text(encoding="utf-8")
    saved = table(text.replace("\n", newline), file, encoding)
    mapping = next(one for one in shipped_mappings() if one.name == dataset)

    same = [list(MappedReading(mapping, path).rows()) for path in (DATASETS / name, saved)]

    assert same[0] == same[1]
    assert same[0]


@pytest.mark.parametrize(
    ("name", "column", "text", "cell"),
    [
        pytest.param(UCDP, "where_coordinates", "Bogotá town", "place", id="UCDP"),
        pytest.param(GTD, "city", "Medellín", "place", id="GTD"),
        pytest.param(IBC, "Location", "Café Ghazāla".replace("ā", "a"), "place", id="IBC"),
        pytest.param(MAVERICK, "country", "Côte d'Ivoire", "country", id="MAVERICK"),
    ],
)
def test_file_when_in_latin_1_is_read_as_it_was_written(
    table: Table, name: str, column: str, text: str, cell: str
) -> None:
    dataset, _, file = name.partition("/")
    path = table(with_rows(name, {column: text}), file, "latin-1")
    mapping = next(one for one in shipped_mappings() if one.name == dataset)

    reading = MappedReading(mapping, path)
    found = {row.cells[cell] for row in reading.rows()}

    assert reading.encoding == "windows-1252"
    assert found & {text, f"{text}, Rift Valley", "CI"} == found


@pytest.mark.parametrize("name", OURS, ids=lambda name: name.partition("/")[0])
def test_columns_when_in_another_order_say_the_same(name: str, table: Table) -> None:
    dataset, _, file = name.partition("/")
    text = with_rows(name, {})
    turned = io.StringIO(newline="")
    lines = csv.reader(io.StringIO(text))
    csv.writer(turned).writerows(line[::-1] if len(line) > 1 else line for line in lines)
    mapping = next(one for one in shipped_mappings() if one.name == dataset)

    same = [list(MappedReading(mapping, table(t, file)).rows()) for t in (text, turned.getvalue())]

    assert same[0] == same[1]
    assert same[0]
