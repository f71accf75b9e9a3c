"""A mapping of one's own, looked at before its file is kept."""

from __future__ import annotations

import re
import tomllib

from claims.ingest.mapping.loading import mapping_of_text
from claims.ingest.mapping.places import not_toml
from claims.ingest.mapping.problems import BadMapping
from claims.ingest.mapping.shipped import shipped_path

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")

NO_NAME = (
    'Expected the name of the dataset at the top, such as name = "my-tolls": small letters, '
    "digits and hyphens."
)


class NoMapping(ValueError):
    """A text that is no mapping; ``problems`` say what was expected and what was found."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _no_toml(text: str, error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return not_toml("The mapping", text, error)
    return "The mapping is nested too deep."


def name_of_mapping(text: str, *, release: str = "") -> str:
    """Return the name that a mapping gives its dataset.

    Raises ``NoMapping`` for a text that cannot be used, or takes the name of a known dataset.
    """
    try:
        name = tomllib.loads(text).get("name")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NoMapping([_no_toml(text, error)]) from error
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise NoMapping([NO_NAME])
    if name == "claims-csv" or shipped_path(name):
        raise NoMapping([f"“{name}” is a dataset that the tracker knows; choose another name."])
    try:
        mapping_of_text(text, name=name, release=release)
    except BadMapping as error:
        raise NoMapping(error.problems) from error
    return name
