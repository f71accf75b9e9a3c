"""Whatever stands in a dataset's file, each row is taken, refused with its cell, or counted."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.columns import READERS
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.mapping.shipped import shipped_mappings
from claims.ingest.reading import open_reading
from tests.ingest.importing import plan, refusals
from tests.ingest.mapping.reading import DATASETS

FILES = [
    "ucdp-ged/ged-23-1.csv",
    "gtd/extract.csv",
    "iraq-body-count/incidents.csv",
    "radford-2023/replication-data.csv",
    "economist-war-dead/estimates.csv",
    "ukraine-general-staff/russia_losses_personnel.json",
    "techforpalestine-daily/casualties_daily.json",
    "techforpalestine-west-bank/west_bank_daily.json",
    "techforpalestine-lebanon/lebanon_casualties_daily.json",
    "eventreport/maverick.csv",
]
NASTY = [
    pytest.param("1" + "0" * 400, id="a number of 401 digits"),
    pytest.param("1e400", id="ten to the four hundredth"),
    pytest.param("1e-400", id="next to nothing"),
    pytest.param("-5", id="fewer than none"),
    pytest.param("4.5", id="half a person"),
    pytest.param("NaN", id="not a number"),
    pytest.param("٤٠٠", id="other digits"),
    pytest.param("=1+1", id="a formula"),
    pytest.param("\u202e004", id="written backwards"),
    pytest.param("31/02/2023", id="a day that is none"),
    pytest.param("9999-12-31", id="the last day"),
    pytest.param("|", id="a bar"),
    pytest.param(' "', id="a quotation mark"),
    pytest.param("a\nb", id="two lines"),
    pytest.param("{best}", id="a place of the language"),
    pytest.param("https://[::1", id="half an address"),
    pytest.param("х" * 19_000, id="a huge cell"),
    pytest.param("x" * 30_000, id="a cell larger than any"),
    pytest.param("a\x00b", id="a null byte"),
    pytest.param("\ud800", id="half a character"),
]


class File:
    """A file of a dataset whose cells a test may change."""

    def __init__(self, name: str, folder: Path) -> None:
        self.dataset = name.partition("/")[0]
        self.path = folder / Path(name).name
        text = (DATASETS / name).read_text(encoding="utf-8")
        self.is_json = name.endswith(".json")
        if self.is_json:
            self.records = json.loads(text)
            self.columns = list(dict.fromkeys(n for record in self.records for n in record))
            return
        lines = list(csv.reader(io.StringIO(text)))
        at = next(n for n, line in enumerate(lines) if len(line) > 1 and all(line[1:]))
        self.above, self.columns, self.rows = lines[:at], lines[at], lines[at + 1 :]

    def used(self) -> list[str]:
        """Return the columns whose cells mean something."""
        mapping = next(one for one in shipped_mappings() if one.name == self.dataset)
        return [name for name in self.columns if not mapping.columns.is_unused(name)]

    def with_cell(self, column: str, value: str) -> Path:
        """Write it with another value in the first row."""
        if self.is_json:
            return self._json([{**self.records[0], column: value}, *self.records[1:]])
        first = [
            value if name == column else cell
            for name, cell in zip(self.columns, self.rows[0], strict=True)
        ]
        return self._csv(self.columns, [first, *self.rows[1:]])

    def without(self, column: str) -> Path:
        """Write it without a column."""
        if self.is_json:
            return self._json([{k: v for k, v in r.items() if k != column} for r in self.records])
        at = self.columns.index(column)
        rows = [row[:at] + row[at + 1 :] for row in self.rows]
        return self._csv(self.columns[:at] + self.columns[at + 1 :], rows)

    def with_column(self, column: str) -> Path:
        """Write it with one column more."""
        if self.is_json:
            return self._json([{**record, column: 1} for record in self.records])
        return self._csv([*self.columns, column], [[*row, "1"] for row in self.rows])

    def _json(self, records: list[dict[str, Any]]) -> Path:
        self.path.write_text(json.dumps(records), encoding="utf-8")
        return self.path

    def _csv(self, columns: list[str], rows: list[list[str]]) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*self.above, columns, *rows])
        self.path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
        return self.path


@pytest.fixture(params=FILES, ids=lambda name: name.partition("/")[0])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> File:
    return File(request.param, tmp_path)


def answers(file: File, path: Path) -> Iterator[tuple[str, int, str]]:
    """Yield what becomes of the rows: taken, refused, passed over, or the whole file refused."""
    try:
        reading = open_reading(file.dataset, path, release="r")
        for found in reading.rows():
            if isinstance(found, Row):
                assert set(found.cells) <= set(READERS)
                yield "taken", found.number, ""
            else:
                yield "refused", found.row, f"{found.column}: {found.reason}"
        yield from (("passed over", times, why) for why, times in reading.passed_over.items())
    except NoTable as error:
        yield "no table", error.row, f"{error.column}: {error.reason}"


def rows_of(found: list[tuple[str, int, str]], *fates: str) -> set[int]:
    return {row for fate, row, _ in found if fate in fates}


def passed_over(found: list[tuple[str, int, str]]) -> int:
    return sum(times for fate, times, _ in found if fate == "passed over")


@pytest.mark.parametrize("value", NASTY)
def test_row_when_a_cell_is_hostile_is_taken_refused_or_counted(file: File, value: str) -> None:
    plain = list(answers(file, file.with_cell("", "")))

    for column in file.used():
        found = list(answers(file, file.with_cell(column, value)))

        lost = rows_of(plain, "taken") - rows_of(found, "taken", "refused")
        assert not lost or passed_over(found) > passed_over(plain) or found[-1][0] == "no table"
        for fate, _, told in found:
            assert fate not in ("refused", "no table") or told.endswith((".", "?"))
            assert len(told) < 1_000


@pytest.mark.django_db
def test_plan_when_cells_are_hostile_keeps_what_is_refused_and_never_breaks(file: File) -> None:
    for n, value in enumerate(param.values[0] for param in NASTY[::3]):
        path = file.with_cell(file.columns[n % len(file.columns)], str(value))
        fates = {fate for fate, _, _ in answers(file, path)}

        batch = plan(path, dataset=file.dataset, release="r")

        assert bool(fates & {"refused", "no table"}) <= bool(batch.refused_count)
        assert [told for _, _, told in refusals(batch) if not told.endswith((".", "?"))] == []


def test_file_when_it_has_a_column_more_is_refused_by_its_name(file: File) -> None:
    found = list(answers(file, file.with_column("Deaths of the other side")))

    assert [fate for fate, _, _ in found] == ["no table"]
    assert "does not mention the column “Deaths of the other side”" in found[0][2]


def test_file_when_it_lacks_a_column_is_refused_by_its_name_or_read_without(file: File) -> None:
    for column in file.columns:
        found = list(answers(file, file.without(column)))

        if found[-1][0] == "no table":
            assert found[-1][2].startswith(f"{column}")
