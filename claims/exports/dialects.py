"""Cells of tables as SQL: what the two databases say alike, and what each says its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from claims.domain.public_ids import LENGTH, PREFIXES

_SLUG_ENDS_AFTER = 60
_SPACES = r" \t\n\v\f\r\u001c-\u001f"
_ASCII_OF = r"""CASE WHEN octet_length({0}) = length({0}) THEN {0}
    ELSE regexp_replace(normalize({0}, NFKD), '[^\u0001-\u007f]', '', 'g') END"""
_SLUG = rf"""left(btrim(regexp_replace(regexp_replace(
    lower({_ASCII_OF} COLLATE "C"), '[^a-z0-9_{_SPACES}-]', '', 'g'),
    '[{_SPACES}-]+', '-', 'g'), '-_'), {_SLUG_ENDS_AFTER})"""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the databases say differently; each is a text with ``{0}`` for a column.

    ``keys`` is the source of ``k``: the ids of a chunk with their places. ``parties`` are those of
    the event of that name. ``among`` says that a column is one of the values of a query.
    """

    keys: str
    among: str
    day: str
    moment: str
    degrees: str
    ratio: str
    listed: str
    parties: str
    slug: str


POSTGRESQL = Dialect(
    keys="unnest(%s::bigint[]) WITH ORDINALITY AS k(id, place)",
    # An array, since rows are then looked up by their keys whatever the planner expects.
    among="{0} = ANY(ARRAY({1}))",
    day="{0}::text",
    moment="""to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || CASE
        WHEN {0} <> date_trunc('second', {0}) THEN to_char({0}, '.US') ELSE '' END || 'Z'""",
    degrees="{0}",
    ratio="{0}",
    listed="CASE WHEN {0} <> '[]' THEN NULLIF(array_to_string(ARRAY(SELECT one FROM "
    "jsonb_array_elements_text({0}) WITH ORDINALITY AS list(one, place) ORDER BY place), ' | '), "
    "'') END",
    parties="NULLIF(array_to_string(ARRAY(SELECT p.name FROM claims_event_parties ep "
    "JOIN claims_party p ON p.id = ep.party_id WHERE ep.event_id = {0}.id ORDER BY p.name), "
    "' | '), '')",
    slug=_SLUG,
)
SQLITE = Dialect(
    keys="(SELECT value AS id, key AS place FROM json_each(%s)) AS k",
    among="{0} IN ({1})",
    day="{0}",
    moment="replace({0}, ' ', 'T') || 'Z'",
    degrees="CASE WHEN {0} IS NOT NULL THEN printf('%%.5f', {0}) END",
    ratio="CASE WHEN {0} IS NOT NULL THEN printf('%%.4f', {0}) END",
    listed="(SELECT NULLIF(group_concat(value, ' | '), '') FROM json_each({0}))",
    parties="(SELECT group_concat(name, ' | ') FROM (SELECT p.name FROM "
    "claims_event_parties ep JOIN claims_party p ON p.id = ep.party_id "
    "WHERE ep.event_id = {0}.id ORDER BY p.name))",
    slug="slug_of({0})",
)

Cell = Callable[[Dialect], str]
"""What makes the SQL of one cell."""

NOTHING: Mapping[str, Cell] = MappingProxyType({})
Query = Callable[..., str]
"""What makes the query of a chunk, from the dialect, the header, and cells of further columns."""


def add_functions(connection: Any) -> None:
    """Give a connection of SQLite what it cannot say in SQL."""
    connection.create_function("slug_of", 1, _slug, deterministic=True)


def _slug(text: str) -> str:
    return slugify(text)[:_SLUG_ENDS_AFTER]


def text(expression: str) -> Cell:
    """Return a cell that is empty where the text is."""
    return lambda dialect: f"NULLIF({expression}, '')"


def plain(expression: str) -> Cell:
    """Return a cell that holds an expression as it stands."""
    return lambda dialect: expression


def key(record: str) -> Cell:
    """Return the cell of the name of a claim or event in the interchange format."""
    return plain(f"COALESCE(NULLIF({record}.key, ''), {record}.public_id)")


def flag(column: str) -> Cell:
    """Return the cell of a truth value."""
    return plain(f"CASE WHEN {column} THEN 'true' ELSE 'false' END")


def day(column: str) -> Cell:
    """Return the cell of a whole date."""
    return lambda dialect: dialect.day.format(column)


def moment(column: str) -> Cell:
    """Return the cell of a point in time, in UTC."""
    return lambda dialect: dialect.moment.format(column)


def degrees(column: str) -> Cell:
    """Return the cell of a coordinate."""
    return lambda dialect: dialect.degrees.format(column)


def ratio(column: str) -> Cell:
    """Return the cell of a number with four decimals."""
    return lambda dialect: dialect.ratio.format(column)


def listed(column: str) -> Cell:
    """Return the cell of a list of texts."""
    return lambda dialect: dialect.listed.format(column)


def parties(event: str) -> Cell:
    """Return the cell of the sides of an event."""
    return lambda dialect: dialect.parties.format(event)


def partial_date(column: str) -> Cell:
    """Return a date no more precise than it is known, as ``PartialDate.edtf`` does."""

    def cell(dialect: Dialect) -> str:
        day = dialect.day.format(column)
        return (
            f"CASE {column}_precision WHEN 'year' THEN substr({day}, 1, 4) WHEN 'month' "
            f"THEN substr({day}, 1, 7) WHEN 'approximate' THEN {day} || '~' ELSE {day} END"
        )

    return cell


def date_in_words(column: str) -> Cell:
    """Return a date in words, as ``PartialDate.label`` does."""

    def cell(dialect: Dialect) -> str:
        iso = dialect.day.format(column)
        named = " ".join(f"WHEN '{n:02}' THEN '{name}'" for n, name in enumerate(_MONTHS, 1))
        month = f"CASE substr({iso}, 6, 2) {named} END || ' ' || substr({iso}, 1, 4)"
        whole = f"ltrim(substr({iso}, 9, 2), '0') || ' ' || {month}"
        return (
            f"CASE {column}_precision WHEN 'year' THEN substr({iso}, 1, 4) WHEN 'month' "
            f"THEN {month} WHEN 'approximate' THEN 'about ' || {whole} ELSE {whole} END"
        )

    return cell


def address(kind: str, record: str, named: str = "") -> Cell:
    """Return the cell of the path of a record's page; ``named`` is the column its slug is from."""

    def cell(dialect: Dialect) -> str:
        some_id = f"{PREFIXES[kind]}_{LENGTH * '0'}"
        before = reverse(f"web:{kind}", args=[some_id, ""] if named else [some_id])
        slug = f"'-' || {dialect.slug.format(named)}" if named else "''"
        return f"{quoted(before.partition(some_id)[0])} || {record}.public_id || {slug} || '/'"

    return cell


def quoted(words: str) -> str:
    """Return words as a text of SQL, within a statement that takes parameters."""
    return "'" + words.replace("'", "''").replace("%", "%%") + "'"
