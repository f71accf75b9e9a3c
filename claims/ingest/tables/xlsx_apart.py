"""A sheet read in a process of its own, with a limit on its time and memory.

The file comes from a stranger and the parser is large. Run as a program, this module prints the
sheet as one JSON list a row, ``[number, [cell, ...]]``; a refusal is an object.
"""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from claims.ingest.cells import nearest
from claims.ingest.csv_table import NoTable
from claims.ingest.tables import limits

_LARGEST_EXACT = 1e15
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def sheet_rows(path: Path, sheet: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet that hold something; raise ``NoTable`` for what is no cell."""
    # Imported here so that the checks of the XML come first.
    from openpyxl import load_workbook  # noqa: PLC0415

    _check_xml(path)
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    name = _sheet_name(sheet, book.sheetnames)
    found = book[name]
    found.reset_dimensions()
    formulas = _formulas(path, name, found)
    for number, row in enumerate(found.iter_rows(values_only=True), start=1):
        formula_row = next(formulas, ())
        if number > min(most, limits.MOST_SHEET_ROWS):
            if number > limits.MOST_SHEET_ROWS:
                raise NoTable(number, "", f"More than {limits.MOST_SHEET_ROWS:,} rows.")
            return
        if len(row) > limits.MOST_COLUMNS:
            raise NoTable(number, "", f"More than {limits.MOST_COLUMNS:,} columns.")
        cells = ["" if value is None else _text(value) for value in row]
        _check(number, cells, formula_row)
        if any(cells):
            yield number, cells


def _check_xml(path: Path) -> None:
    """Refuse a document type, which only stands before the first element, and entities with it."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(name) as part:
                    next(iterparse(part, events=("start",), forbid_dtd=True), None)


def _sheet_name(sheet: str, names: list[str]) -> str:
    if not sheet:
        return names[0]
    if sheet in names:
        return sheet
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    near = nearest(sheet, names)
    raise NoTable(1, "", f"There is no sheet “{sheet}”.{near} Sheets: {', '.join(names)}.")


def _formulas(path: Path, name: str, sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows with their formulas, where the sheet has any: a result may be missing."""
    if not _has_formulas(path, sheet._worksheet_path):
        return iter(())
    from openpyxl import load_workbook  # noqa: PLC0415

    again = load_workbook(path, read_only=True, keep_links=False)[name]
    again.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = again.iter_rows(values_only=True)
    return rows


def _has_formulas(path: Path, part: str) -> bool:
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as xml:
        last = b""
        while chunk := xml.read(1 << 20):
            if b"<f>" in (text := last + chunk) or b"<f " in text or b":f>" in text:
                return True
            last = chunk[-3:]
    return False


def _check(number: int, cells: list[str], formulas: tuple[Any, ...]) -> None:
    """Refuse a cell that is an error, too long, or a formula whose result is not in the file."""
    for at, cell in enumerate(cells):
        if cell.startswith("#") and cell in _ERRORS:
            raise NoTable(number, _letter(at), f"The cell holds the error {cell}.")
        if len(cell) > limits.LONGEST_CELL:
            reason = f"The cell is longer than {limits.LONGEST_CELL:,} characters."
            raise NoTable(number, _letter(at), reason)
    for at, formula in enumerate(formulas):
        if str(formula or "").startswith("=") and not (cells[at] if at < len(cells) else ""):
            raise NoTable(
                number,
                _letter(at),
                "The cell holds a formula without its result. Open the file in a spreadsheet "
                "program and save it again.",
            )


def _letter(at: int) -> str:
    """Return the letters that a spreadsheet shows above a column."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(value: Any) -> str:
    """Return a value as text: whole numbers without a point, days without a time."""
    match value:
        case str():
            return value.strip()
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < _LARGEST_EXACT:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
    return str(value)


def _limit() -> None:
    # Not on every system, where the time limit of the other process alone has to do.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (limits.SHEET_SECONDS, limits.SHEET_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (limits.SHEET_MEMORY, limits.SHEET_MEMORY))


def main() -> None:
    """Print the rows of a sheet: path, sheet and how many rows at most are the arguments."""
    _limit()
    path, sheet, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    try:
        for row in sheet_rows(path, sheet, most):
            sys.stdout.write(json.dumps(row) + "\n")
    except NoTable as error:
        _refuse(error.row, error.column, error.reason)
    except DefusedXmlException:
        _refuse(1, "", "The file defines entities of its own, which no table needs.")
    except (ValueError, KeyError, TypeError, AttributeError, OSError, ParseError) as error:
        _refuse(1, "", f"The file is no well-formed spreadsheet ({type(error).__name__}).")
    except MemoryError:
        _refuse(1, "", "The sheet needs more memory than is allowed. Save it as CSV UTF-8.")


def _refuse(row: int, column: str, reason: str) -> None:
    sys.stdout.write(json.dumps({"row": row, "column": column, "reason": reason}) + "\n")


if __name__ == "__main__":
    main()
