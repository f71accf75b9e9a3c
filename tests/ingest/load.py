"""A large file of the interchange format, always the same for the same numbers."""

import csv
from pathlib import Path
from random import Random

HEADER = (
    "claim_key,event_key,event,event_kind,event_start,country,place,latitude,longitude,"
    "place_precision,parties,claimant,claimant_kind,measure,victims,victims_party,wording,"
    "qualifier,low,best,high,count_basis,claimed_on,revises,document,publisher,url,published_on,"
    "language,quote"
).split(",")


def write_load(path: Path, *, claims: int, per_event: int = 5, seed: int = 1) -> None:
    """Write so many claims, grouped by event, with relays and revisions among them."""
    random = Random(seed)  # noqa: S311
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(claims):
            writer.writerow(_row(random, number, number // per_event, number % per_event))


def _row(random: Random, number: int, event: int, place: int) -> list[object]:
    day = f"{2000 + event % 24}-{1 + event % 12:02}-{1 + event % 28:02}"
    best = random.randrange(1, 900)
    source = random.randrange(300)
    revises = f"load/{event}/{place - 1}" if place == 4 else ""
    if revises or place == 3:
        source = (event * 7 + 3) % 300
    return [
        f"load/{event}/{place}", f"load/{event}", f"Strike on quarter {event} of the old town",
        "strike", day, "UA", f"Quarter {event}", f"{48 + event % 100 / 100:.2f}", "37.5",
        "settlement", "Ruritania | Graustark", f"Source {source}", "news_media", "killed",
        "people", "Graustark", f"about {best}" if place % 2 else "", "about" if place % 2 else "",
        "", best, "", "all_reported", day, revises, f"Report {number} on the strike",
        f"Paper {source % 50}", f"https://paper{source % 50}.example/reports/{number}", day, "en",
        f"about {best} people were killed" if place % 2 else "",
    ]  # fmt: skip
