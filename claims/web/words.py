"""Phrases that sentences, tables and charts share: figures, questions, factors, counts.

English only, neutral, and made from data alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from unicodedata import bidirectional

from claims.domain.agreement import Stretch
from claims.domain.comparison import Gap
from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.figures import Figure, Qualifier
from claims.domain.vocabularies import VICTIMS

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_QUESTION = {
    "killed": "{} killed",
    "injured": "{} injured",
    "missing": "{} missing",
    "captured": "{} captured",
    "displaced": "{} displaced",
    "killed_or_injured": "{} killed or injured",
    "losses_unspecified": "losses among {}, kind not specified",
    "bodies_recovered": "bodies recovered of {}",
    "died_of_wounds": "{} who died of wounds",
    "excess_deaths": "excess deaths among {}",
    "indirect_deaths": "indirect deaths among {}",
}

_FIGURE = {
    Qualifier.EXACTLY: "{}",
    Qualifier.ABOUT: "about {}",
    Qualifier.AT_LEAST: "at least {}",
    Qualifier.MORE_THAN: "more than {}",
    Qualifier.AT_MOST: "up to {}",
    Qualifier.FEWER_THAN: "fewer than {}",
    Qualifier.NEARLY: "nearly {}",
}

_THE = (
    "Armed Forces",
    "Association",
    "Centre",
    "Commission",
    "Committee",
    "Department",
    "Embassy",
    "General Staff",
    "Government",
    "Governor",
    "Institute",
    "Mayor",
    "Ministry",
    "Office",
    "President",
    "Prosecutor",
    "United Nations",
)
# Words that make a claimant's name a description, wherever they stand in it.
_THE_NOUNS = frozenset(
    "authorities command commission committee council department directorate government "
    "ministry office police service survey".split()
)
_THE_PLACES = ("United ", "Democratic Republic", "Netherlands", "Philippines", "Central African")
_THE_PARTIES = frozenset(
    "Allies Army Authority Brigades Coalition Confederacy Emirate Empire Federation Forces Front "
    "Kingdom Movement Republic Resistance States Taliban Union".split()
)


def count(number: int) -> str:
    """Return "no", "one" ... "ten", then digits."""
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "one claim", "three claims", "12 claims"."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def sentence(phrase: str) -> str:
    """Return a phrase with its first letter large, the rest untouched."""
    return phrase[:1].upper() + phrase[1:]


def listed(items: Sequence[str], *, last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def factor(ratio: Decimal) -> str:
    """Return a factor with two significant digits or all whole ones, rounded down.

    Down, because "at least" has to stay true.
    """
    step = "1" if ratio >= 10 else "0.1" if ratio >= Decimal("1.1") else "0.01"
    return f"{ratio.quantize(Decimal(step), ROUND_DOWN):,}"


def figure(shown: Figure) -> str:
    """Return a figure in the source's words, or in ours where only numbers are kept."""
    return shown.wording or numbers(shown)


def numbers(shown: Figure) -> str:
    """Return a figure's numbers in words of ours: "at least 400", "60 to 400", "not known"."""
    if shown.qualifier is Qualifier.UNKNOWN:
        return "number not known"
    if shown.qualifier in _FIGURE:
        return _FIGURE[shown.qualifier].format(f"{shown.stated[0]:,}")
    ends = f"{shown.low:,} to {shown.high:,}"
    return ends if shown.best is None else f"{shown.best:,} ({ends})"


def gap(shown: Gap | None) -> str:
    """Return "89 against 350"; empty where nobody contradicts anybody."""
    return f"{shown.low:,} against {shown.high:,}" if shown else ""


def gap_factor(shown: Gap | None) -> str:
    """Return the factor of a gap; empty where there is none or it is infinite."""
    ratio = shown.ratio if shown else None
    return "" if ratio is None else factor(ratio)


def stretch(shown: Stretch) -> str:
    """Return "350 to 400", "89" or "400 or more"."""
    if shown.high is None:
        return f"{shown.low:,} or more"
    return f"{shown.low:,}" if shown.low == shown.high else f"{shown.low:,} to {shown.high:,}"


def victims(group: str, party: str) -> str:
    """Return "civilians" or "civilians of Ukraine"."""
    name = VICTIMS.label(group)
    return f"{name} of {place(party)}" if party else name


def question(measure: str, group: str, party: str) -> str:
    """Return what a comparison is about: "civilians of Ukraine killed"."""
    return _QUESTION.get(measure, "{} " + measure.replace("_", " ")).format(victims(group, party))


def place(name: str) -> str:
    """Return the name of a party with the article that English wants."""
    takes_article = name.startswith(_THE_PLACES) or name.rsplit(maxsplit=1)[-1] in _THE_PARTIES
    return f"the {name}" if takes_article else name


def claimant(name: str) -> str:
    """Return the name of a claimant with the article that English wants."""
    if name.startswith("The "):
        return name
    takes_article = name.startswith(_THE) or not _THE_NOUNS.isdisjoint(name.casefold().split())
    return f"the {name}" if takes_article else name


def isolated(name: str) -> str:
    """Return a name before a number so that the number stays behind it, whatever its script.

    A number that follows Arabic or Hebrew letters is set to their left, as a part of them, and
    seems to belong to what stands before; isolates prevent that (UAX #9, section 2.7).
    """
    if name.isascii() or not any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in name):
        return name
    return f"{_ISOLATE}{name}{_END_OF_ISOLATE}"


def period(start: PartialDate, end: PartialDate | None) -> str:
    """Return "1 January 2023", "1 to 3 July 1863", "7 October 2023 to 8 May 2024"."""
    first = start.label()
    if end is None or end.label() == first:
        return first
    if not start.precision == end.precision == DatePrecision.DAY:
        return f"{first} to {end.label()}"
    if (start.day.year, start.day.month) == (end.day.year, end.day.month):
        return f"{start.day.day} to {end.label()}"
    if start.day.year == end.day.year:
        return f"{first.rsplit(' ', 1)[0]} to {end.label()}"
    return f"{first} to {end.label()}"
