"""The sentences of a comparison, as text: every verdict, every number of claimants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from claims.domain.comparison import Comparison, compare
from claims.domain.dates import parse_iso
from claims.domain.figures import Reading
from claims.domain.scope import Scope, Span, Statement
from claims.domain.wording import parse_wording
from claims.web import sentences

STRIKE = Span(date(2023, 1, 1), date(2023, 1, 1), start_is_exact=True)
ABOUT = "people killed"


def said(
    claimant: str,
    wording: str,
    day: str = "2023-02-01",
    *,
    basis: str = "all_reported",
    area: str = "",
    is_compilation: bool = False,
) -> Statement:
    """Return what a claimant said; its key is the claimant's name."""
    return Statement(
        key=claimant,
        claimant=claimant,
        figure=parse_wording(wording),
        scope=Scope(area=area),
        claimed_on=parse_iso(day),
        count_basis=basis,
        is_compilation=is_compilation,
    )


def compared(statements: Sequence[Statement], **options: object) -> Comparison:
    return compare(statements, span=STRIKE, **options)  # type: ignore[arg-type]


def summary(*statements: Statement, **options: object) -> str:
    result = compared(statements, **options)
    return sentences.summary(result, about=ABOUT, names={s.key: s.key for s in statements})


def test_summary_of_makiivka_reads_as_the_design_says() -> None:
    text = summary(
        said("Ministry of Defence of Russia", "89", "2023-01-04"),
        said("Armed Forces of Ukraine", "about 400", "2023-01-01"),
        said("BBC", "at least 92", basis="identified_by_name"),
        said("Idel.Realii", "at least 83", basis="identified_by_name"),
        said("WSWS", "between 60 and 400"),
    )

    assert text == (
        "Five claimants put the number of people killed between 60 and 400. "
        "The Ministry of Defence of Russia (89) and the Armed Forces of Ukraine (about 400) "
        "contradict each other by a factor of at least 3.9. "
        "Four of the five fit 350 to 400."
    )


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            [],
            "Nothing is recorded about the number of people killed.",
            id="nobody",
        ),
        pytest.param(
            [said("Ministry A", "at least 25")],
            "The only number of people killed given here comes from the Ministry A: at least 25.",
            id="one claimant",
        ),
        pytest.param(
            [said("A", "89"), said("C", "120", is_compilation=True)],
            "The only figure that votes on the number of people killed comes from A: 89.",
            id="one claimant and a compilation",
        ),
        pytest.param(
            [said("C", "120", is_compilation=True)],
            "Only compilations give a number of people killed; they do not vote unless asked to.",
            id="nothing but a compilation",
        ),
        pytest.param(
            [said("A", "an unknown number")],
            "A says that the number of people killed is not known.",
            id="a number that is not known",
        ),
        pytest.param(
            [said("A", "an unknown number"), said("B", "an unknown number")],
            "Two claims say that the number of people killed is not known.",
            id="two numbers that are not known",
        ),
        pytest.param(
            [said("A", "189"), said("B", "1,324"), said("C", "dozens")],
            "Two of three claimants put the number of people killed between 189 and 1,324; "
            "one says only “dozens”. "
            "C (dozens) and B (1,324) contradict each other by a factor of at least 13. "
            "No two of the three fit together.",
            id="words beside numbers",
        ),
        pytest.param(
            [said("A", "240"), said("B", "hundreds")],
            "One of two claimants puts the number of people killed at 240; "
            "the other says only “hundreds”. "
            "They differ in wording or width, but both can be true together. Both fit 240.",
            id="words beside one number",
        ),
        pytest.param(
            [said("A", "25"), said("B", "25")],
            "Two claimants put the number of people killed at 25. Both say the same.",
            id="two say the same",
        ),
        pytest.param(
            [said("A", "25"), said("B", "25"), said("C", "25")],
            "Three claimants put the number of people killed at 25. All three say the same.",
            id="three say the same",
        ),
        pytest.param(
            [said("A", "25"), said("B", "at least 25")],
            "Two claimants put the number of people killed at 25, in different words. "
            "They differ in wording or width, but both can be true together. Both fit 25.",
            id="one number in two wordings",
        ),
        pytest.param(
            [said("A", "at least 25"), said("B", "at least 40")],
            "Two claimants put the number of people killed between 25 and 40 or more. "
            "They differ in wording or width, but both can be true together. "
            "Both fit 40 or more.",
            id="an open agreement",
        ),
        pytest.param(
            [said("A", "up to 50"), said("B", "30")],
            "Two claimants put the number of people killed between 30 and 50. "
            "They differ in wording or width, but both can be true together. Both fit 30.",
            id="a ceiling above",
        ),
        pytest.param(
            [said("A", "up to 50"), said("B", "at least 60")],
            "Two claimants put the number of people killed between 50 or fewer and 60 or more. "
            "A (up to 50) and B (at least 60) contradict each other by a factor of at least 1.2.",
            id="a ceiling below a floor",
        ),
        pytest.param(
            [said("A", "none"), said("B", "at least 12")],
            "Two claimants put the number of people killed between 0 and 12 or more. "
            "A (none) and B (at least 12) contradict each other by at least 12: "
            "the one allows nobody, the other 12 at least.",
            id="a ratio that is infinite",
        ),
        pytest.param(
            [said("A", "1,000"), said("B", "1,004")],
            "Two claimants put the number of people killed between 1,000 and 1,004. "
            "A (1,000) and B (1,004) contradict each other by at least 4.",
            id="a ratio too close to one to be worth printing",
        ),
        pytest.param(
            [said("A", "1,000"), said("B", "1,034")],
            "Two claimants put the number of people killed between 1,000 and 1,034. "
            "A (1,000) and B (1,034) contradict each other by at least 34, a factor of 1.03.",
            id="a ratio close to one",
        ),
        pytest.param(
            [said("A", "89"), said("B", "between 200 and 600"), said("C", "up to 400")],
            "Three claimants put the number of people killed between 89 and 600. "
            "A (89) and B (between 200 and 600) contradict each other by a factor of at least "
            "2.2. No number fits more than two of the three; that many fit 89 or 200 to 400.",
            id="two stretches fit equally many",
        ),
        pytest.param(
            [said("A", "10"), said("B", "20"), said("C", "30")],
            "Three claimants put the number of people killed between 10 and 30. "
            "A (10) and C (30) contradict each other by a factor of at least 3.0. "
            "No two of the three fit together.",
            id="no two fit",
        ),
        pytest.param(
            [said("A", "10", "2023-01-01"), said("B", "25", "2023-01-09")],
            "Two claimants put the number of people killed between 10 and 25. "
            "The smallest, A (10), dates from the first days, when counting may still have been "
            "going on.",
            id="developing",
        ),
        pytest.param(
            [said("A", "hundreds"), said("B", "thousands")],
            "Two claimants give the number of people killed only as an order of size: "
            "“hundreds” and “thousands”. A (hundreds) and B (thousands) contradict each other "
            "by a factor of at least 2.0.",
            id="words for an order of size only",
        ),
        pytest.param(
            [said("A", "10", area="north"), said("B", "20", area="south")],
            "Two claimants give a number of people killed, but no two of them for the same "
            "period and area, so their figures are not compared.",
            id="never of one scope",
        ),
        pytest.param(
            [said("A", "89"), said("B", "92", basis="identified_by_name")],
            "Two claimants put the number of people killed between 89 and 92. A (89) and "
            "B (92, identified by name) contradict each other by at least 3, a factor of 1.03.",
            id="a partial count above a whole one",
        ),
    ],
)
def test_summary(statements: list[Statement], expected: str) -> None:
    assert summary(*statements) == expected


