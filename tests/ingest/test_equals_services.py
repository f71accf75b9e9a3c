"""What an import writes at once is what the services write one by one."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.ingest.demo import DEMO_FILE, WAIVER
from claims.ingest.system_users import import_user, review_user
from claims.models import Claim, Event
from tests.ingest.by_hand import everything, make_by_hand
from tests.ingest.importing import put
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

OPTIONAL = {
    "event_aliases": ["", "Bridge | Brücke", "Міст"],
    "event_start": ["", "2023", "2023-02", "2023-01-01"],
    "event_end": ["", "2024"],
    "country": ["", "UA", "UA | RU"],
    "place_precision": ["", "district"],
    "parties": ["", "Ruritania", "Graustark | Ruritania"],
}
OF_A_CLAIM = {
    "claimant": ["Army", "Navy"],
    "victims_party": ["", "Graustark"],
    "wording": ["63", "at least 40", "between 20 and 90", "hundreds"],
    "claimed_on": ["", "2023", "2023-01-05"],
    "count_basis": ["", "verified"],
    "document": ["Report", "Paper"],
    "publisher": ["", "The Daily"],
    "locator": ["", "page 2"],
    "quote": ["", "sixty-three"],
    "note": ["", "Seen"],
}


def both_ways(path: Path, *, publish: bool) -> tuple[dict, dict]:
    """Return everything after an import, and after making the same by hand."""
    found = []
    for make in (_import, _by_hand):
        with transaction.atomic():
            make(path, publish)
            found.append(everything())
            transaction.set_rollback(True)
    return found[0], found[1]


def _import(path: Path, publish: bool) -> None:
    put(path, import_user(), publish=publish, reviewed_by=review_user(), waiver_reason=WAIVER)


def _by_hand(path: Path, publish: bool) -> None:
    make_by_hand(path, publish=publish, waiver_reason=WAIVER)


@pytest.mark.parametrize("publish", [True, False])
def test_the_demo_is_the_same_both_ways(publish: bool) -> None:
    imported, by_hand = both_ways(DEMO_FILE, publish=publish)

    assert sum(imported["Claim"].values()) == 145
    for table, rows in by_hand.items():
        assert imported[table] == rows, table


@st.composite
def files(draw: Callable) -> list[dict[str, str]]:
    """Two events with some claims each, some of which revise the one before."""
    rows = []
    for event in range(draw(st.integers(1, 2))):
        shared = {name: draw(st.sampled_from(cells)) for name, cells in OPTIONAL.items()}
        for number in range(draw(st.integers(1, 3))):
            own = {name: draw(st.sampled_from(cells)) for name, cells in OF_A_CLAIM.items()}
            rows.append(
                row(
                    event_key=f"e{event}",
                    event=f"Strike {event}",
                    claim_key=f"e{event}/{number}",
                    claimant_kind="",
                    speaks_for="",
                    url="",
                    published_on="",
                    qualifier="",
                    best="",
                    language="",
                    **shared,
                    **own,
                )
            )
            before = rows[-2] if number else None
            if before and draw(st.booleans()):
                rows[-1] |= {
                    "revises": before["claim_key"],
                    "claimant": before["claimant"],
                    "victims_party": before["victims_party"],
                }
    return [{"revises": "", **one} for one in rows]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=files(), publish=st.booleans())
def test_any_good_file_is_the_same_both_ways(
    tmp_path: Path, rows: list[dict[str, str]], publish: bool
) -> None:
    path = tmp_path / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    imported, by_hand = both_ways(path, publish=publish)

    for table, wanted in by_hand.items():
        assert imported[table] == wanted, table
    assert (Event.objects.count(), Claim.objects.count()) == (0, 0)
