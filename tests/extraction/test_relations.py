"""Parts and wholes, revisions, counts on top of others; whom a figure counts."""

import pytest

from tests.extraction.found import only, read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("At least 25 people were killed, five of them children.", id="of them"),
        pytest.param("The attack killed 25, including five children.", id="including"),
        pytest.param("Eight people, two of whom were women, died.", id="of whom"),
        pytest.param("Of the 36 dead, 19 were women and children.", id="of the dead"),
        pytest.param("Among the 54 wounded were seven journalists.", id="among"),
    ],
)
def test_second_figure_is_a_part_of_the_first(text: str) -> None:
    whole, part = read(text).candidates

    assert (whole.is_part, part.is_part, part.part_of) == (False, True, 0)
    assert part.measure == whole.measure


def test_second_part_of_one_list_is_a_part_too() -> None:
    whole, *parts = read("The attack killed 17, including 5 children and 3 women.").candidates

    assert [part.part_of for part in parts] == [0, 0]
    assert [part.victims for part in parts] == ["children", "women"]
    assert not whole.is_part


def test_part_whose_whole_is_only_spoken_of_is_a_part_of_no_figure() -> None:
    candidate = only("It said nine of the dead were children.")

    assert (candidate.measure, candidate.is_part, candidate.part_of) == ("killed", True, None)


def test_figure_with_a_cue_of_its_own_ends_a_list_of_parts() -> None:
    text = "The attack killed 25, including five children, and more than 100 were wounded."

    found = [(c.measure, c.is_part) for c in read(text).candidates]

    assert found == [("killed", False), ("killed", True), ("injured", False)]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param("The toll was raised to 89 from 63.", 89, id="to before from"),
        pytest.param("The toll, previously given as 63, was revised to 89.", 89, id="previously"),
    ],
)
def test_revision_points_from_the_new_figure_to_the_old(text: str, new: int) -> None:
    candidates = read(text).candidates
    revising = next(c for c in candidates if c.figure.best == new)

    assert revising.revises is not None
    earlier = candidates[revising.revises]
    assert (earlier.figure.best, earlier.is_earlier, revising.is_earlier) == (63, True, False)


def test_range_of_a_change_is_no_range() -> None:
    first, second = read("The death toll rose from 63 to 89.").candidates

    assert (first.figure.best, second.figure.best) == (63, 89)


def test_count_on_top_of_another_of_its_measure_is_marked() -> None:
    first, more, hurt = read(
        "Twelve died. Four more died later, and 300 others were hurt."
    ).candidates

    assert [first.is_more, more.is_more, hurt.is_more] == [False, True, False]


def test_those_who_estimate_make_no_part_of_what_they_estimate() -> None:
    candidate = only("Two of them estimated that between 200 and 600 conscripts had died.")

    assert not candidate.is_part


@pytest.mark.parametrize(
    ("text", "victims", "wording", "party"),
    [
        pytest.param("25 civilians died.", "civilians", "civilians", "", id="civilians"),
        pytest.param(
            "Up to 400 Russian soldiers died.",
            "combatants",
            "Russian soldiers",
            "Russian",
            id="side",
        ),
        pytest.param("Four police officers died.", "police", "police officers", "", id="police"),
        pytest.param("19 were killed.", "people", "", "", id="nobody named"),
    ],
)
def test_whom_a_figure_counts(text: str, victims: str, wording: str, party: str) -> None:
    candidate = only(text)

    assert (candidate.victims, candidate.victims_wording, candidate.victims_party) == (
        victims,
        wording,
        party,
    )


def test_count_basis_is_read_from_words_near_the_figure() -> None:
    candidate = only("Mediazona has verified the names of 50,471 soldiers killed in the war.")

    assert candidate.count_basis == "identified_by_name"
