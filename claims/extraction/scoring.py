"""How well readings agree with labelled documents: precision, recall, F1, claimants, offsets."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_CONTEXT = 140


@dataclass(slots=True)
class Score:
    """Counts over a set of documents, and the shares that follow from them."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    claimants_right: int = 0
    claimants_asked: int = 0
    offsets_valid: int = 0
    offsets_asked: int = 0

    @property
    def precision(self) -> float:
        """The share of figures read that are labelled."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of labelled figures that were read."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def claimant_accuracy(self) -> float:
        """The share of figures found whose claimant is the labelled one."""
        return self.claimants_right / self.claimants_asked if self.claimants_asked else 1.0

    @property
    def offset_validity(self) -> float:
        """The share of figures found whose offsets mark the labelled words."""
        return self.offsets_valid / self.offsets_asked if self.offsets_asked else 1.0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Report:
    """Scores of all documents, by language and by tag, with every error in words."""

    total: Score = field(default_factory=Score)
    by_language: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_tag: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    totals: Score = field(default_factory=Score)
    errors: list[str] = field(default_factory=list)


def score(documents: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Report:
    """Compare labelled documents with what was read of them.

    Each pair is a document with its ``gold`` and the object that ``extract_claims`` writes for
    it. A figure counts as found where interval and measure are accepted; labels marked
    ``optional`` count neither way.
    """
    report = Report()
    for gold, read in documents:
        one = _score_document(gold, read, report.errors)
        report.total.add(one)
        report.by_language[gold.get("lang", "?")].add(one)
        for tag in gold.get("tags", ()):
            report.by_tag[tag].add(one)
        _score_totals(gold, read, report)
    return report


def _score_document(gold: Mapping[str, Any], read: Mapping[str, Any], errors: list[str]) -> Score:
    labels: Sequence[Mapping[str, Any]] = gold["gold"]["claims"]
    text: str = gold["text"]
    claims = list(read["claims"])
    one = Score()
    for label in sorted(labels, key=lambda label: bool(label.get("optional"))):
        claim = _taken(label, claims, text)
        if claim is None:
            if not label.get("optional"):
                one.missed += 1
                errors.append(f"{gold['id']} missed {_described(label)}: {_around(text, label)}")
            continue
        claims.remove(claim)
        if label.get("optional"):
            continue
        one.found += 1
        _score_claimant(gold, label, claim, one, errors)
        one.offsets_asked += 1
        valid = _marks(claim, label, text)
        one.offsets_valid += valid
        if not valid:
            shown = text[claim["start"] : claim["end"]]
            errors.append(
                f"{gold['id']} marks {shown!r}, labelled {label['fig']!r}: {_around(text, claim)}"
            )
    for claim in claims:
        one.wrong += 1
        errors.append(
            f"{gold['id']} wrong {claim['measure']} {claim['lower']}..{claim['upper']} "
            f"{text[claim['start'] : claim['end']]!r} ({', '.join(claim['rules'])}): "
            f"{_around(text, claim)}"
        )
    return one


def _score_claimant(
    gold: Mapping[str, Any],
    label: Mapping[str, Any],
    claim: Mapping[str, Any],
    one: Score,
    errors: list[str],
) -> None:
    one.claimants_asked += 1
    by_nobody = label.get("claimant_optional") and not claim["claimant"]
    if by_nobody or same_claimant(claim["claimant"], label.get("claimant")):
        one.claimants_right += 1
    else:
        errors.append(
            f"{gold['id']} claimant of {label['fig']!r} {claim['claimant']!r}, labelled "
            f"{label.get('claimant')!r}: {_around(gold['text'], claim)}"
        )


def _taken(
    label: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], text: str
) -> Mapping[str, Any] | None:
    """Return the claim read for a label: one that marks its words first, then any that fits."""
    fitting = [claim for claim in claims if _fits(label, claim)]
    at_words = [claim for claim in fitting if _marks(claim, label, text)]
    if label.get("optional"):
        at_words = at_words or [claim for claim in claims if _marks(claim, label, text)]
    chosen = at_words or fitting
    return chosen[0] if chosen else None


def _fits(label: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    measures = label.get("accept_measures") or [label["measure"]]
    return (
        claim["measure"] in measures
        and _accepted(claim["lower"], label["lower"], label.get("accept_lower"))
        and _accepted(claim["upper"], label["upper"], label.get("accept_upper"))
    )


def _accepted(value: int | None, stated: int | None, accepted: Any) -> bool:
    if value == stated:
        return True
    if isinstance(accepted, Mapping):
        if value is None:
            return bool(accepted.get("null"))
        return bool(
            accepted.get("min", float("-inf")) <= value <= accepted.get("max", float("inf"))
        )
    return accepted is not None and value in accepted


def _marks(claim: Mapping[str, Any], label: Mapping[str, Any], text: str) -> bool:
    """Tell whether the marked characters and the labelled words overlap somewhere in the text."""
    start, end = claim["start"], claim["end"]
    if "start" in label:
        return bool(start < label["end"] and label["start"] < end)
    if not 0 <= start < end <= len(text):
        return False
    at = text.find(label["fig"])
    while at >= 0:
        if at < end and start < at + len(label["fig"]):
            return True
        at = text.find(label["fig"], at + 1)
    return False


def same_claimant(read: str | None, labelled: str | Sequence[str] | None) -> bool:
    """Tell whether a claimant read is one of those labelled, articles and case apart."""
    if not read or not labelled:
        return not read and not labelled
    wanted = [labelled] if isinstance(labelled, str) else list(labelled)
    words = _folded(read)
    return any(_within(_folded(w), words) or _within(words, _folded(w)) for w in wanted if w)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " " + " ".join(folded.split()) + " "


def _within(part: str, whole: str) -> bool:
    return part.strip() in whole


def _score_totals(gold: Mapping[str, Any], read: Mapping[str, Any], report: Report) -> None:
    for measure, (lower, upper) in gold["gold"].get("totals", {}).items():
        found = read["totals"].get(measure)
        if found is not None and tuple(found) == (lower, upper):
            report.totals.found += 1
        else:
            report.totals.missed += 1
            report.errors.append(
                f"{gold['id']} total of {measure}: read {found}, labelled {[lower, upper]}"
            )


def _around(text: str, marked: Mapping[str, Any]) -> str:
    """Return the words around a figure, on one line."""
    at = marked["start"] if "start" in marked else max(text.find(marked["fig"]), 0)
    return " ".join(text[max(0, at - _CONTEXT) : at + _CONTEXT].split())


def _described(label: Mapping[str, Any]) -> str:
    return f"{label['measure']} {label['lower']}..{label['upper']} {label['fig']!r}"
