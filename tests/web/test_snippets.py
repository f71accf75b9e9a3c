"""Lines for notebooks: with the reader's filter, quoted for each language, and they work."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from claims.web.snippets import snippets
from tests import factories

NASTY = [
    pytest.param('"); import os; os.abort()  #', id="the end of a text of Python"),
    pytest.param("'; touch stolen; '", id="the end of a text of the shell"),
    pytest.param("$(touch stolen) `touch stolen` ${HOME}", id="commands of the shell"),
    pytest.param('\\"); system("touch stolen"); c("', id="the end of a text of R"),
    pytest.param("Макіївка مدينة 🏚 é\u202e", id="other scripts"),
    pytest.param("a&b=c#d%41+\\n", id="what parts an address"),
    pytest.param("</pre><script>alert(1)</script>", id="the end of the page's own text"),
]


def code(language: str, query: str) -> str:
    params = QueryDict(mutable=True)
    params["q"] = query
    return {one.key: one.code for one in snippets("events", params)}[language]


def asked(address: str) -> str:
    parts = urlsplit(address)
    assert (parts.netloc, parts.path) == ("127.0.0.1:8000", "/api/v1/events.csv")
    (only,) = parse_qs(parts.query, strict_parsing=True)["q"]
    return only


@pytest.mark.parametrize("query", NASTY)
def test_python_reads_the_address_as_one_text(query: str) -> None:
    tree = ast.parse(code("python", query))

    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    assert asked(texts[0]) == query
    assert texts[1:] == ["numpy_nullable", False, ""]
    assert [type(n).__name__ for n in tree.body] == ["Import", "Assign", "Expr"]


@pytest.mark.parametrize("query", NASTY)
def test_the_shell_reads_the_address_as_one_word(query: str) -> None:
    words = shlex.split(code("curl", query))

    assert words[:-1] == ["curl", "--fail", "--compressed", "--output", "events.csv"]
    assert asked(words[-1]) == query


@pytest.mark.parametrize("query", NASTY)
def test_r_reads_the_address_as_one_text(query: str) -> None:
    found = re.fullmatch(
        r'events <- read\.csv\(\n    "([^"\\]*)",\n    na\.strings = "", encoding = "UTF-8"\n\)\n'
        r"str\(events\)\n",
        code("r", query),
    )

    assert found is not None
    assert asked(found[1]) == query


def test_r_is_told_which_columns_are_true_or_false() -> None:
    lines = {one.key: one.code for one in snippets("claims", QueryDict())}["r"]

    assert lines == (
        "claims <- read.csv(\n"
        '    "http://127.0.0.1:8000/api/v1/claims.csv",\n'
        '    na.strings = "", encoding = "UTF-8",\n'
        '    colClasses = c(is_compilation = "logical", disordered = "logical")\n'
        ")\n"
        "str(claims)\n"
    )


@pytest.mark.parametrize("query", NASTY)
def test_pages_show_the_lines_as_they_are(client: Client, db: None, query: str) -> None:
    page = client.get("/events/", {"q": query, "country": "UA"}).content.decode()

    shown = re.search(r'<pre id="snippet-curl"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert shown is not None
    address = shlex.split(unescape(shown[1]))[-1]
    assert parse_qs(urlsplit(address).query) == {"q": [query], "country": ["UA"]}
    assert "<script>alert" not in page


def test_every_list_and_event_has_its_lines(client: Client, db: None) -> None:
    event = factories.claim().event

    for page, address in (
        ("/events/?kind=strike&cursor=&page_size=7", "/api/v1/events.csv?kind=strike"),
        ("/sources/?kind=government", "/api/v1/sources.csv?kind=government"),
        ("/changes/?kind=added", "/api/v1/changes.csv?kind=added"),
        (event.get_absolute_url(), f"/api/v1/claims.csv?event={event.public_id}"),
    ):
        text = client.get(page).content.decode()
        assert unescape(text).count(f"http://127.0.0.1:8000{address}") >= 3, page


@pytest.fixture
def lines(live_server: Any, settings: Any) -> dict[str, str]:
    """The lines of a page of a running tracker, with a filter in another script."""
    settings.SITE_URL = live_server.url
    factories.claim(event=factories.event(title="Макіївка", countries=["NA"]), wording="89")
    factories.claim()
    page = Client().get("/events/", {"q": "Макіївка"}).content.decode()
    found = re.findall(r'<pre id="snippet-(\w+)"[^>]*>(.*?)</pre>', page, re.DOTALL)
    return {key: unescape(text) for key, text in found}


@pytest.mark.django_db(transaction=True)
def test_the_lines_of_python_work(lines: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", lines["python"] + "print(len(events), *events.iloc[0, [1, 8]])"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "1 Макіївка NA"


@pytest.mark.django_db(transaction=True)
def test_the_lines_for_curl_work(lines: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", lines["curl"]],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]
    assert (tmp_path / "events.csv").read_text(encoding="utf-8").count("Макіївка") >= 1
