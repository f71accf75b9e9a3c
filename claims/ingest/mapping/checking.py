"""A mapping checked before anybody imports with it, alone or against a file's columns."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.csv_table import NoTable
from claims.ingest.mapping.header import columns_of
from claims.ingest.mapping.loading import load_mapping
from claims.ingest.mapping.problems import BadMapping
from claims.ingest.tables.opening import open_table


def check_mapping(
    path: Path, file: Path | None = None, *, name: str = "", release: str = ""
) -> list[str]:
    """Return in sentences what is wrong with a mapping; empty where it can be used.

    With a file, its table is opened and its columns are held against those of the mapping; with
    a name, the mapping has to be for that dataset.
    """
    try:
        mapping = load_mapping(path, release=release)
        if name and mapping.name != name:
            return [f"{path.name}: the mapping is for “{mapping.name}”, not for “{name}”."]
        if file is not None:
            columns_of(open_table(file, mapping.layout, mapping.columns.knows), mapping.columns)
    except BadMapping as error:
        return error.problems
    except NoTable as error:
        where = f"row {error.row}, {error.column}" if error.column else f"row {error.row}"
        return [f"{file.name if file else path.name}, {where}: {error.reason}"]
    return []
