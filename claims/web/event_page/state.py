"""The state of an event page: which view of the claims its address asks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from claims.domain.figures import Reading
from claims.domain.public_ids import PATTERN
from claims.queries.parameters import (
    COMPARISON_PARAMETERS,
    BadParameter,
    ComparisonOptions,
    check_known,
    comparison_options,
    one_of,
)
from claims.web import sentences
from claims.web.event_page.rows import time_html

SORTS = ("date", "value", "claimant")
SCALES = ("linear", "log")
PARAMETERS = (*COMPARISON_PARAMETERS, "question", "sort", "scale", "after")
EVERY_QUESTION = "all"

CURRENT = ' aria-current="true"'

_COLUMNS = (
    ("Claimant", "claimant"),
    ("As worded", ""),
    ("Low", ""),
    ("Best", "value"),
    ("High", ""),
    ("Who is counted", ""),
    ("Claimed on", "date"),
)
_NUMBERS = ("Low", "Best", "High")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``query`` is the address of the view sorted by it."""

    label: str
    sort: str
    query: str
    is_current: bool

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers."""
        return self.label in _NUMBERS


@dataclass(frozen=True, slots=True)
class PageState:
    """What is compared, in which order rows stand, and on which kind of line.

    ``question`` is the public id of a comparison that is to be shown whole, or "all". ``after``
    is the claim after which a long table goes on; it is no part of the view: links to other views
    and citations leave it out.
    """

    options: ComparisonOptions = field(default_factory=ComparisonOptions)
    sort: str = "date"
    scale: str = "linear"
    question: str = ""
    after: str = ""

    @property
    def is_log(self) -> bool:
        """Whether charts use the logarithmic line."""
        return self.scale == "log"

    @property
    def words(self) -> str:
        """The view in words; empty for the default one."""
        return sentences.view_state(
            as_of=self.options.as_of,
            reading=self.options.reading,
            compilations=self.options.compilations,
        )

    @property
    def sort_words(self) -> str:
        """The order of rows in words."""
        return {"date": "oldest first", "value": "smallest first"}.get(self.sort, "by claimant")

    @property
    def columns(self) -> list[Column]:
        """The columns of the table of claims that every table has, some of which sort it."""
        return [
            Column(label, sort, replace(self, sort=sort or "date").query, self.sort == sort)
            for label, sort in _COLUMNS
        ]

    @property
    def comparison_query(self) -> str:
        """The part of the address that decides what is compared, "?..." or empty."""
        return replace(self, sort="date", scale="linear", question="").query

    @property
    def query(self) -> str:
        """The address of this view after the path: "?..." in a fixed order, defaults left out."""
        given = urlencode(self._parameters())
        return f"?{given}" if given else ""

    def query_after(self, claim: str) -> str:
        """Return the address of this view with its long table going on after a claim."""
        return f"?{urlencode([*self._parameters(), ('after', claim)])}"

    @property
    def other_parameters(self) -> list[tuple[str, str]]:
        """What a form has to carry along that asks for another day."""
        return [(name, value) for name, value in self._parameters() if name != "as_of"]

    def _parameters(self) -> list[tuple[str, str]]:
        named = {
            "as_of": self.options.as_of.isoformat() if self.options.as_of else "",
            "reading": "strict" if self.options.reading is Reading.STRICT else "",
            "compilations": "1" if self.options.compilations else "",
            "question": self.question,
            "sort": "" if self.sort == "date" else self.sort,
            "scale": "" if self.scale == "linear" else self.scale,
        }
        return [(name, value) for name, value in named.items() if value]

    def with_as_of(self, day: date | None) -> PageState:
        """Return the same view on another day."""
        return replace(self, options=replace(self.options, as_of=day))

    def with_question(self, question: str) -> PageState:
        """Return the same view with another question shown whole."""
        return replace(self, question=question)

    def with_reading(self, reading: Reading) -> PageState:
        """Return the same view on another reading."""
        return replace(self, options=replace(self.options, reading=reading))

    def with_compilations(self, vote: bool) -> PageState:
        """Return the same view with compilations voting or not."""
        return replace(self, options=replace(self.options, compilations=vote))


def page_state(params: QueryDict) -> PageState:
    """Read the state from an address; raise ``BadParameter`` for anything unknown."""
    check_known(params, PARAMETERS)
    return PageState(
        comparison_options(params),
        one_of(params, "sort", SORTS, default="date"),
        one_of(params, "scale", SCALES, default="linear"),
        _question(params.get("question", "")),
        _public_id(params.get("after", ""), "after", "claim", "cl_"),
    )


def _question(text: str) -> str:
    return text if text == EVERY_QUESTION else _public_id(text, "question", "comparison", "cm_")


def _public_id(text: str, parameter: str, kind: str, prefix: str) -> str:
    if text and not (PATTERN.match(text) and text.startswith(prefix)):
        raise BadParameter(
            parameter,
            f"“{parameter}” is the public id of a {kind} ({prefix}...); got “{text}”.",
        )
    return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a row of options."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One thing about the view that a reader can change."""

    name: str
    choices: tuple[Choice, ...]


def choice_rows(state: PageState, *, offers_log: bool) -> list[ChoiceRow]:
    """Return the rows of links that change one thing and keep the rest."""
    plain, strict = state.with_reading(Reading.PLAIN), state.with_reading(Reading.STRICT)
    rows = [
        _row("Reading", state, [("plain", plain), ("strict", strict)]),
        _row(
            "Compilations",
            state,
            [
                ("shown", state.with_compilations(vote=False)),
                ("vote too", state.with_compilations(vote=True)),
            ],
        ),
        _row("Order", state, [(f"by {name}", replace(state, sort=name)) for name in SORTS]),
    ]
    if offers_log or state.is_log:
        rows.append(
            _row(
                "Axis",
                state,
                [
                    ("linear", replace(state, scale="linear")),
                    ("logarithmic", replace(state, scale="log")),
                ],
            )
        )
    return rows


def _row(name: str, state: PageState, choices: list[tuple[str, PageState]]) -> ChoiceRow:
    return ChoiceRow(
        name, tuple(Choice(label, other.query, other == state) for label, other in choices)
    )


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something was claimed, as a link to the view of that day."""

    day: date
    query: str
    is_current: bool


def days(state: PageState, claimed: list[date]) -> list[Day]:
    """Return the days on which the picture changed, oldest first."""
    # One address stands for all: only the day differs, and an event can have hundreds of them.
    pattern = state.with_as_of(date.min).query
    given = date.min.isoformat()
    return [
        Day(day, pattern.replace(given, day.isoformat(), 1), state.options.as_of == day)
        for day in sorted(set(claimed))
    ]


def days_html(days: list[Day], address: str) -> SafeString:
    """Return the days as items of a list of links to the page at an address."""
    return SafeString(
        "".join(
            [
                f'<li><a href="{escape(address + one.query)}"'
                f"{CURRENT if one.is_current else ''}>{time_html(one.day)}</a></li>\n"
                for one in days
            ]
        )
    )
