"""Lines to take what a page shows into a notebook: Python, R and curl, with the reader's filter."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict

from claims.exports.claims import CLAIMS
from claims.exports.lists import CHANGES, EVENTS, SOURCES
from claims.exports.tables import Table
from claims.web.addresses import page_address
from claims.web.pager import asked_of_list

TABLES = {table.name: table for table in (CLAIMS, EVENTS, SOURCES, CHANGES)}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few lines of one language; ``key`` is fit for an id in a page."""

    key: str
    title: str
    code: str


def list_snippets(request: HttpRequest, name: str) -> list[Snippet]:
    """Return the lines for the list that a page shows, narrowed and ordered alike."""
    return snippets(name, asked_of_list(request))


def snippets(name: str, params: QueryDict) -> list[Snippet]:
    """Return the lines that read a list of the API; whatever the filter holds, it stays a text.

    A query string is percent-encoded to begin with; each language quotes the address again.
    """
    query = f"?{params.urlencode()}" if params else ""
    address = f"{settings.SITE_URL}{page_address(f'api:{name}_file', 'csv')}{query}"
    return [
        Snippet("python", "Python (pandas)", _python(name, address)),
        Snippet("r", "R", _r(TABLES[name], address)),
        Snippet("curl", "curl", _curl(name, address)),
    ]


def _python(name: str, address: str) -> str:
    return (
        "import pandas as pd\n\n"
        f"{name} = pd.read_csv(\n"
        f"    {json.dumps(address)},\n"
        '    dtype_backend="numpy_nullable",\n'
        '    keep_default_na=False, na_values=[""],  # NA is Namibia\n'
        ")\n"
        f"print({name}.head())\n"
    )


def _r(table: Table, address: str) -> str:
    said = [json.dumps(address), 'na.strings = "", encoding = "UTF-8"']
    # Else R takes "true" and "false" for texts.
    truths = [f'{c.name} = "logical"' for c in table.columns if c.kind == "boolean"]
    if truths:
        said.append(f"colClasses = c({', '.join(truths)})")
    lines = ",\n    ".join(said)
    return f"{table.name} <- read.csv(\n    {lines}\n)\nstr({table.name})\n"


def _curl(name: str, address: str) -> str:
    return f"curl --fail --compressed --output {name}.csv {shlex.quote(address)}\n"
