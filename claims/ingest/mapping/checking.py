"""A mapping checked before anybody imports with it, alone or against a file's first rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from claims.ingest.csv_table import NoTable
from claims.ingest.mapping.loading import load_mapping
from claims.ingest.mapping.problems import BadMapping
from claims.ingest.mapping.trying import Trial, try_mapping
from claims.ingest.wanted import Refusal


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a mapping, in sentences, and what it made of a file's first rows."""

    problems: list[str] = field(default_factory=list)
    trial: Trial | None = None


def check_mapping(
    path: Path, file: Path | None = None, *, name: str = "", release: str = ""
) -> Checked:
    """Return in sentences what is wrong with a mapping; nothing where it can be used.

    With a file, its columns are held against those of the mapping and its first rows are tried;
    with a name, the mapping has to be for that dataset.
    """
    try:
        mapping = load_mapping(path, release=release)
        if name and mapping.name != name:
            said = f"{path.name}: the mapping is for “{mapping.name}”, not for “{name}”."
            return Checked([said])
        trial = try_mapping(mapping, file, release=release) if file else None
    except BadMapping as error:
        return Checked(error.problems)
    except NoTable as error:
        found = Refusal(error.row, error.column, error.reason)
        return Checked([f"{file.name if file else path.name}, {found}"])
    return Checked(trial.problems if trial else [], trial)
