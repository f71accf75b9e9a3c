"""Spreadsheets, friendly and hostile."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.tables import limits
from claims.ingest.tables.table import Table
from tests.ingest.tables.conftest import refusal, told

Opened = Callable[..., Table]
Xlsx = Callable[..., bytes]
HEADER = ["id", "name", "dead"]
SAVE_AS = "Save the sheet as a plain .xlsx or as CSV UTF-8."


def test_sheet_when_cells_are_of_all_kinds_gives_them_as_they_are_shown(
    opened: Opened, xlsx: Xlsx
) -> None:
    day = dt.datetime(2013, 1, 3)  # noqa: DTZ001  a sheet knows no zone
    rows = [
        HEADER,
        [1.0, "Mill", 6.33],
        [None, None, None],
        [True, day, day.replace(hour=14)],
        [201301030001, " Київ ", dt.date(2013, 1, 4)],
    ]

    table = opened(xlsx(Data=rows), "t.xlsx")

    assert told(table) == [
        (2, {"id": "1", "name": "Mill", "dead": "6.33"}),
        (4, {"id": "yes", "name": "2013-01-03", "dead": "2013-01-03 14:00:00"}),
        (5, {"id": "201301030001", "name": "Київ", "dead": "2013-01-04"}),
    ]


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        pytest.param("", "first", id="the first where none is named"),
        pytest.param("Two", "second", id="by name"),
        pytest.param(2, "second", id="by number"),
    ],
)
def test_sheet_when_a_file_has_several_is_the_one_asked_for(
    opened: Opened, xlsx: Xlsx, sheet: str | int, name: str
) -> None:
    content = xlsx(One=[HEADER, [1, "first", 1]], Two=[HEADER, [1, "second", 1]])

    table = opened(content, "t.xlsx", sheet=sheet)

    assert told(table) == [(2, {"id": "1", "name": name, "dead": "1"})]


def test_sheet_when_there_is_none_of_that_name_is_refused_with_those_there_are(
    opened: Opened, xlsx: Xlsx
) -> None:
    content = xlsx(Data=[HEADER], Notes=[["x"]])

    assert refusal(lambda: opened(content, "t.xlsx", sheet="Date")) == (
        1,
        "",
        "There is no sheet “Date”. Did you mean “Data”? Sheets: Data, Notes.",
    )


def test_sheet_when_lines_stand_above_the_header_is_read_from_it(
    opened: Opened, xlsx: Xlsx
) -> None:
    content = xlsx(Data=[["Our table"], [], HEADER, [1, "Mill", 4]])

    assert told(opened(content, "t.xlsx", preamble=2)) == [
        (4, {"id": "1", "name": "Mill", "dead": "4"})
    ]
    assert told(opened(content, "t.xlsx", preamble=None)) == [
        (4, {"id": "1", "name": "Mill", "dead": "4"})
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [HEADER, [1, "Mill", "=A2*4"]],
            (
                2,
                "C",
                (
                    "The cell holds a formula without its result. Open the file in a spreadsheet "
                    "program and save it again."
                ),
            ),
            id="a formula nobody has reckoned",
        ),
        pytest.param(
            [HEADER, [1, "Mill", "#REF!"]],
            (2, "C", "The cell holds the error #REF!."),
            id="an error",
        ),
        pytest.param(
            [HEADER, [1, "Mill", 4, None, 7]],
            (2, "", "The row has 5 cells, the header 3."),
            id="a cell beyond the header",
        ),
        pytest.param(
            [HEADER, [1, "x" * 30_000, 4]],
            (2, "B", f"The cell is longer than {limits.LONGEST_CELL:,} characters."),
            id="a cell as long as a book",
        ),
        pytest.param(
            [HEADER, [1] * 2_001],
            (2, "", "More than 2,000 columns."),
            id="a row without an end",
        ),
    ],
)
def test_sheet_when_a_cell_cannot_be_taken_is_refused_there(
    opened: Opened, xlsx: Xlsx, rows: list[list[Any]], expected: tuple[int, str, str]
) -> None:
    content = xlsx(Data=rows)

    assert refusal(lambda: told(opened(content, "t.xlsx"))) == expected


@pytest.mark.parametrize(
    ("name", "part", "reason"),
    [
        pytest.param("xl/vbaProject.bin", b"x", "The file holds macros.", id="macros"),
        pytest.param(
            "xl/externalLinks/externalLink1.xml",
            b"<a/>",
            "The file holds links to other files.",
            id="links",
        ),
        pytest.param(
            "xl/embeddings/book.bin", b"x", "The file holds other files within it.", id="objects"
        ),
        pytest.param(
            "xl/media/inner.zip", b"x", "The file holds an archive within it.", id="an archive"
        ),
        pytest.param(
            "../outside.xml",
            b"<a/>",
            "The file holds a part that would lie outside of it.",
            id="a way out",
        ),
        pytest.param(
            "xl/media/zeros.bin",
            b"\0" * 5_000_000,
            "A part of the file unpacks to more than 200 times its size.",
            id="a bomb",
        ),
    ],
)
def test_file_when_it_holds_more_than_a_table_is_refused_unopened(
    opened: Opened, xlsx: Xlsx, with_part: Callable[..., bytes], name: str, part: bytes, reason: str
) -> None:
    content = with_part(xlsx(Data=[HEADER, [1, "Mill", 4]]), name, part)

    assert refusal(lambda: opened(content, "t.xlsx")) == (1, "", f"{reason} {SAVE_AS}")


def test_file_when_it_defines_entities_is_refused(
    opened: Opened, xlsx: Xlsx, with_part: Callable[..., bytes]
) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><sst>&x;&x;</sst>'
    content = with_part(xlsx(Data=[HEADER, [1, "Mill", 4]]), "xl/sharedStrings.xml", bomb)

    assert refusal(lambda: opened(content, "t.xlsx")) == (
        1,
        "",
        "The file defines entities of its own, which no table needs.",
    )


def test_file_when_it_is_an_archive_of_something_else_is_refused(
    opened: Opened, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("data.csv", "id,name,dead\n")

    assert refusal(lambda: opened((tmp_path / "a.zip").read_bytes(), "a.zip")) == (
        1,
        "",
        "The file is a ZIP archive and no .xlsx spreadsheet. Unpack it first.",
    )


def test_file_when_it_is_cut_off_is_refused(opened: Opened, xlsx: Xlsx) -> None:
    content = xlsx(Data=[HEADER, [1, "Mill", 4]])

    assert refusal(lambda: opened(content[: len(content) // 2], "t.xlsx")) == (
        1,
        "",
        "The file is damaged: File is not a zip file. Save it again.",
    )


def test_file_when_a_part_is_no_xml_is_refused(
    opened: Opened, xlsx: Xlsx, with_part: Callable[..., bytes]
) -> None:
    content = with_part(xlsx(Data=[HEADER]), "xl/workbook.xml", b"not xml")

    assert refusal(lambda: opened(content, "t.xlsx")) == (
        1,
        "",
        "The file is no well-formed spreadsheet (ParseError).",
    )


def test_sheet_when_reading_takes_too_long_is_given_up(
    opened: Opened, xlsx: Xlsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = xlsx(Data=[HEADER, [1, "Mill", 4]])
    monkeypatch.setattr(limits, "SHEET_SECONDS", 0)

    assert refusal(lambda: opened(content, "t.xlsx")) == (
        1,
        "",
        "The sheet cannot be read within 0 seconds and the memory allowed. Save it as CSV UTF-8.",
    )
