"""A mapping of one's own, looked at before its file is kept."""

from __future__ import annotations

import re
import tomllib

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class NoMapping(ValueError):
    """A text that is no mapping; says what was expected, what was found."""


def name_of_mapping(text: str) -> str:
    """Return the name that a mapping gives its dataset; raise ``NoMapping`` for anything else."""
    try:
        name = tomllib.loads(text).get("name")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NoMapping(f"This is no TOML: {error}.") from error
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise NoMapping(
            'Expected the name of the dataset at the top, such as name = "my-tolls": small '
            "letters, digits and hyphens."
        )
    return name
