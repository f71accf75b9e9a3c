"""What a field of the interchange format is made of: a template, a constant, a choice, a date.

A value is compiled once and called for every row. It returns a text; an empty text says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from claims.domain.dates import DatePrecision
from claims.ingest.cells import CellRefused, nearest, shown
from claims.ingest.mapping.code_tables import BUILT_IN, meaning
from claims.ingest.mapping.conditions import Cells, condition
from claims.ingest.mapping.counting import whole_number
from claims.ingest.mapping.dates import (
    date_of_parts,
    days_after,
    formatted_date,
    plus_days,
    with_precision,
    wrong_format,
)
from claims.ingest.mapping.problems import Problems
from claims.ingest.mapping.steps import OF_TWO, STEPS, Step
from claims.ingest.mapping.templates import (
    Value,
    columns_in,
    constant,
    has_a_lone_brace,
    places_in,
    template,
)

Codes = Mapping[str, Mapping[str, str]]

KEYS = (
    "text",
    "column",
    "columns",
    "when",
    "unless",
    "drop_start",
    "before",
    "after",
    "split",
    "codes",
    "date",
    "days_after",
    "plus_days",
    "precision",
    "fractions",
    "step",
    "longest",
)
TOLD = ("@dataset", "@release", "@released_on", "@row")
"""What every row has besides its columns."""

TOLD_TO_CLAIMS = ("@event_key", "@previous")
"""What the values of [[claims]] and their documents may use as well."""

PARTS = "parts"
BETWEEN = " | "


def nothing(cells: Cells) -> str:
    """Say nothing."""
    return ""


class Values:
    """Compiles values, gathering the columns they use and the problems they have."""

    def __init__(self, codes: Codes, problems: Problems) -> None:
        self.codes = {**BUILT_IN, **codes}
        self.problems = problems
        self.used: dict[str, str] = {}
        self.told = list(TOLD)
        self.origins: dict[str, str] = {}

    def use(self, column: str, where: str) -> None:
        """Note that a column of the file has a meaning."""
        if not column.startswith("@"):
            self.used.setdefault(column, where)
        elif column not in self.told:
            message = f"There is no “{shown(column)}”.{nearest(column, self.told)}"
            self.problems.add(where, f"{message} Expected one of {', '.join(self.told)}.")

    def value(self, given: Any, where: str) -> Value:
        """Return the compiled value; one with a problem says nothing."""
        match given:
            case bool():
                return constant("yes" if given else "no")
            case int():
                return constant(str(given))
            case str():
                return self._template(given, where)
            case list() if given:
                return _first([self.value(one, f"{where}[{n}]") for n, one in enumerate(given, 1)])
            case dict():
                return self._table(given, where)
        self.problems.add(where, f"Expected a text, a list or a table, found “{shown(given)}”.")
        return nothing

    def named(self, given: Mapping[str, Any], where: str) -> dict[str, Value]:
        """Return values that later ones may use by name: ``{@start}`` for ``start``."""
        found = {}
        for name, one in given.items():
            found[f"@{name}"] = self.value(one, f"{where}.{name}")
            self.told.append(f"@{name}")
            if columns := columns_in(one):
                self.origins[f"@{name}"] = self.origins.get(columns[0], columns[0])
        return found

    def _template(self, text: str, where: str) -> Value:
        if has_a_lone_brace(text):
            self.problems.add(where, f"A brace is opened or closed alone in “{shown(text)}”.")
        for place in places_in(text):
            self.use(place, where)
        return template(text)

    def _table(self, given: dict[str, Any], where: str) -> Value:
        self.problems.check_keys(where, given, KEYS)
        origins = [key for key in ("text", "column", "columns") if key in given]
        if len(origins) != 1:
            self.problems.add(where, "Expected exactly one of text, column, columns.")
            return nothing
        columns = self._columns(given, where)
        origin = self._origin(given, where)
        if not columns and "text" not in given:
            self.problems.add(where, "Expected the name of a column, or a list of names.")
            return nothing
        column = columns[0] if columns else ""
        holds = condition(given, where, self.problems, self.use)
        treatments = self._treatments(given, where)
        gathered = self._gathered(given, where, columns)
        names_place = bool(column)

        def read(cells: Cells) -> str:
            if not holds(cells):
                return ""
            try:
                found = gathered(cells) if gathered else origin(cells)
                for treat in treatments:
                    if not found:
                        return ""
                    found = treat(cells, found)
            except CellRefused as error:
                if error.column or not names_place:
                    raise
                raise CellRefused(str(error), column) from error
            return found

        return read

    def _columns(self, given: dict[str, Any], where: str) -> list[str]:
        """Return the columns a value is read from, for the cell that a refusal names."""
        columns = columns_in(given)
        for column in columns:
            self.use(column, where)
        return columns

    def _origin(self, given: dict[str, Any], where: str) -> Value:
        if "text" in given:
            return self._template(self.problems.take(where, given, "text", str, ""), where)
        column = str(given.get("column", ""))
        return lambda cells: cells.get(column, "")

    def _gathered(
        self, given: dict[str, Any], where: str, columns: list[str]
    ) -> Callable[[Cells], str] | None:
        """Return what makes one text of several columns: a date of parts, or a step."""
        step = self._step(given, where, columns)
        if "columns" not in given:
            return None
        if given.get("date") == PARTS:
            return lambda cells: date_of_parts([cells.get(c, "") for c in columns])
        if step:
            return lambda cells: step([cells.get(c, "") for c in columns])
        self.problems.add(where, f'With columns, expected date = "{PARTS}" or a step.')
        return None

    def _step(self, given: dict[str, Any], where: str, columns: list[str]) -> Step | None:
        name = str(given.get("step", ""))
        step = STEPS.get(name)
        if name and step is None:
            message = f"There is no step “{shown(name)}”.{nearest(name, STEPS)}"
            self.problems.add(f"{where}.step", f"{message} Steps: {', '.join(STEPS)}.")
        needed = 2 if name in OF_TWO else 1
        if step and len(columns) != needed:
            message = f"The step needs {needed} columns, found {len(columns)}."
            self.problems.add(f"{where}.step", message)
        return step

    def _treatments(self, given: dict[str, Any], where: str) -> list[Callable[[Cells, str], str]]:
        found: list[Callable[[Cells, str], str]] = []
        each = [
            *self._dropped(given, where),
            *self._parted(given, where),
            *self._coded(given, where),
        ]
        if each:
            found.append(_each(self.problems.take(where, given, "split", str, ""), each))
        elif "split" in given:
            found.append(_each(self.problems.take(where, given, "split", str, ";"), []))
        step = STEPS.get(str(given.get("step", "")))
        if step and "columns" not in given:
            found.append(lambda _, text: step([text]))
        found += self._dated(given, where)
        if "fractions" in given:
            policy = self.problems.choice(
                where, given, "fractions", ("refuse", "pass_over"), "refuse"
            )
            found.append(lambda _, text: whole_number(text, passes_over=policy == "pass_over"))
        if longest := self.problems.take(where, given, "longest", int, 0):
            found.append(lambda _, text: _shortened(text, longest))
        return found

    def _dropped(self, given: dict[str, Any], where: str) -> list[Callable[[str], str]]:
        starts = self.problems.texts(where, given, "drop_start")
        return [lambda text: _without(text, starts)] if starts else []

    def _parted(self, given: dict[str, Any], where: str) -> list[Callable[[str], str]]:
        """Return what takes the part of a text before or after a mark."""
        before = self.problems.texts(where, given, "before")
        after = self.problems.take(where, given, "after", str, "")
        found: list[Callable[[str], str]] = []
        if after:
            found.append(lambda text: text.partition(after)[2].strip())
        if before:
            found.append(lambda text: _before(text, before))
        return found

    def _coded(self, given: dict[str, Any], where: str) -> list[Callable[[str], str]]:
        if "codes" not in given:
            return []
        table: dict[str, str] = {}
        for name in reversed(self.problems.texts(where, given, "codes")):
            if name not in self.codes:
                message = f"There is no code table “{shown(name)}”.{nearest(name, self.codes)}"
                self.problems.add(f"{where}.codes", message)
            table |= self.codes.get(name, {})
        return [lambda text: meaning(text, table)]

    def _dated(self, given: dict[str, Any], where: str) -> list[Callable[[Cells, str], str]]:
        found: list[Callable[[Cells, str], str]] = []
        formats = tuple(self.problems.texts(where, given, "date"))
        if formats and formats != (PARTS,):
            self._check_formats(formats, f"{where}.date")
            found.append(lambda _, text: formatted_date(text, formats))
        if "days_after" in given:
            origin = self._day(given["days_after"], f"{where}.days_after")
            found.append(lambda _, text: days_after(text, origin))
        if "plus_days" in given:
            days = self.value(given["plus_days"], f"{where}.plus_days")
            found.append(lambda cells, text: plus_days(text, days(cells)))
        if "precision" in given:
            precision = self.value(given["precision"], f"{where}.precision")
            found.append(lambda cells, text: _cut(text, precision(cells)))
        return found

    def _check_formats(self, formats: tuple[str, ...], where: str) -> None:
        for form in formats:
            if wrong := wrong_format(form):
                self.problems.add(where, wrong)

    def _day(self, given: Any, where: str) -> date:
        try:
            return given if isinstance(given, date) else date.fromisoformat(str(given))
        except ValueError:
            self.problems.add(where, f"Expected a day such as 2022-02-23, found “{shown(given)}”.")
            return date(2000, 1, 1)


def _first(values: list[Value]) -> Value:
    def read(cells: Cells) -> str:
        for value in values:
            if found := value(cells):
                return found
        return ""

    return read


def _each(separator: str, treatments: list[Callable[[str], str]]) -> Callable[[Cells, str], str]:
    """Return what treats every item of a list, or the one text where nothing separates."""

    def treat(cells: Cells, text: str) -> str:
        items = [item.strip() for item in text.split(separator)] if separator else [text]
        for one in treatments:
            items = [one(item) if item else "" for item in items]
        return BETWEEN.join(dict.fromkeys(filter(None, items)))

    return treat


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _before(text: str, marks: list[str]) -> str:
    for mark in marks:
        text = text.partition(mark)[0]
    return text.strip()


def _without(text: str, starts: list[str]) -> str:
    for start in starts:
        if text.startswith(start):
            return text[len(start) :].strip()
    return text


def _cut(text: str, precision: str) -> str:
    try:
        return with_precision(text, precision)
    except ValueError as error:
        codes = ", ".join(DatePrecision)
        raise CellRefused(f"Expected a precision of {codes}, got “{shown(precision)}”.") from error
