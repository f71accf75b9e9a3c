"""What a language's data file says, made ready for looking words up.

A file under ``languages/`` lists phrases by what they mean; ``docs/extraction.md`` describes its
sections. A word may end in ``*`` to stand for every word that begins so, which is how cases and
conjugations are covered. Nothing about a language is known outside its file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.extraction.tokens import Sentence, normal, tokenise

FOLDER = Path(__file__).parent / "languages"
_MOST_REMEMBERED = 50_000


class BadLanguageFile(ValueError):
    """A language file that cannot be used; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that says what happened to people.

    ``measure`` is a code of the vocabulary, ``same`` for a phrase that repeats the measure
    spoken of before ("the figure"), or ``other`` for what is no casualty ("mobilised").
    ``kinds`` are the ways in which it stands to its number: ``counted`` ("63 dead"), ``object``
    ("killing 12"), ``close`` (the same, only next to it: "lost 12 men"), ``subject`` ("12
    died"), ``follows`` (the same, never in front of it), ``verb`` (either: "killed 12", "12 were
    killed"), ``toll`` ("the death toll is 12") or ``weak`` (counted, unless something nearer
    happened to them: "12 hostages were freed").
    """

    measure: str
    kinds: frozenset[str]


Phrase = tuple[tuple[str, ...], str, Any]
Marks = dict[str, tuple[Any, int]]

_NUMBERS = frozenset({"number", "scale", "collective", "order", "few", "part", "dual"})
_COUNTING = _NUMBERS | {"negation", "any"}
_GROUPS = {
    "numeric": _NUMBERS,
    "saying": frozenset({"attribution", "according", "account"}),
    "timely": frozenset({"since", "day_word", "weekday", "date_words", "month", "place"}),
}
"""Categories that are looked for together; a token is marked with their group as well."""
_SPLITTING = frozenset({"cue", "counted"})
"""Categories of which the single word is kept too: "12 dead and wounded 30" is two things."""


@dataclass(frozen=True, slots=True)
class Starts:
    """What a word can start: alone, with a known second word, or with a second word by its stem.

    ``is_number`` tells that it is a number or a statement of none by itself, ``number_seconds``
    are the words with which it becomes one.
    """

    alone: Marks
    longer: Mapping[str, list[Phrase]]
    by_stem: list[Phrase]
    is_number: bool
    number_seconds: frozenset[str]


def _starts(phrases: Iterable[Phrase]) -> Starts:
    alone: Marks = {}
    longer: dict[str, list[Phrase]] = {}
    by_stem: list[Phrase] = []
    seconds: set[str] = set()
    for phrase in phrases:
        words, category, meaning = phrase
        if category in _COUNTING and len(words) > 1:
            seconds.add(words[1])
        if len(words) == 1:
            alone.setdefault(category, (meaning, 1))
        elif words[1].endswith("*"):
            by_stem.append(phrase)
        else:
            longer.setdefault(words[1], []).append(phrase)
    for group, categories in _GROUPS.items():
        if not categories.isdisjoint(alone):
            alone[group] = (True, 1)
    is_number = not _COUNTING.isdisjoint(alone) or any(p[1] in _COUNTING for p in by_stem)
    return Starts(alone, longer, by_stem, is_number, frozenset(seconds))


@dataclass(slots=True)
class Lexicon:
    """One language: its phrases by first word, and its settings."""

    code: str
    name: str
    settings: Mapping[str, Any]
    exact: dict[str, list[Phrase]] = field(default_factory=dict)
    stems: dict[str, list[Phrase]] = field(default_factory=dict)
    longest_stem: int = 0
    _known: dict[str, Starts] = field(default_factory=dict)

    def add(self, phrase: str, category: str, meaning: Any) -> None:
        """Add a phrase that has a meaning in a category."""
        words = _phrase_words(phrase)
        if not words:
            raise BadLanguageFile(f"{self.code}.toml: the phrase {phrase!r} has no words.")
        first = words[0]
        if first.endswith("*"):
            stem = first[:-1]
            self.stems.setdefault(stem, []).append((words, category, meaning))
            self.longest_stem = max(self.longest_stem, len(stem))
        else:
            self.exact.setdefault(first, []).append((words, category, meaning))

    def starts(self, word: str) -> Starts:
        """Return what a word in normal form can start."""
        known = self._known.get(word)
        if known is None:
            known = _starts(self.phrases_from(word))
            if len(self._known) < _MOST_REMEMBERED:
                self._known[word] = known
        return known

    def phrases_from(self, word: str) -> list[Phrase]:
        """Return the phrases that can start with a word in normal form, longer ones first."""
        found: list[Phrase] = []
        for form in self._forms(word):
            found += self.exact.get(form, ())
            for length in range(1, min(self.longest_stem, len(form)) + 1):
                found += self.stems.get(form[:length], ())
            if found:
                break
        return sorted(found, key=lambda phrase: -len(phrase[0]))

    def _forms(self, word: str) -> Iterable[str]:
        """Give a word, then what is left of it without the particles written onto it."""
        yield word
        for prefix in self.settings.get("prefixes", ()):
            if word.startswith(prefix) and len(word) - len(prefix) >= 2:
                yield word[len(prefix) :]

    def may_count(self, sentence: Sentence) -> bool:
        """Tell whether any token of a sentence can start a number or say that there was none."""
        before: frozenset[str] = frozenset()
        for word in sentence.words:
            if word in before or word[0].isdecimal():
                return True
            starts = self.starts(word)
            if starts.is_number:
                return True
            before = starts.number_seconds
        return False

    def mark(self, sentence: Sentence) -> None:
        """Write into a sentence what each token starts: the longest phrase of each category."""
        words, marks = sentence.words, sentence.marks
        sentence.describes = bool(self.settings.get("noun_first"))
        last = len(words) - 1
        for at, word in enumerate(words):
            starts = self.starts(word)
            longer = starts.longer.get(words[at + 1]) if at < last and starts.longer else None
            if longer is None and not starts.by_stem:
                marks.append(starts.alone)
                continue
            found: Marks = {}
            for phrase, category, meaning in [*(longer or ()), *starts.by_stem]:
                length = len(phrase)
                if at + length <= last + 1 and _matches(phrase, words, at):
                    held = found.get(category)
                    if held is None or held[1] < length:
                        found[category] = (meaning, length)
            for group, categories in _GROUPS.items():
                if not categories.isdisjoint(found):
                    found[group] = (True, 1)
            for category in _SPLITTING.intersection(found).intersection(starts.alone):
                found[f"{category}_alone"] = starts.alone[category]
            marks.append({**starts.alone, **found} if found else starts.alone)

    def split(self, sentence: Sentence) -> None:
        """Make tokens of particles written onto words, where the language asks for it."""
        if prefixes := self.settings.get("split_prefixes"):
            self._split(sentence, prefixes)

    def _split(self, sentence: Sentence, prefixes: Iterable[str]) -> None:
        """Make a token of its own of a particle written onto a word that is known without it."""
        words, starts, ends = sentence.words, sentence.starts, sentence.ends
        for at in range(len(words) - 1, -1, -1):
            word = words[at]
            for prefix in prefixes:
                rest = word[len(prefix) :]
                is_number = rest[:1].isdecimal()
                if not word.startswith(prefix) or not (len(rest) >= 2 or is_number):
                    continue
                if self.exact_phrases(word) or not self.phrases_from(rest):
                    continue
                middle = starts[at] + len(prefix)
                words[at : at + 1] = [prefix, rest]
                starts[at : at + 1] = [starts[at], middle]
                ends[at : at + 1] = [middle, ends[at]]
                break

    def exact_phrases(self, word: str) -> bool:
        """Tell whether a phrase starts with a word as it stands, particles not taken off."""
        return word in self.exact or any(
            word[:length] in self.stems
            for length in range(3, min(self.longest_stem, len(word)) + 1)
        )

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words that a full stop follows without ending a sentence."""
        known: frozenset[str] = self.settings["abbreviations"]
        return known


