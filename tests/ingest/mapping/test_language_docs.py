"""The worked example of docs/mappings.md, read out of it and run."""

import re
import tomllib
from pathlib import Path

from claims.ingest.mapping import conditions, loading, steps, values
from claims.ingest.mapping.checking import check_mapping
from tests.ingest.mapping.reading import read

DOCS = Path(__file__).parents[3] / "docs" / "mappings.md"
RIVER = {
    "event_identifiers": "river-watch:17",
    "event_kind": "other",
    "country": "KE",
    "claimant": "River Watch",
    "claimant_kind": "ngo",
    "is_compilation": "yes",
    "claimed_on": "2023-06-01",
    "victims": "people",
}
FORD = {
    **RIVER,
    "event_key": "river-watch/17",
    "event": "Lower Ford: attack by Northern Column, 2021-02-03",
    "event_start": "2021-02-03",
    "event_end": "2021-02-03",
    "place": "Lower Ford",
    "parties": "Northern Column",
}
MILL = {
    **RIVER,
    "event_key": "river-watch/18",
    "event_identifiers": "river-watch:18",
    "event": "Old Mill: attack, 2021-02-04",
    "event_start": "2021-02-04",
    "event_end": "2021-02-04",
    "place": "Old Mill",
}
PAPER = {"locator": "named by River Watch as its source"}


def example(folder: Path) -> dict[str, Path]:
    """Write the files of the worked example and return where they are."""
    found = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", DOCS.read_text(), re.DOTALL)
    for name, text in found:
        (folder / name).write_text(text)
    return {name: folder / name for name, _ in found}


def release(number: int) -> dict[str, str]:
    return {
        "document": "River Watch incidents 2023",
        "publisher": "River Watch",
        "published_on": "2023-06-01",
        "locator": f"incident {number}",
    }


def test_worked_example_when_checked_against_its_file_has_no_problems(tmp_path: Path) -> None:
    files = example(tmp_path)

    assert check_mapping(files["river-watch.toml"], files["incidents.csv"]).problems == []


def test_worked_example_when_read_gives_the_claims_that_the_text_promises(tmp_path: Path) -> None:
    files = example(tmp_path)

    told, passed_over = read(
        "river-watch",
        files["incidents.csv"],
        mapping=files["river-watch.toml"].read_text(),
        release="2023",
    )

    ford = {**FORD, "claim_key": "river-watch/17/killed", "measure": "killed"}
    ford |= {"low": "4", "high": "6"}
    mill = {**MILL, "claim_key": "river-watch/18/killed", "measure": "killed"}
    mill |= {"low": "2", "high": "2"}
    injured = {**FORD, "claim_key": "river-watch/17/injured", "measure": "injured", "best": "11"}
    on = {"published_on": "2021-02-03"}
    assert told == [
        (3, ford | release(17)),
        (3, ford | PAPER | on | {"publisher": "Valley Radio"}),
        (3, ford | PAPER | on | {"publisher": "The Courier"}),
        (3, injured | release(17)),
        (4, mill | release(18)),
        (4, mill | PAPER | {"published_on": "2021-02-04", "publisher": "The Courier"}),
    ]
    assert passed_over == {"losses of equipment": 1}


def test_docs_when_a_word_is_in_the_language_explain_it() -> None:
    explained = set(re.findall(r"`([^`\n]+)`", DOCS.read_text()))
    shown = set(tomllib.loads(re.findall(r"```toml\n(.*?)```", DOCS.read_text(), re.DOTALL)[0]))
    words = {word.strip('"[] ') for text in explained for word in re.split(r"[ =,.]", text)}

    language = {
        *loading.TOP,
        *loading.TABLE,
        *values.KEYS,
        *values.TOLD,
        *values.TOLD_TO_CLAIMS,
        *conditions.TESTS,
        *steps.STEPS,
    }
    known = words | shown | {word.strip("{}") for word in words}
    assert sorted(language - known) == []
