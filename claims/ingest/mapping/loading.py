"""A mapping file, read: every key known, every value of the right kind, or all problems told."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from claims.ingest import columns as interchange
from claims.ingest.cells import nearest, shown
from claims.ingest.mapping.conditions import condition
from claims.ingest.mapping.constants import NAMING, check_constants, names_in
from claims.ingest.mapping.counting import number_of_people
from claims.ingest.mapping.decimals import with_decimals
from claims.ingest.mapping.mapping import (
    DESCRIBED_BY,
    EACH_ROW,
    NEEDED,
    REPEATS,
    ClaimBlock,
    Columns,
    Documents,
    Mapping,
    PassOver,
)
from claims.ingest.mapping.places import lines_of, not_toml
from claims.ingest.mapping.problems import TOP_OF_FILE, BadMapping, Problems
from claims.ingest.mapping.templates import Value, columns_in
from claims.ingest.mapping.values import TOLD_TO_CLAIMS, Values
from claims.ingest.tables.limits import MOST_PREAMBLE
from claims.ingest.tables.opening import FORMATS
from claims.ingest.tables.table import Layout
from claims.ingest.told_figure import NUMBERS

TOP = (
    *("name", "title", "licence", "url", "about", "citation", "revises", "repeats"),
    "described_by",
    *(
        "table",
        "columns",
        "missing",
        "codes",
        "let",
        "count_rows",
        "pass_over",
        "fields",
        "documents",
        "claims",
    ),
    "releases",
)
TABLE = ("format", "encoding", "delimiter", "preamble", "names", "sheet", "path")
SEARCH = "search"
LONGEST_MAPPING = 200_000
"""Characters; the longest that comes with the tracker has 7,000."""
OF_DOCUMENTS = (*interchange.DOCUMENT, *interchange.CITATION, "note")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*|-")
_NEEDED = ("name", "title", "licence")


def load_mapping(path: Path, *, release: str = "") -> Mapping:
    """Return the mapping in a file, with what it says about one release laid over.

    Raises ``BadMapping`` with every problem found.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = f"{path.name}: cannot be read: {error.strerror or error}."
        raise BadMapping(path.name, [reason]) from error
    except UnicodeError as error:
        raise BadMapping(path.name, [f"{path.name}: expected UTF-8. Save it so."]) from error
    return mapping_of_text(text, name=path.name, release=release)


def mapping_of_text(text: str, *, name: str, release: str = "") -> Mapping:
    """Return the mapping that a text says; raise ``BadMapping`` with every problem."""
    if len(text) > LONGEST_MAPPING:
        raise BadMapping(name, [f"{name}: longer than {LONGEST_MAPPING:,} characters."])
    try:
        given = tomllib.loads(text)
    except RecursionError as error:
        raise BadMapping(name, [f"{name}: nested too deep to be a mapping."]) from error
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(name, [not_toml(name, text, error)]) from error
    return mapping_from(given, name=name, release=release, lines=lines_of(text))


def mapping_from(
    given: dict[str, Any], *, name: str, release: str = "", lines: dict[str, int] | None = None
) -> Mapping:
    """Return the mapping that a parsed file says; raise ``BadMapping`` with every problem.

    ``lines`` says in which line each key stands, for the problems.
    """
    problems = Problems(lines)
    problems.check_keys(TOP_OF_FILE, given, TOP)
    for key in _NEEDED:
        if not given.get(key):
            problems.add(key, "Missing; say it in a text.")
    if not _NAME.fullmatch(str(given.get("name", "-"))):
        problems.add("name", "Expected lower case letters, digits and hyphens, such as ucdp-ged.")
    loader = _Loader(_of_release(given, release, problems), problems)
    mapping = loader.mapping()
    if problems.found:
        raise BadMapping(name, problems.found)
    return mapping


