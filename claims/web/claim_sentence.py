"""A claim as one sentence: who said when that how many of whom were what.

The source's own words are used wherever they fit into a sentence; where they bring a noun of
their own ("400 dead") or say none or one, they are quoted instead, so that nothing is bent.
"""

from __future__ import annotations

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.figures import Qualifier
from claims.domain.numerals import NotANumber, tokens
from claims.domain.vocabularies import COUNT_BASIS, MEASURE, PARTIAL_BASES
from claims.domain.wording import PEOPLE_WORDS
from claims.models import Claim
from claims.queries.compared import ComparedClaim
from claims.web import words

_HAPPENED = {
    "killed": "{} were killed",
    "injured": "{} were injured",
    "missing": "{} were missing",
    "captured": "{} were captured",
    "displaced": "{} were displaced",
    "killed_or_injured": "{} were killed or injured",
    "died_of_wounds": "{} died of wounds",
    "bodies_recovered": "the bodies of {} were recovered",
}
_PLURAL_SIZES = frozenset("couple dozens scores tens hundreds thousands millions".split())


def claim_sentence(claim: Claim | ComparedClaim) -> str:
    """Return the claim as a sentence; needs the claimant and the victims' party."""
    who = words.sentence(words.claimant(claim.claimant.name))
    said_when = f"said{_said_on(claim.claimed)} that"
    if claim.qualifier == Qualifier.UNKNOWN:
        return f"{who} {said_when} the number of {_about(claim)} is not known."
    number = _number(claim)
    happened = _HAPPENED.get(claim.measure)
    if number is None or happened is None:
        figure = words.figure(claim.figure)
        return f"{who} gave this figure{_said_on(claim.claimed)} for {_about(claim)}: “{figure}”."
    what = happened.format(f"{number} {_counted_people(claim)}")
    return f"{who} {said_when} {what}{_on_basis(claim)}."


def claim_title(
    claim: Claim | ComparedClaim, *, earlier: Claim | ComparedClaim | None = None
) -> str:
    """Return the claim in a line: “Ministry of Health: 89 killed (earlier 63)”."""
    before = f" (earlier {words.figure(earlier.figure)})" if earlier else ""
    measure, who = MEASURE.label(claim.measure), words.isolated(claim.claimant.name)
    if claim.qualifier == Qualifier.UNKNOWN:
        return f"{who}: number {measure} not known{before}"
    figure = words.figure(claim.figure)
    what = f"“{figure}” ({measure})" if _number(claim) is None else f"{figure} {measure}"
    return f"{who}: {what}{before}"


def _said_on(day: PartialDate | None) -> str:
    if day is None:
        return ", on a day that is not recorded,"
    match day.precision:
        case DatePrecision.DAY:
            return f" on {day.label()}"
        case DatePrecision.APPROXIMATE:
            return f" on or {day.label()}"
        case _:
            return f" in {day.label()}"


def _number(claim: Claim | ComparedClaim) -> str | None:
    """Return the figure as it stands before a noun, or ``None`` where it cannot."""
    figure = claim.figure
    if set(figure.stated) <= {0, 1} or figure.disordered:
        return None
    text = words.figure(figure)
    try:
        said = tokens(text)
    except NotANumber:
        return None
    if not said or PEOPLE_WORDS & set(said):
        return None
    return f"{text} of" if said[-1] in _PLURAL_SIZES else text


def _counted_people(claim: Claim | ComparedClaim) -> str:
    """Return whom the figure counts: the source's word, else ours."""
    if claim.victims_wording:
        # "people, five of them children" has to be closed again.
        return claim.victims_wording + ("," if "," in claim.victims_wording else "")
    party = claim.victims_party.name if claim.victims_party else ""
    return words.victims(claim.victims, party)


def _about(claim: Claim | ComparedClaim) -> str:
    party = claim.victims_party.name if claim.victims_party else ""
    return f"{words.question(claim.measure, claim.victims, party)}{_on_basis(claim)}"


def _on_basis(claim: Claim | ComparedClaim) -> str:
    if claim.count_basis in PARTIAL_BASES or claim.count_basis == "modelled":
        return f" ({COUNT_BASIS.label(claim.count_basis)})"
    return ""
