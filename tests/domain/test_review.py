"""The table of moves, the stances and the vocabularies."""

from __future__ import annotations

import pytest

from claims.domain.review import MOVES, PERMISSIONS_OF, MoveNotAllowed, State, move, moves_from
from claims.domain.stance import Stance, stance
from claims.domain.vocabularies import ALL, STATE


def test_every_state_is_a_code_of_the_vocabulary() -> None:
    assert tuple(State) == STATE.codes


def test_only_publish_leads_to_the_public_and_needs_somebody_else() -> None:
    found = [m for m in MOVES if m.after is State.PUBLISHED]

    assert [(m.name, m.by_another, m.needs_citation) for m in found] == [("publish", True, True)]


def test_every_permission_of_a_move_is_given_to_somebody() -> None:
    assert {m.permission for m in MOVES} <= frozenset().union(*PERMISSIONS_OF.values())


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("draft", {"submit"}),
        ("submitted", {"publish", "reject", "reopen", "withdraw"}),
        ("published", {"withdraw", "correct"}),
        ("withdrawn", {"reinstate"}),
        ("rejected", {"reopen", "withdraw"}),
    ],
)
def test_moves_from(state, names) -> None:
    assert {m.name for m in moves_from(state)} == names


def test_a_move_from_the_wrong_state_is_refused_in_a_sentence() -> None:
    with pytest.raises(MoveNotAllowed, match="Only a submitted claim can do this") as refused:
        move("publish", "draft")

    assert "this one is draft" in str(refused.value)


@pytest.mark.parametrize(
    ("speaks_for", "victims_party", "parties", "expected"),
    [
        pytest.param(1, 1, {1, 2}, Stance.OWN_LOSSES, id="its own party"),
        pytest.param(2, 1, {1, 2}, Stance.ENEMY_LOSSES, id="the opposing party"),
        pytest.param(3, 1, {1, 2}, Stance.THIRD_PARTY, id="a state that is no party to the event"),
        pytest.param(None, 1, {1, 2}, Stance.THIRD_PARTY, id="speaks for nobody"),
        pytest.param(1, None, {1, 2}, Stance.THIRD_PARTY, id="victims of no party in particular"),
    ],
)
def test_stance(speaks_for, victims_party, parties, expected) -> None:
    assert stance(speaks_for=speaks_for, victims_party=victims_party, parties=parties) is expected


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda v: v.name)
def test_every_term_has_a_code_of_its_own_a_label_and_a_definition(vocabulary) -> None:
    assert len(set(vocabulary.codes)) == len(vocabulary.terms)
    assert all(t.label and t.definition.endswith(".") for t in vocabulary)
