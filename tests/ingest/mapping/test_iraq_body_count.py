"""Iraq Body Count: a header below other lines, ends out of order, parts, lists of sources."""

from tests.ingest.mapping.reading import DATASETS, read

IBC = {
    "event_kind": "other",
    "country": "IQ",
    "claimant": "Iraq Body Count",
    "claimant_kind": "ngo",
    "is_compilation": "yes",
    "claimed_on": "2023-06-01",
    "measure": "killed",
    "victims": "civilians",
    "victims_wording": "civilians",
}


def claim(
    key: str, code: str, event: str, place: str, low: str, high: str, **other: str
) -> dict[str, str]:
    return {
        **IBC,
        "event_key": f"iraq-body-count/{key}",
        "claim_key": f"iraq-body-count/{key}/killed",
        "event": event,
        "event_identifiers": f"iraq-body-count:{code}",
        "place": place,
        "low": low,
        "high": high,
        **other,
    }


def release(code: str) -> dict[str, str]:
    return {
        "document": "Iraq Body Count incidents 2021",
        "publisher": "Iraq Body Count",
        "published_on": "2023-06-01",
        "language": "en",
        "locator": code,
    }


def source(publisher: str, **day: str) -> dict[str, str]:
    return {"publisher": publisher, "locator": "named by Iraq Body Count as its source", **day}


def test_incidents_when_read_keep_ends_parts_and_sources_as_they_are_printed() -> None:
    told, passed_over = read(
        "iraq-body-count", DATASETS / "iraq-body-count" / "incidents.csv", release="2021"
    )

    december = {"event_start": "2003-12-28", "event_end": "2003-12-28"}
    january = {"event_start": "2004-01-04", "event_end": "2004-01-04"}
    mill = claim(
        "k101",
        "k101",
        "Old Mill, Diyala: market, car bomb, 2003-12-28",
        "Old Mill, Diyala",
        "5",
        "7",
        **december,
    )
    guards = claim(
        "k101a",
        "k101a",
        "Old Mill, Diyala: guards at the market, gunfire, 2003-12-28",
        "Old Mill, Diyala",
        "2",
        "1",
        qualifier="between",
        disordered="yes",
        parent="iraq-body-count/k101",
        **december,
    )
    ford = claim(
        "k102",
        "k102",
        "Lower Ford, 2004-01-03",
        "Lower Ford",
        "1",
        "1",
        event_end="2004-01-03",
    )
    north = claim(
        "k103/north-gate", "k103", "North Gate, gunfire, 2004-01-04", "North Gate", "1", "1"
    )
    south = claim(
        "k103/south-gate", "k103", "South Gate, gunfire, 2004-01-04", "South Gate", "3", "3"
    )
    assert told == [
        (13, mill | release("k101")),
        (13, mill | source("AP", published_on="2003-12-28")),
        (13, mill | source("REU", published_on="2004-01-02~")),
        (14, guards | release("k101a")),
        (14, guards | source("hospital records")),
        (15, ford | release("k102")),
        (15, ford | source("AFP", published_on="2004-01-04")),
        (16, north | january | release("k103")),
        (16, north | january | source("AP", published_on="2004-01-05~")),
        (17, south | january | release("k103")),
        (17, south | january | source("AP", published_on="2004-01-05")),
    ]
    assert passed_over == {}
