"""The named functions of the language: none of them takes long, whatever the cell."""

import time

import pytest

from claims.ingest.cells import CellRefused
from claims.ingest.mapping.steps import STEPS, Step
from claims.ingest.tables.limits import LONGEST_CELL

SECONDS = 1


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + " " * (LONGEST_CELL - 1), id="much space"),
        pytest.param("a " + "12 Jan " * (LONGEST_CELL // 7 - 1), id="many days"),
        pytest.param("~" * LONGEST_CELL, id="many tildes"),
        pytest.param("k1" * (LONGEST_CELL // 2), id="many codes"),
        pytest.param("(2011-" * (LONGEST_CELL // 6), id="many brackets"),
        pytest.param("1" * LONGEST_CELL, id="many digits"),
    ],
)
def test_step_when_a_cell_is_as_long_as_can_be_takes_no_time(step: Step, text: str) -> None:
    start = time.process_time()

    try:
        answer = step([text, "2003-01-01"])
    except CellRefused as error:
        answer = str(error)

    assert len(answer) <= LONGEST_CELL
    assert time.process_time() - start < SECONDS
