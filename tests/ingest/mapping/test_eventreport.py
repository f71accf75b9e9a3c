"""MAVERICK: several reports of one event are several claims by those who reported."""

from collections.abc import Callable
from pathlib import Path

from tests.ingest.mapping.reading import DATASETS, read

MILL = {
    "event_key": "eventreport/KEN-9001",
    "event": "Old Mill, Kenya: election-related violence, 2007-12-30",
    "event_identifiers": "eventreport:KEN-9001",
    "event_kind": "other",
    "event_start": "2007-12-30",
    "event_end": "2007-12-31",
    "country": "KE",
    "place": "Market, Old Mill",
    "latitude": "-0.5",
    "longitude": "37.25",
    "place_precision": "exact",
    "parties": "Police (Kenya)",
}
LATER = {"event_key": "eventreport/KEN-9001"}
"""What a later report says of the event: the first one has described it."""

KILLED = {"measure": "killed", "victims": "people", "victims_wording": "deaths"}
INJURED = {"measure": "injured", "victims": "people", "victims_wording": "injuries"}
RADIO = {
    "claimant": "Valley Radio (North)",
    "claimant_kind": "news_media",
    "is_compilation": "no",
    "claimed_on": "2007-12-31",
    "note": (
        "MAVERICK codes this report: 2007-12-30 to 2007-12-31, Market, Old Mill; actors Police "
        "(Kenya); source type News; source classification 3."
    ),
}
COURIER = {
    "claimant": "The Courier",
    "claimant_kind": "news_media",
    "is_compilation": "no",
    "claimed_on": "2008-01-02",
    "note": (
        "MAVERICK codes this report: 2007-12-31 to 2007-12-31, Old Mill; actors Unknown actor "
        "(Kenya) | Hill youths; source type News; source classification 2."
    ),
}
WATCHERS = {
    "claimant": "Rights Watchers",
    "claimant_kind": "other",
    "is_compilation": "no",
    "note": (
        "MAVERICK codes this report: 2007-12-31 to 2007-12-31; source type Human rights report; "
        "source classification 4."
    ),
}
SHOTS = {
    "document": "Shots at market",
    "publisher": "Valley Radio (North)",
    "author": "A. Writer",
    "published_on": "2007-12-31",
    "locator": "as MAVERICK names it",
}
ONE_DEAD = {
    "document": "One dead, many hurt",
    "publisher": "The Courier",
    "published_on": "2008-01-02",
    "locator": "as MAVERICK names it",
}


def dataset(report: int) -> dict[str, str]:
    return {
        "document": "MAVERICK event reports 1.0",
        "publisher": "Department of Peace and Conflict Research, Uppsala University",
        "publisher_kind": "academic",
        "published_on": "2023-06-01",
        "language": "en",
        "locator": f"KEN-9001, report {report}",
    }


def figure(key: str, low: str, best: str, high: str, **other: str) -> dict[str, str]:
    named = {"claim_key": f"eventreport/KEN-9001/{key}"}
    return {**named, "low": low, "best": best, "high": high, **other}


def test_reports_when_read_are_claims_by_their_sources_about_one_event() -> None:
    told, passed_over = read(
        "eventreport", DATASETS / "eventreport" / "maverick.csv", release="1.0"
    )

    radio = MILL | RADIO | KILLED | figure("101/killed", "5", "5", "7")
    dead = LATER | COURIER | KILLED | figure("102/killed", "1", "1", "1")
    hurt = LATER | COURIER | INJURED | figure("102/injured", "10", "12", "15")
    printed = {"disordered": "yes", "qualifier": "between"}
    watchers = LATER | WATCHERS | KILLED | figure("103/killed", "9", "8", "6", **printed)
    assert told == [
        (2, radio | dataset(101)),
        (2, radio | SHOTS),
        (3, dead | dataset(102)),
        (3, dead | ONE_DEAD),
        (3, hurt | dataset(102)),
        (3, hurt | ONE_DEAD),
        (4, watchers | dataset(103)),
    ]
    assert passed_over == {
        "no figure in the row": 1,
        "a report without a source, which nobody claims": 1,
    }


def test_reports_when_they_have_no_ids_go_by_their_rows(table: Callable[..., Path]) -> None:
    columns = "event_id,date_start,date_end,country,geo_precision,actor1,actor2,actor3,actor4,"
    file = table(
        f"{columns}actor5,actor6,deaths_best,deaths_low,deaths_high,source,certain1\n"
        "K1,2007-12-31,2007-12-31,Kenya,2,Police,,,,,,4,4,4,The Courier,1\n"
        "K1,2008-01-01,2008-01-01,Kenya,3,Army,,,,,,6,6,6,The Courier,0\n"
    )

    told, _ = read("eventreport", file)

    assert [(number, cells["claim_key"], cells["best"]) for number, cells in told] == [
        (2, "eventreport/K1/without-id/2/killed", "4"),
        (3, "eventreport/K1/without-id/3/killed", "6"),
    ]
