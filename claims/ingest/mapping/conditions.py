"""When something holds of a row: ``{ category = ["Tank", "Drone"], loss_count = { above = 0 } }``.

All tests of one table must hold; of a list of tables, one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from claims.domain.figures import LARGEST_NUMBER
from claims.ingest.cells import CellRefused, shown
from claims.ingest.mapping.decimals import with_decimals
from claims.ingest.mapping.problems import Problems

Cells = Mapping[str, str]
Condition = Callable[[Cells], bool]

_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "above": lambda found, limit: found > limit,
    "at_least": lambda found, limit: found >= limit,
    "below": lambda found, limit: found < limit,
    "at_most": lambda found, limit: found <= limit,
}
TESTS = (*_COMPARED, "empty", "not", "starts", "number", "fraction")


def always(cells: Cells) -> bool:
    """Tell that nothing was asked."""
    return True


def condition(
    given: Mapping[str, Any], where: str, problems: Problems, use: Callable[[str, str], None]
) -> Condition:
    """Return the condition of a table's ``when`` and ``unless``; ``use`` is told each column."""
    when = _any_of(given["when"], f"{where}.when", problems, use) if "when" in given else None
    unless = (
        _any_of(given["unless"], f"{where}.unless", problems, use) if "unless" in given else None
    )
    if when is None and unless is None:
        return always
    return lambda cells: (when is None or when(cells)) and not (unless and unless(cells))


def _any_of(
    given: Any, where: str, problems: Problems, use: Callable[[str, str], None]
) -> Condition:
    tables = given if isinstance(given, list) else [given]
    conditions = [_all_of(table, where, problems, use) for table in tables]
    return lambda cells: any(holds(cells) for holds in conditions)


def _all_of(
    given: Any, where: str, problems: Problems, use: Callable[[str, str], None]
) -> Condition:
    if not isinstance(given, dict) or not given:
        problems.add(where, 'Expected a table such as { column = "value" }.')
        return always
    tests = []
    for column, asked in given.items():
        use(column, where)
        tests.append((column, _test(column, asked, f"{where}.{column}", problems)))
    return lambda cells: all(test(cells.get(column, "")) for column, test in tests)


def _test(column: str, asked: Any, where: str, problems: Problems) -> Callable[[str], bool]:
    match asked:
        case bool():
            pass
        case str() | int():
            return with_decimals([str(asked)]).__contains__
        case list() if all(isinstance(one, str | int) for one in asked):
            return with_decimals(map(str, asked)).__contains__
        case dict() if asked:
            problems.check_keys(where, asked, TESTS)
            tests = [_named(column, *item, where, problems) for item in asked.items()]
            return lambda found: all(test(found) for test in tests)
    problems.add(where, "Expected a value, a list of values, or a test such as { above = 0 }.")
    return bool


def _named(
    column: str, name: str, limit: Any, where: str, problems: Problems
) -> Callable[[str], bool]:
    match name:
        case "empty":
            return lambda found: (not found) is bool(limit)
        case "not":
            test = _test(column, limit, where, problems)
            return lambda found: not test(found)
        case "starts":
            return lambda found: found.startswith(str(limit))
        case "number":
            return lambda found: bool(found) and _is_number(found) is bool(limit)
        case "fraction":
            return lambda found: bool(found) and _is_fraction(column, found) is bool(limit)
    compare = _COMPARED.get(name)
    if compare is None:
        return bool  # told as a key that is not in the language
    if isinstance(limit, bool | str | list | dict):
        problems.add(where, f"Expected a number after {name}, found “{shown(limit)}”.")
        return bool
    border = Decimal(str(limit))
    return lambda found: bool(found) and compare(number(column, found), border)


def number(column: str, found: str) -> Decimal:
    """Return a cell as a number; raise ``CellRefused`` where it is none."""
    try:
        value = Decimal(found.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise CellRefused(f"Expected a number, got “{shown(found)}”.", column)
    if abs(value) > LARGEST_NUMBER:
        raise CellRefused(
            f"Expected at most {LARGEST_NUMBER:,} people, got {shown(found)}.", column
        )
    return value


def _is_number(found: str) -> bool:
    try:
        number("", found)
    except CellRefused:
        return False
    return True


def _is_fraction(column: str, found: str) -> bool:
    return number(column, found) % 1 != 0