def _matches(phrase: tuple[str, ...], words: list[str], at: int) -> bool:
    for place in range(1, len(phrase)):
        part, word = phrase[place], words[at + place]
        if part != word and not (part.endswith("*") and word.startswith(part[:-1])):
            return False
    return True


def _phrase_words(phrase: str) -> tuple[str, ...]:
    """Cut a phrase like a text, keeping the star at the end of a stem."""
    sentence = tokenise(phrase, 0, len(phrase))
    words: list[str] = []
    for at, word in enumerate(sentence.words):
        if word == "*" and words and sentence.glued(at):
            words[-1] += "*"
        else:
            words.append(word)
    return tuple(words)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, English first."""
    codes = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: code != "en"))


@lru_cache
def lexicon(code: str) -> Lexicon:
    """Return a language's lexicon; raises ``BadLanguageFile`` where the file is wrong."""
    path = FOLDER / f"{code}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(languages())
        raise BadLanguageFile(f"No language {code!r}; there are {known}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadLanguageFile(f"{path.name}: {error}") from error
    return _built(code, data)


_LISTS = {
    # section of the file: category of its phrases; the key is the meaning
    "bounds": "bound",
    "bounds_after": "bound_after",
    "people": "people",
    "parties": "party",
    "attribution": "attribution",
    "according": "according",
    "words": None,
    "basis": "basis",
}
_TABLES = {"words": "number", "scales": "scale", "orders": "order", "few": "few", "parts": "part"}
_SETTINGS = frozenset(
    "code name script letters function_words abbreviations decimal_point prefixes free_order "
    "numbers cues dates joins_tens join_reversed "
    "split_prefixes verb_first noun_first adverb_endings claimant_prefixes".split()
)


def _built(code: str, data: Mapping[str, Any]) -> Lexicon:
    if unknown := set(data) - set(_LISTS) - _SETTINGS:
        raise BadLanguageFile(f"{code}.toml: the sections {sorted(unknown)} are not known.")
    settings = {
        **data,
        "abbreviations": frozenset(data.get("abbreviations", ())),
        "prefixes": [normal(prefix) for prefix in data.get("prefixes", ())],
    }
    made = Lexicon(code, data["name"], settings)
    for section, category in _LISTS.items():
        for meaning, phrases in data.get(section, {}).items():
            for phrase in phrases:
                made.add(phrase, category or meaning, meaning)
    for word in data["function_words"]:
        made.add(word, "function", True)
    _add_numbers(made, data["numbers"])
    _add_cues(made, data["cues"])
    _add_dates(made, data["dates"])
    return made


def _add_numbers(made: Lexicon, numbers: Mapping[str, Any]) -> None:
    for table, category in _TABLES.items():
        for phrase, value in numbers.get(table, {}).items():
            made.add(phrase, category, tuple(value) if isinstance(value, list) else _amount(value))
    for category in ("join", "articles", "and_half"):
        for phrase in numbers.get(category, ()):
            made.add(phrase, category, True)
    for phrase, value in numbers.get("collectives", {}).items():
        made.add(phrase, "collective", _amount(value))
    for phrase, value in numbers.get("duals", {}).items():
        made.add(phrase, "dual", value)


def _amount(value: float) -> int | Fraction:
    """Return a number of a file exactly: halves and quarters are fractions."""
    exact = Fraction(str(value))
    return int(exact) if exact.denominator == 1 else exact


def _add_cues(made: Lexicon, cues: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Add each phrase once, with all its kinds; the measure that names it first keeps it."""
    found: dict[tuple[str, ...], tuple[str, str, set[str]]] = {}
    for measure, kinds in cues.items():
        for kind, phrases in kinds.items():
            for phrase in phrases:
                held = found.setdefault(_phrase_words(phrase), (phrase, measure, set()))
                if held[1] == measure:
                    held[2].add(kind)
    for phrase, measure, ways in found.values():
        cue = Cue(measure, frozenset(ways))
        made.add(phrase, "cue", cue)
        if ways & {"counted", "weak"}:
            made.add(phrase, "counted", cue)


def _add_dates(made: Lexicon, dates: Mapping[str, Any]) -> None:
    for category, key in (("month", "months"), ("weekday", "weekdays")):
        for place, phrases in enumerate(dates[key]):
            for phrase in phrases:
                made.add(phrase, category, place)
    for phrase, days in dates.get("days", {}).items():
        made.add(phrase, "day_word", days)
    for category, key in (
        ("date_words", "other"),
        ("since", "since"),
        ("since_only", "since_only"),
    ):
        for phrase in dates.get(key, ()):
            made.add(phrase, category, True)
