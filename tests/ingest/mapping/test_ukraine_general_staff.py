"""The General Staff of Ukraine by day: personnel losses, never the killed; each day revises."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.models import User

from claims.models import Claim
from tests.ingest.importing import plan, put
from tests.ingest.mapping.reading import DATASETS, read

LOSSES = DATASETS / "ukraine-general-staff" / "russia_losses_personnel.json"
DATASET = "ukraine-general-staff"
SERIES = {
    "event_key": "russo-ukrainian-war-2022",
    "event": "Russian invasion of Ukraine",
    "event_kind": "war",
    "event_start": "2022-02-24",
    "country": "UA",
    "parties": "Russia | Ukraine",
    "is_compilation": "no",
    "victims": "combatants",
    "victims_party": "Russia",
    "document": "russia_losses_personnel.json",
    "publisher": "Petro Ivaniuk",
    "url": (
        "https://github.com/PetroIvaniuk/2022-Ukraine-Russia-War-Dataset/blob/main/data/"
        "russia_losses_personnel.json"
    ),
    "language": "en",
}
STAFF = {
    "claimant": "General Staff of Ukraine",
    "claimant_kind": "military",
    "speaks_for": "Ukraine",
    "measure": "losses_unspecified",
    "victims_wording": "personnel",
}
INVADERS = {
    "claimant": "Invaders (invaders-rf.com)",
    "claimant_kind": "other",
    "measure": "captured",
    "victims_wording": "prisoners of war",
}


def on(day: str, what: str, before: str = "", **cells: str) -> dict[str, str]:
    claim = {**SERIES, "claim_key": f"{DATASET}/{day}/{what}", "claimed_on": day, "as_of": day}
    revises = {"revises": f"{DATASET}/{before}/{what}"} if before else {}
    return {**claim, "locator": day, **revises, **cells}


def personnel(day: str, before: str = "", **cells: str) -> dict[str, str]:
    return on(day, "personnel", before, **STAFF, **cells)


def prisoners(day: str, before: str = "", **cells: str) -> dict[str, str]:
    return on(day, "prisoners", before, **INVADERS, **cells)


def test_days_when_read_are_losses_of_personnel_and_each_revises_the_one_before() -> None:
    told, passed_over = read(DATASET, LOSSES)

    first, second, third, fourth = "2022-02-25", "2022-02-26", "2022-02-27", "2022-02-28"
    assert told == [
        (1, personnel(first, qualifier="about", best="120")),
        (1, prisoners(first, best="0")),
        (2, personnel(second, first, qualifier="more_than", low="150")),
        (2, prisoners(second, first, best="12")),
        (3, personnel(third, second, qualifier="about", best="155")),
        (4, personnel(fourth, third, qualifier="exactly", best="155")),
    ]
    assert passed_over == {}


def test_days_when_their_qualifier_is_not_known_are_refused(table: Callable[..., Path]) -> None:
    file = table('[{"date": "2022-03-01", "personnel": 9, "personnel*": "nearly"}]', "a.json")

    assert read(DATASET, file)[0] == [
        (
            "row 1, personnel*: The mapping does not know the value “nearly”. Add it to the code "
            "table, with what it means."
        )
    ]


def test_file_when_it_has_grown_adds_its_days_and_corrects_what_it_gives_otherwise(
    editor: User, tmp_path: Path
) -> None:
    grown = tmp_path / LOSSES.name
    grown.write_text(
        LOSSES.read_text()
        .replace('"personnel": 150', '"personnel": 151')
        .replace('"personnel": 155}', '"personnel": 155}, {"date": "2022-03-01", "personnel": 160}')
    )
    put(LOSSES, editor, dataset=DATASET)

    counts = plan(grown, dataset=DATASET).counts["claim"]
    put(grown, editor, dataset=DATASET)

    assert (counts["new"], counts["changed"], counts["same"]) == (1, 1, 5)
    last = Claim.objects.get(key=f"{DATASET}/2022-03-01/personnel")
    assert (last.best, last.revises.key) == (160, f"{DATASET}/2022-02-28/personnel")
    assert Claim.objects.get(key=f"{DATASET}/2022-02-26/personnel").low == 151