def _of_release(given: dict[str, Any], release: str, problems: Problems) -> dict[str, Any]:
    """Return the mapping with the settings of a release laid over, key by key."""
    found = given
    for pattern, settings in problems.take("", given, "releases", dict, {}).items():
        if not isinstance(settings, dict):
            problems.add(f"releases.{pattern}", "Expected a table of settings.")
            continue
        problems.check_keys(f"releases.{pattern}", settings, TOP)
        if fnmatchcase(release, pattern):
            found = _laid_over(found, settings)
    return found


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        known: Any = both.get(key)
        is_table = isinstance(known, dict) and isinstance(value, dict)
        both[key] = _laid_over(known, value) if is_table else value
    return both


class _Loader:
    """Reads the parts of one mapping."""

    def __init__(self, given: dict[str, Any], problems: Problems) -> None:
        self.given = given
        self.problems = problems
        self.values = Values(self._codes(), problems)
        self.constants: dict[str, str] = {}
        self.made_of: dict[str, set[str]] = {}

    def mapping(self) -> Mapping:
        """Return the whole."""
        take, given = self.problems.take, self.given
        let = self.values.named(self._part("let"), "let")
        count_rows = self._count_rows()
        pass_over = tuple(self._pass_over(*one) for one in self._tables("pass_over"))
        fields = self._fields(self._part("fields"), "fields", interchange.COLUMNS)
        self.values.told += TOLD_TO_CLAIMS
        documents = self._all_documents()
        claims = tuple(self._claim(*one, documents) for one in self._tables("claims"))
        if not claims:
            self.problems.add("claims", "Missing; say in [[claims]] which claims a row makes.")
        self._check_needed(fields, claims)
        self._check_apart(claims)
        texts = {
            key: take("", given, key, str, "") for key in (*_NEEDED, "url", "about", "citation")
        }
        return Mapping(
            **texts,
            revises=take("", given, "revises", bool, False),
            repeats=self.problems.choice("", given, "repeats", REPEATS, "same"),
            described_by=self.problems.choice("", given, "described_by", DESCRIBED_BY, EACH_ROW),
            layout=self._layout(),
            columns=self._columns(),
            missing=self._missing(),
            let=let,
            count_rows=count_rows,
            pass_over=pass_over,
            fields=fields,
            claims=claims,
            constants=self.constants,
        )

    def _part(self, key: str) -> dict[str, Any]:
        return self.problems.take("", self.given, key, dict, {})

    def _tables(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        found = self.problems.take("", self.given, key, list, [])
        places = [(f"{key}[{n}]", one) for n, one in enumerate(found, start=1)]
        for where, one in places:
            if not isinstance(one, dict):
                self.problems.add(where, f"Expected a table, opened by [[{key}]].")
        return [(where, one) for where, one in places if isinstance(one, dict)]

    def _codes(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, table in self._part("codes").items():
            if not isinstance(table, dict):
                self.problems.add(f"codes.{name}", 'Expected a table such as 1 = "battle".')
                continue
            for theirs, ours in table.items():
                if not isinstance(ours, str):
                    message = f"Expected a text between quotation marks, found “{shown(ours)}”."
                    self.problems.add(f"codes.{name}.{theirs}", message)
            found[name] = {theirs: str(ours) for theirs, ours in table.items()}
        return found

    def _count_rows(self) -> dict[str, tuple[str, Value]]:
        found = {}
        for name, given in self._part("count_rows").items():
            where = f"count_rows.{name}"
            if not isinstance(given, dict) or not {"column", "equal_to"} <= given.keys():
                self.problems.add(where, 'Expected { column = "...", equal_to = "{...}" }.')
                continue
            self.problems.check_keys(where, given, ("column", "equal_to"))
            column = self.problems.take(where, given, "column", str, "")
            self.values.use(column, where)
            found[f"@{name}"] = column, self.values.value(given["equal_to"], f"{where}.equal_to")
            self.values.told.append(f"@{name}")
        return found

    def _layout(self) -> Layout:
        take, table = self.problems.take, self._part("table")
        self.problems.check_keys("table", table, TABLE)
        sheet = table.get("sheet", "")
        if not isinstance(sheet, str | int):
            self.problems.add("table.sheet", "Expected the name of a sheet, or its number.")
        delimiter = take("table", table, "delimiter", str, "")
        if len(delimiter) > 1:
            self.problems.add("table.delimiter", f"Expected one character, found “{delimiter}”.")
        return Layout(
            format=self.problems.choice("table", table, "format", ("", *FORMATS), ""),
            encoding=self._encoding(take("table", table, "encoding", str, "")),
            delimiter=delimiter,
            preamble=self._preamble(table),
            names=tuple(self.problems.texts("table", table, "names")),
            sheet=sheet,
            path=take("table", table, "path", str, ""),
        )

    def _encoding(self, encoding: str) -> str:
        try:
            "".encode(encoding or "utf-8")
        except LookupError:
            message = f"There is no encoding of texts called “{shown(encoding)}”."
            self.problems.add("table.encoding", message)
        return encoding

    def _preamble(self, table: dict[str, Any]) -> int | None:
        if table.get("preamble") == SEARCH:
            return None
        preamble = self.problems.take("table", table, "preamble", int, 0)
        if not 0 <= preamble <= MOST_PREAMBLE:
            message = f"Expected 0 to {MOST_PREAMBLE} lines, found {preamble}."
            self.problems.add("table.preamble", message)
        return preamble

    def _made_of_columns(self) -> dict[str, str]:
        """Return the column of the file behind each field that is made of no more than one."""
        origins = self.values.origins
        found = {name: {origins.get(c, c) for c in some} for name, some in self.made_of.items()}
        return {name: min(some) for name, some in found.items() if len(some) == 1}

    def _columns(self) -> Columns:
        given = self._part("columns")
        self.problems.check_keys("columns", given, ("optional", "unused", "also_called"))
        also_called = self.problems.take("columns", given, "also_called", dict, {})
        optional = self.problems.texts("columns", given, "optional")
        for key, names in (("optional", optional), ("also_called", also_called)):
            for name in names:
                self._check_used(name, "columns", key)
        names = {
            other: name
            for name in also_called
            for other in self.problems.texts("columns.also_called", also_called, name)
        }
        return Columns(
            used=frozenset(self.values.used),
            optional=frozenset(optional),
            unused=tuple(self.problems.texts("columns", given, "unused")),
            names=names,
            origins=self.values.origins,
            made_of=self._made_of_columns(),
            places={name: self.problems.place(at) for name, at in self.values.used.items()},
        )

    def _missing(self) -> dict[str, frozenset[str]]:
        given = self._part("missing")
        for name in given:
            if name != "*":
                self._check_used(name, "missing", name)
        return {name: with_decimals(self.problems.texts("missing", given, name)) for name in given}

    def _check_used(self, name: str, where: str, key: str) -> None:
        if name not in self.values.used:
            near = nearest(name, self.values.used)
            self.problems.add(where, f"Nothing uses the column “{shown(name)}”.{near}", key=key)

    def _fields(
        self, given: dict[str, Any], where: str, allowed: tuple[str, ...]
    ) -> dict[str, Value]:
        self.problems.check_keys(where, given, allowed)
        found = {}
        for name, one in given.items():
            place = f"{where}.{name}"
            check_constants(name, one, place, self.values.codes, self.problems)
            if name in NAMING:
                told = names_in(one, place)
                self.constants |= {self.problems.place(at): text for at, text in told.items()}
            self.made_of.setdefault(name, set()).update(columns_in(one))
            value = self.values.value(one, place)
            is_number = name in NUMBERS
            found[name] = number_of_people(value, columns_in(one)) if is_number else value
        return found

    def _all_documents(self) -> dict[str, Documents]:
        found: dict[str, Documents] = {}
        for where, given in self._tables("documents"):
            documents = self._documents(where, given)
            if documents.name in found:
                message = f"There are two documents “{documents.name}”; give each its own name."
                self.problems.add(where, message, key="name")
            found[documents.name] = documents
        return found

    def _documents(self, where: str, given: dict[str, Any]) -> Documents:
        own = ("name", "when", "unless", "split", "lists", "loose", "uneven")
        self.problems.check_keys(where, given, (*own, *OF_DOCUMENTS))
        lists = self.problems.texts(where, given, "lists")
        loose = self.problems.texts(where, given, "loose")
        for column in (*lists, *loose):
            self.values.use(column, where)
        fields = {key: value for key, value in given.items() if key in OF_DOCUMENTS}
        return Documents(
            name=self._name_of_documents(where, given),
            condition=condition(given, where, self.problems, self.values.use),
            fields=self._fields(fields, where, OF_DOCUMENTS),
            split=self.problems.take(where, given, "split", str, ";"),
            lists=tuple(lists),
            loose=tuple(loose),
            uneven=self.problems.choice(where, given, "uneven", ("refuse", "note"), "refuse"),
        )

    def _name_of_documents(self, where: str, given: dict[str, Any]) -> str:
        if "name" not in given:
            self.problems.add(where, 'Name the documents: name = "release".')
        return self.problems.take(where, given, "name", str, where)

    def _claim(
        self, where: str, given: dict[str, Any], documents: dict[str, Documents]
    ) -> ClaimBlock:
        own = ("what", "when", "unless", "why", "documents")
        self.problems.check_keys(where, given, (*own, *interchange.COLUMNS))
        fields = {key: value for key, value in given.items() if key in interchange.COLUMNS}
        names = self.problems.texts(where, given, "documents")
        for name in names:
            if name not in documents:
                near = nearest(name, documents)
                self.problems.add(where, f"There are no documents “{shown(name)}”.{near}")
        chosen = names if "documents" in given else list(documents)
        what = self.problems.take(where, given, "what", str, "")
        if not what and "claim_key" not in given:
            self.problems.add(where, 'Name the claim: what = "killed".')
        return ClaimBlock(
            what=what,
            condition=condition(given, where, self.problems, self.values.use),
            fields=self._fields(fields, where, interchange.COLUMNS),
            documents=tuple(documents[name] for name in chosen if name in documents),
            why=self.problems.take(where, given, "why", str, ""),
            made_of=self._made_of({**self._part("fields"), **fields}),
            follows="@previous" in repr([given, self.given.get("documents")]),
        )

    def _made_of(self, given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return of which columns of the file what every claim needs, and its day, are made."""
        origins = self.values.origins
        return {
            name: tuple(dict.fromkeys(origins.get(c, c) for c in columns_in(given.get(name))))
            for name in (*sorted(NEEDED), "claimed_on")
        }

    def _pass_over(self, where: str, given: dict[str, Any]) -> PassOver:
        self.problems.check_keys(where, given, ("when", "unless", "why", "whole_row"))
        if not given.get("why"):
            self.problems.add(where, "Say why, in a few words: they are counted and shown.")
        return PassOver(
            condition=condition(given, where, self.problems, self.values.use),
            why=self.problems.take(where, given, "why", str, ""),
            whole_row=self.problems.take(where, given, "whole_row", bool, True),
        )

    def _check_needed(self, fields: dict[str, Value], claims: tuple[ClaimBlock, ...]) -> None:
        for n, block in enumerate(claims, start=1):
            for name in sorted(NEEDED):
                if name not in fields and name not in block.fields:
                    message = f"Nothing says the {name}; say it in [fields] or in the claim."
                    self.problems.add(f"claims[{n}]", message)

    def _check_apart(self, claims: tuple[ClaimBlock, ...]) -> None:
        """Note two blocks of claims that would give their claims one key."""
        seen: set[str] = set()
        for n, block in enumerate(claims, start=1):
            if "claim_key" in block.fields or "event_key" in block.fields or not block.what:
                continue
            if block.what in seen:
                message = f"There is another claim “{block.what}” above; give each its own name."
                self.problems.add(f"claims[{n}]", message, key="what")
            seen.add(block.what)
