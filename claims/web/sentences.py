"""What the claims on one question say, in sentences made from data.

Careful English: it says how many claimants, between which numbers, who contradicts whom and by
how much, and what most of them allow. It never says who is right, and "by a factor of at least"
is always rounded down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from claims.domain.comparison import Comparison, Gap, Verdict
from claims.domain.dates import PartialDate
from claims.domain.figures import Qualifier, Reading
from claims.domain.scope import Statement, Voter
from claims.domain.vocabularies import COUNT_BASIS
from claims.web import words

_BASIS = {
    "verified": "verified one by one",
    "identified_by_name": "identified by name",
    "bodies_counted": "bodies counted",
    "hospital_registered": "registered by hospitals",
}
_CEILINGS = frozenset({Qualifier.AT_MOST, Qualifier.FEWER_THAN})
_FLOORS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_MOST_STRETCHES = 3


def summary(result: Comparison, *, about: str, names: Mapping[str, str]) -> str:
    """Return the sentences that open a comparison.

    ``about`` is the question in words ("people killed"), ``names`` the claimant's name for the
    key of every statement.
    """
    parts = (
        opening(result, about=about, names=names),
        disagreement(result, names=names),
        fit(result),
    )
    return " ".join(part for part in parts if part)


def opening(result: Comparison, *, about: str, names: Mapping[str, str]) -> str:
    """Say how many claimants there are and between which numbers they put it."""
    voters = result.voters
    if result.verdict is Verdict.NOT_COMPARABLE:
        return _never_of_one_scope(result, about)
    if not voters:
        return _nobody_votes(result, about, names)
    if len(voters) == 1:
        return _one_voter(result, about, names)
    all_of_them = words.counted(len(voters), "claimant")
    in_words = [v for v in voters if v.statement.figure.qualifier is Qualifier.ORDER]
    said = words.listed(sorted({f"“{words.figure(v.statement.figure)}”" for v in in_words}))
    if result.lowest is None or result.highest is None:
        who = words.sentence(all_of_them)
        return f"{who} give the number of {about} only as an order of size: {said}."
    if not in_words:
        return f"{words.sentence(all_of_them)} put the number of {about} {_between(result)}."
    numbered = len(voters) - len(in_words)
    who = words.sentence(f"{words.count(numbered)} of {all_of_them}")
    put, say = ("puts" if numbered == 1 else "put"), ("says" if len(in_words) == 1 else "say")
    others = "the other" if len(voters) == 2 else words.count(len(in_words))
    return f"{who} {put} the number of {about} {_between(result)}; {others} {say} only {said}."


def _between(result: Comparison) -> str:
    lowest, highest = result.lowest, result.highest
    if lowest == highest:
        bounds = {
            v.bounds for v in result.voters if v.statement.figure.qualifier is not Qualifier.ORDER
        }
        in_other_words = ", in different words" if len(bounds) > 1 else ""
        return f"at {lowest:,}{in_other_words}"
    low = f"{lowest:,} or fewer" if _all_say(result, lowest, _CEILINGS) else f"{lowest:,}"
    high = f"{highest:,} or more" if _all_say(result, highest, _FLOORS) else f"{highest:,}"
    return f"between {low} and {high}"


def _all_say(result: Comparison, number: int | None, qualifiers: frozenset[Qualifier]) -> bool:
    figures = [v.statement.figure for v in result.voters]
    return all(
        f.qualifier in qualifiers
        for f in figures
        if number in f.stated and f.qualifier is not Qualifier.ORDER
    )


def _one_voter(result: Comparison, about: str, names: Mapping[str, str]) -> str:
    statement = result.voters[0].statement
    who = words.isolated(words.claimant(names[statement.key]))
    figure = words.figure(statement.figure)
    if {s.claimant for s in result.statements} == {statement.claimant}:
        return f"The only number of {about} given here comes from {who}: {figure}."
    return f"The only figure that votes on the number of {about} comes from {who}: {figure}."


def _nobody_votes(result: Comparison, about: str, names: Mapping[str, str]) -> str:
    statements = result.statements
    if not statements:
        return f"Nothing is recorded about the number of {about}."
    if all(s.is_compilation for s in statements):
        return f"Only compilations give a number of {about}; they do not vote unless asked to."
    if all(s.figure.qualifier is Qualifier.UNKNOWN for s in statements):
        if len(statements) == 1:
            who = words.sentence(words.claimant(names[statements[0].key]))
            return f"{who} says that the number of {about} is not known."
        who = words.sentence(words.counted(len(statements), "claim"))
        return f"{who} say that the number of {about} is not known."
    if all(result.electorate.bounds.get(s.key) is None for s in statements):
        none = "The one claim" if len(statements) == 1 else f"None of the {len(statements)} claims"
        sets = "sets no bounds" if len(statements) == 1 else "sets bounds"
        return f"{none} about the number of {about} {sets} on this reading."
    return f"No claim about the number of {about} votes on this reading."


def _never_of_one_scope(result: Comparison, about: str) -> str:
    claimants = frozenset[str]().union(*result.electorate.speakers.values())
    who = words.sentence(words.counted(len(claimants), "claimant"))
    return (
        f"{who} give a number of {about}, but no two of them for the same period and area, "
        "so their figures are not compared."
    )


def disagreement(result: Comparison, *, names: Mapping[str, str]) -> str:
    """Say who contradicts whom and by how much, or why nobody does; empty with nothing to say."""
    match result.verdict:
        case Verdict.CONTRADICTORY if result.gap:
            return _contradiction(result, result.gap, names)
        case Verdict.DEVELOPING:
            lowest = min(result.voters, key=_upper_end).statement
            return (
                f"The smallest, {_cited(lowest, names)}, dates from the first days, "
                "when counting may still have been going on."
            )
        case Verdict.AGREE:
            return f"{_everyone(len(result.voters))} say the same."
        case Verdict.COMPATIBLE:
            both = "both" if len(result.voters) == 2 else "any two of them"
            return f"They differ in wording or width, but {both} can be true together."
        case _:
            return ""


def _upper_end(voter: Voter) -> float:
    return float("inf") if voter.bounds.high is None else voter.bounds.high


def _contradiction(result: Comparison, gap: Gap, names: Mapping[str, str]) -> str:
    by_key = {s.key: s for s in result.statements}
    smaller, larger = (_cited(by_key[key], names) for key in (gap.smaller, gap.larger))
    return f"{words.sentence(smaller)} and {larger} contradict each other {_by_how_much(gap)}."


def _by_how_much(gap: Gap) -> str:
    ratio = gap.ratio
    if ratio is None:
        return f"by at least {gap.high:,}: the one allows nobody, the other {gap.high:,} at least"
    if ratio < Decimal("1.1"):
        close = f", a factor of {words.factor(ratio)}" if ratio >= Decimal("1.01") else ""
        return f"by at least {gap.absolute:,}{close}"
    return f"by a factor of at least {words.factor(ratio)}"


def _cited(statement: Statement, names: Mapping[str, str]) -> str:
    basis = _BASIS.get(statement.count_basis)
    figure = words.figure(statement.figure)
    who = words.isolated(words.claimant(names[statement.key]))
    return f"{who} ({figure}{f', {basis}' if basis else ''})"


def _everyone(number: int) -> str:
    return "Both" if number == 2 else f"All {words.count(number)}"


def fit(result: Comparison) -> str:
    """Say which numbers most claimants allow; empty where everybody says the same."""
    voters = len(result.voters)
    if voters < 2 or result.verdict is Verdict.AGREE or not result.agreement:
        return ""
    most = result.agreement[0].claimants
    if most == 1:
        return "" if voters == 2 else f"No two of the {words.count(voters)} fit together."
    if most == voters:
        return f"{_everyone(voters)} fit {words.stretch(result.agreement[0])}."
    of = f"{words.count(most)} of the {words.count(voters)}"
    if len(result.agreement) == 1:
        return f"{words.sentence(of)} fit {words.stretch(result.agreement[0])}."
    # One more than that is told as well: "one of 1 further stretches" would say less.
    further = len(result.agreement) - _MOST_STRETCHES
    most = _MOST_STRETCHES + (further == 1)
    shown = [words.stretch(s) for s in result.agreement[:most]]
    if further > 1:
        shown.append(f"one of {further:,} further stretches")
    return f"No number fits more than {of}; that many fit {words.listed(shown, last='or')}."


def remarks(result: Comparison, *, compilations: bool = False) -> list[str]:
    """Return what a reader must know of the votes: floors, silent claims, other scopes."""
    found = [*_floors(result)]
    silent = [s for s in result.statements if s.is_compilation]
    if silent and not compilations:
        one = words.sentence(words.counted(len(silent), "claim"))
        verb = (
            "comes from a compilation and does"
            if len(silent) == 1
            else "come from compilations and do"
        )
        found.append(f"{one} {verb} not vote.")
    unbounded = [s for s in result.statements if result.electorate.bounds.get(s.key) is None]
    if unbounded:
        one = words.sentence(words.counted(len(unbounded), "claim"))
        found.append(
            f"{one} {'sets' if len(unbounded) == 1 else 'set'} no bounds on this reading "
            f"and {'does' if len(unbounded) == 1 else 'do'} not vote."
        )
    in_words = [s for s in result.statements if s.figure.qualifier is Qualifier.ORDER]
    if in_words:
        said = words.figure(in_words[0].figure)
        found.append(f"Numbers in brackets are this tracker’s reading of words such as “{said}”.")
    elsewhere = len(result.electorate.speakers) - (
        result.electorate.scope in result.electorate.speakers
    )
    if elsewhere and result.voters:
        found.append("Figures for another period or area are shown, but not compared with these.")
    return found


def _floors(result: Comparison) -> list[str]:
    bases = {v.statement.count_basis for v in result.voters}
    if len(bases) < 2:
        return []
    found = []
    for basis in COUNT_BASIS.codes:
        floors = [
            v for v in result.voters if v.statement.count_basis == basis and v.statement.is_partial
        ]
        if floors:
            who = words.sentence(words.counted(len(floors), "claimant counts", "claimants count"))
            found.append(
                f"{who} only people {_people(basis)}: a floor, which no larger number contradicts."
            )
    return found


def _people(basis: str) -> str:
    return "whose bodies were counted" if basis == "bodies_counted" else _BASIS[basis]


def view_state(*, as_of: date | None, reading: Reading, compilations: bool) -> str:
    """Say which view of the claims is shown; empty for the default one."""
    asked = []
    if reading is Reading.STRICT:
        asked.append("strict reading")
    if compilations:
        asked.append("compilations vote")
    if as_of is None and not asked:
        return ""
    when = "What has been claimed to date"
    if as_of is not None:
        when = f"What had been claimed by {PartialDate(as_of).label()}"
    return f"{', '.join([when, *asked])}."
