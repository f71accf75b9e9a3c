"""Two tables that a researcher might have, with the mappings they would write."""

from pathlib import Path
from typing import Any

import openpyxl

from claims.ingest.mapping.checking import check_mapping

FLOODS = """\
name = "delta-floods"
title = "Delta floods"
licence = "CC BY 4.0"
revises = true

[table]
sheet = "Floods"

[columns]
unused = ["Remarks"]

[missing]
Missing = ["n/a"]

[codes.kinds]
"Civil Defence" = "emergency_service"
"Red Crescent" = "ngo"

[let]
start = { column = "Began", date = "%Y-%m-%d" }

[fields]
event_key = "delta-floods/{Flood ID}"
event = "Flood in {Province}, {@start}"
event_kind = "flood"
event_start = "{@start}"
place = "{Province}"
country = "VN"
claimant = "{Reported by}"
claimant_kind = { column = "Reported by", codes = "kinds" }
is_compilation = false
victims = "people"
claimed_on = "{@start}"

[[documents]]
name = "papers"
lists = ["Papers", "Links"]
publisher = "{Papers}"
url = "{Links}"
locator = "named by the Delta Group"

[[claims]]
what = "killed"
measure = "killed"
wording = "{Dead}"

[[claims]]
what = "missing"
measure = "missing"
best = "{Missing}"
"""
ATTACKS = """\
name = "attacks"
title = "Attacks"
licence = "CC0"

[codes.states]
KE = "KE"

[fields]
event_key = "attacks/{ref}"
event = "Attack at {where.town}, {when}"
event_start = "{when}"
country = { column = "where.state", codes = ["states", "countries"] }
claimant = "{said_by}"
claimed_on = "{when}"

[[documents]]
name = "outlets"
split = "|"
lists = ["outlets"]
publisher = "{outlets}"
published_on = "{when}"

[[claims]]
what = "killed"
measure = "killed"
low = "{toll.dead.min}"
high = "{toll.dead.max}"

[[claims]]
what = "injured"
measure = "injured"
best = "{toll.wounded}"
"""
ATTACKS_JSON = """\
[{"ref": "A-1", "when": "2021-05-01", "where": {"town": "Old Mill", "state": "KE"},
  "toll": {"dead": {"min": 3, "max": 5}, "wounded": 7}, "said_by": "Hospital",
  "outlets": ["Radio", "The Courier"]},
 {"ref": "A-2", "when": "2021-05", "where": {"town": "Ford", "state": "Kenya"},
  "toll": {"dead": {"min": null, "max": 4}}, "said_by": "Police", "outlets": []}]
"""
HEADER = ["Flood ID", "Began", "Province", "Dead", "Missing", "Reported by", "Papers", "Links"]
PAPERS = ("The Courier; Valley Radio", "https://courier.example/1; https://radio.example/2")
ROWS = [
    [1, "2020-07-01", "North Delta", 12, 3, "Civil Defence", *PAPERS, "checked"],
    [2, "2020-07-09", "South", "at least 40", "n/a", "Civil Defence", "The Courier", None, None],
    [3, "2020-08-01", "South", None, 2, "Red Crescent", None, None, None],
]


def write_floods(folder: Path, *rows: list[Any]) -> Path:
    """Write rows as a spreadsheet, on its second sheet."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Floods")
    for row in rows:
        sheet.append(row)
    book.save(folder / "floods.xlsx")
    return folder / "floods.xlsx"


def problems(folder: Path, mapping: str, file: Path | None) -> list[str]:
    """Return what is wrong with a mapping, alone or against a file."""
    path = folder / "ours.toml"
    path.write_text(mapping, encoding="utf-8")
    return check_mapping(path, file).problems
