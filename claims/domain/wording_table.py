"""The table of English wordings: which phrases bound a number in which way.

Pure data. The parser reads by it and the page on methods prints it, so that the two cannot
drift. What a figure says on the two readings is computed from each row's example.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.domain.figures import Qualifier
from claims.domain.numerals import DASH


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One row of the table: phrases that bound a number in one way.

    In the phrases n, or a and b, stand for numbers, and u for a unit such as hundred or
    thousand. ``ends`` are the numbers that words without digits stand for; with a unit u they
    are multiples, from low times u to just below high + 1 times u.
    """

    phrases: tuple[str, ...]
    qualifier: Qualifier
    example: str
    note: str
    drawn_as: str
    ends: tuple[int, int] | None = None


_ORDER_NOTE = "A word for an order of size; it gives no number."


def _order(phrases: tuple[str, ...], low: int, high: int, note: str = _ORDER_NOTE) -> WordingRow:
    example = phrases[0].replace(" u", " hundred")
    return WordingRow(phrases, Qualifier.ORDER, example, note, "hatched", (low, high))


WORDING_TABLE: tuple[WordingRow, ...] = (
    WordingRow(
        ("n", "exactly n", "precisely n", "just n", "only n", "a total of n"),
        Qualifier.EXACTLY,
        "63",
        "The number as it stands.",
        "dot",
    ),
    WordingRow(
        (
            "at least n",
            "n or more",
            "no fewer than n",
            "no less than n",
            "not fewer than n",
            "not less than n",
            "a minimum of n",
            "minimum of n",
            "n at least",
            "n plus",
            "n+",
            "≥ n",
            ">= n",
        ),
        Qualifier.AT_LEAST,
        "at least 400",
        "A floor, the number included.",
        "dot, arrow to the right",
    ),
    WordingRow(
        (
            "more than n",
            "over n",
            "above n",
            "in excess of n",
            "upwards of n",
            "upward of n",
            "exceeding n",
            "just over n",
            "just above n",
            "slightly more than n",
            "well over n",
            "well above n",
            "far more than n",
            "> n",
        ),
        Qualifier.MORE_THAN,
        "more than 400",
        "A floor, the number not included. How far above, “just over” and “well over” do not "
        "say in numbers.",
        "dot, arrow to the right",
    ),
    WordingRow(
        (
            "up to n",
            "as many as n",
            "at most n",
            "no more than n",
            "not more than n",
            "a maximum of n",
            "maximum of n",
            "n at most",
            "n or fewer",
            "n or less",
            "≤ n",
            "<= n",
        ),
        Qualifier.AT_MOST,
        "up to 400",
        "A ceiling, the number included; it allows every smaller number.",
        "dot, arrow to the left",
    ),
    WordingRow(
        (
            "fewer than n",
            "less than n",
            "under n",
            "below n",
            "well under n",
            "well below n",
            "far fewer than n",
            "< n",
        ),
        Qualifier.FEWER_THAN,
        "fewer than 400",
        "A ceiling, the number not included.",
        "dot, arrow to the left",
    ),
    WordingRow(
        ("nearly n", "almost n", "just under n", "just below n"),
        Qualifier.NEARLY,
        "nearly 400",
        "The number or a little below it: by one unit of its rounding, by a quarter at most. "
        "Strictly, any number up to it.",
        "dot, short whisker",
    ),
    WordingRow(
        (
            "about n",
            "some n",
            "around n",
            "an estimated n",
            "estimated n",
            "roughly n",
            "approximately n",
            "approx. n",
            "circa n",
            "c. n",
            "ca. n",
            "n or so",
            "~ n",
            "≈ n",
        ),
        Qualifier.ABOUT,
        "about 400",
        "The number, rounded or estimated: half a unit of its rounding or 5 % to either side, "
        "whichever is more, and one person at least. Strictly, it sets no bounds.",
        "dot, short whisker",
    ),
    WordingRow(
        (
            "between a and b",
            "a to b",
            "from a to b",
            f"a{DASH}b",
            "an estimated a to b",
            f"an estimated a{DASH}b",
            "some a to b",
            f"some a{DASH}b",
        ),
        Qualifier.BETWEEN,
        "between 200 and 600",
        "A range, both ends included. “10 to 15 thousand” gives both in thousands; “10–15,000” "
        "can be taken in two ways and is left to a person.",
        "whisker",
    ),
    WordingRow(
        ("a dozen",),
        Qualifier.EXACTLY,
        "a dozen",
        "Half a dozen is 6, two dozen 24.",
        "dot",
        (12, 12),
    ),
    _order(("a couple",), 2, 3),
    _order(("several", "a few"), 3, 9),
    _order(
        ("a couple of u", "a couple u"),
        2,
        3,
        "A word for an order of size; u is dozen, hundred, thousand, million and the like.",
    ),
    _order(
        ("several u", "a few u"),
        3,
        9,
        "A word for an order of size; u as above. Several dozen stay below a hundred.",
    ),
    _order(("dozens",), 24, 99),
    _order(("scores",), 40, 99),
    _order(("tens",), 20, 99),
    _order(("hundreds",), 200, 999),
    _order(("thousands",), 2_000, 9_999),
    _order(("tens of thousands",), 20_000, 99_999),
    _order(("hundreds of thousands",), 200_000, 999_999),
    _order(("millions",), 2_000_000, 9_999_999),
    _order(("tens of millions",), 20_000_000, 99_999_999),
    WordingRow(
        ("none", "no one", "nobody", "no"),
        Qualifier.EXACTLY,
        "none",
        "A statement that there were none. A figure that is not given is something else.",
        "dot at 0",
        (0, 0),
    ),
    WordingRow(
        (
            "an unknown number",
            "an unknown number of",
            "unknown number",
            "unknown number of",
            "number unknown",
            "unknown",
        ),
        Qualifier.UNKNOWN,
        "an unknown number",
        "The source says that the number is not known.",
        "name only",
    ),
)

PEOPLE_WORDS: frozenset[str] = frozenset(
    """
    people person persons men man women woman children child boys girls babies infants adults
    civilians civilian residents inhabitants villagers refugees migrants passengers pilgrims
    pupils students teachers workers miners protesters demonstrators worshippers patients
    soldiers soldier troops servicemen serviceman servicewomen servicemembers members personnel
    conscripts conscript recruits reservists mobilised mobilized fighters fighter militants militant
    combatants combatant militiamen insurgents rebels officers officer police policemen policeman
    prisoners prisoner detainees detainee hostages hostage captives journalists journalist
    reporters medics medic doctors nurses paramedics firefighters rescuers
    dead killed died deaths death fatalities fatality injured wounded hurt missing captured
    displaced casualties casualty victims victim losses bodies body corpses lives lost
    them those these
    """.split()
)
"""The words for people, or for what happened to them, that may follow the number."""

CONJUNCTIONS = frozenset({"and", "or", ","})
LINKS = CONJUNCTIONS | {
    *"of the all were was are is have has been who".split(),
    *"service medical health aid humanitarian media military".split(),
}
"""Words that may stand between the number and those words; they never end a wording."""