def test_summary_when_strict_then_about_sets_no_bounds() -> None:
    text = summary(said("A", "about 400"), reading=Reading.STRICT)

    assert text == (
        "The one claim about the number of people killed sets no bounds on this reading."
    )


def test_summary_when_many_stretches_then_the_rest_is_counted() -> None:
    low = [said(f"L{n}", f"{n}0") for n in range(1, 6)]
    high = [said(f"H{n}", f"between {n}0 and {n}5") for n in range(1, 6)]

    text = sentences.fit(compared([*low, *high]))

    assert text == (
        "No number fits more than two of the ten; that many fit 10, 20, 30 "
        "or one of 2 further stretches."
    )


def test_summary_when_one_stretch_more_than_fits_is_left_then_it_is_told_too() -> None:
    low = [said(f"L{n}", f"{n}0") for n in range(1, 5)]
    high = [said(f"H{n}", f"between {n}0 and {n}5") for n in range(1, 5)]

    text = sentences.fit(compared([*low, *high]))

    assert text.endswith("that many fit 10, 20, 30 or 40.")


def test_factor_is_rounded_down_because_at_least_has_to_stay_true() -> None:
    text = summary(said("A", "100"), said("B", "299"))

    assert text.endswith("contradict each other by a factor of at least 2.9.")


def test_remarks_name_floors_compilations_and_claims_without_bounds() -> None:
    result = compared(
        [
            said("A", "89"),
            said("B", "92", basis="identified_by_name"),
            said("C", "70", basis="bodies_counted"),
            said("D", "an unknown number"),
            said("E", "120", is_compilation=True),
            said("F", "12", area="north"),
            said("G", "hundreds"),
        ]
    )

    floor = "a floor, which no larger number contradicts."
    assert sentences.remarks(result) == [
        f"One claimant counts only people identified by name: {floor}",
        f"One claimant counts only people whose bodies were counted: {floor}",
        "One claim comes from a compilation and does not vote.",
        "One claim sets no bounds on this reading and does not vote.",
        "Numbers in brackets are this tracker’s reading of words such as “hundreds”.",
        "Figures for another period or area are shown, but not compared with these.",
    ]


def test_remarks_when_everybody_counts_alike_then_there_is_none() -> None:
    result = compared([said("A", "89"), said("B", "92")])

    assert sentences.remarks(result) == []


def test_remarks_when_compilations_vote_then_they_are_not_silent() -> None:
    result = compared([said("A", "89"), said("E", "89", is_compilation=True)], compilations=True)

    assert sentences.remarks(result, compilations=True) == []


@pytest.mark.parametrize(
    ("as_of", "reading", "compilations", "expected"),
    [
        pytest.param(None, Reading.PLAIN, False, "", id="the default view says nothing"),
        pytest.param(
            date(2023, 1, 3),
            Reading.STRICT,
            False,
            "What had been claimed by 3 January 2023, strict reading.",
            id="a day on the strict reading",
        ),
        pytest.param(
            None,
            Reading.PLAIN,
            True,
            "What has been claimed to date, compilations vote.",
            id="compilations",
        ),
    ],
)
def test_view_state(
    as_of: date | None, reading: Reading, compilations: bool, expected: str
) -> None:
    text = sentences.view_state(as_of=as_of, reading=reading, compilations=compilations)

    assert text == expected
