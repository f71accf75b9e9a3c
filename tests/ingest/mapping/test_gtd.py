"""GTD: fractions, days and months that are not known, -99, ids that stay text."""

from pathlib import Path

import openpyxl

from tests.ingest.mapping.reading import DATASETS, read

GTD = {
    "event_kind": "terrorism",
    "claimant": "Global Terrorism Database",
    "claimant_kind": "dataset",
    "is_compilation": "yes",
    "claimed_on": "2023-06-01",
}
RELEASE = {
    "document": "Global Terrorism Database 2021",
    "publisher": "START (University of Maryland)",
    "publisher_kind": "academic",
    "published_on": "2023-06-01",
    "language": "en",
}
NAMED = {"locator": "named by GTD as its source"}
MARKET = {
    **GTD,
    "event_key": "gtd/201503010004",
    "event": "Old Mill, Kenya: attack by Northern Column, 2015-03-01",
    "event_identifiers": "gtd:201503010004",
    "event_start": "2015-03-01",
    "event_end": "2015-03-01",
    "country": "KE",
    "place": "Old Mill, Rift Valley",
    "latitude": "0.514277",
    "longitude": "35.26978",
    "place_precision": "settlement",
    "parties": "Northern Column | Hill Front",
}
KILLED = {
    "measure": "killed",
    "victims": "people",
    "victims_wording": "fatalities, attackers included",
}
INJURED = {
    "measure": "injured",
    "victims": "people",
    "victims_wording": "injured, attackers included",
}
ATTACKERS = {
    "measure": "killed",
    "victims": "combatants",
    "victims_party": "Northern Column",
    "victims_wording": "perpetrators",
    "best": "2",
}
COURIER = {**NAMED, "document": '"Blast at market," The Courier, March 2, 2015.'}
RADIO = {**NAMED, "document": '"Radio Valley bulletin," March 2, 2015.'}
SHARED = "is a fraction: a total shared out among several attacks, which counts no people"


def test_extract_when_read_keeps_what_counts_people_and_passes_over_what_does_not() -> None:
    told, passed_over = read("gtd", DATASETS / "gtd" / "extract.csv", release="2021")

    killed = {**MARKET, **KILLED, "claim_key": "gtd/201503010004/killed", "best": "12"}
    injured = {**MARKET, **INJURED, "claim_key": "gtd/201503010004/injured", "best": "30"}
    attackers = {**MARKET, **ATTACKERS, "claim_key": "gtd/201503010004/killed-attackers"}
    of_market = {**RELEASE, "locator": "eventid 201503010004"}
    desert = {
        **GTD,
        **KILLED,
        "event_key": "gtd/201500000001",
        "claim_key": "gtd/201500000001/killed",
        "event": "Desert, Western Sahara: attack by Northern Column, 2015",
        "event_identifiers": "gtd:201500000001",
        "event_start": "2015",
        "event_end": "2015",
        "country": "EH",
        "place": "Desert",
        "place_precision": "region",
        "parties": "Northern Column",
        "best": "0",
    }
    assert told == [
        (2, killed | of_market),
        (2, killed | COURIER),
        (2, killed | RADIO),
        (2, injured | of_market),
        (2, injured | COURIER),
        (2, injured | RADIO),
        (2, attackers | of_market),
        (4, desert | RELEASE | {"locator": "eventid 201500000001"}),
    ]
    assert passed_over == {f"nkill {SHARED}": 1, "no figure in the row": 1}


def test_extract_when_it_has_no_ids_and_no_names_goes_by_its_rows() -> None:
    told, passed_over = read("gtd", DATASETS / "gtd" / "without-id.csv", release="2021")

    attack = {
        **GTD,
        "event_key": "gtd/without-id/2021/2",
        "event": "Attack by Northern Column, 2015-03-01",
        "event_start": "2015-03-01",
        "event_end": "2015-03-01",
        "latitude": "0.514277",
        "longitude": "35.26978",
        "parties": "Northern Column",
    }
    assert told == [
        (
            2,
            {**attack, **KILLED, "claim_key": "gtd/without-id/2021/2/killed", "best": "12"}
            | RELEASE,
        ),
        (
            2,
            {**attack, **ATTACKERS, "claim_key": "gtd/without-id/2021/2/killed-attackers"}
            | RELEASE,
        ),
    ]
    assert passed_over == {f"nwound {SHARED}": 1}


COLUMNS = (
    "eventid iyear imonth iday approxdate extended resolution country country_txt region "
    "region_txt provstate city latitude longitude specificity vicinity location summary crit1 "
    "crit2 crit3 doubtterr alternative alternative_txt multiple success suicide {attacks} "
    "{targets} gname gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 "
    "guncertain2 guncertain3 individual nperps nperpcap claimed claimmode claimmode_txt "
    "claim2 claimmode2 claimmode2_txt claim3 claimmode3 claimmode3_txt compclaim {weapons} "
    "weapdetail nkill nkillus nkillter nwound nwoundus nwoundte property propextent "
    "propextent_txt propvalue propcomment ishostkid nhostkid nhostkidus nhours ndays divert "
    "kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus ransomnote "
    "hostkidoutcome hostkidoutcome_txt nreleased addnotes scite1 scite2 scite3 dbsource "
    "INT_LOG INT_IDEO INT_MISC INT_ANY related"
).format(
    attacks=" ".join(f"attacktype{n} attacktype{n}_txt" for n in (1, 2, 3)),
    targets=" ".join(
        f"targtype{n} targtype{n}_txt targsubtype{n} targsubtype{n}_txt corp{n} target{n} "
        f"natlty{n} natlty{n}_txt"
        for n in (1, 2, 3)
    ),
    weapons=" ".join(
        f"weaptype{n} weaptype{n}_txt weapsubtype{n} weapsubtype{n}_txt" for n in (1, 2, 3, 4)
    ),
)


def test_spreadsheet_when_it_has_all_columns_keeps_its_ids_whole(tmp_path: Path) -> None:
    columns = COLUMNS.split()
    cells = {
        "eventid": 201503010004,
        "iyear": 2015,
        "imonth": 3,
        "iday": 0,
        "country": 104,
        "country_txt": "Kenya",
        "city": "Old Mill",
        "gname": "Northern Column",
        "nkill": 12,
        "nkillter": 2.0,
        "nwound": 6.33,
        "summary": "3/1/2015: a blast\nat the market.",
    }
    book = openpyxl.Workbook()
    for row in (columns, [cells.get(name) for name in columns]):
        book.active.append(row)
    book.save(tmp_path / "globalterrorismdb.xlsx")

    told, passed_over = read("gtd", tmp_path / "globalterrorismdb.xlsx", release="2021")

    assert len(columns) == 135
    assert [(row["claim_key"], row["best"], row["event_start"]) for _, row in told] == [
        ("gtd/201503010004/killed", "12", "2015-03"),
        ("gtd/201503010004/killed-attackers", "2", "2015-03"),
    ]
    assert passed_over == {f"nwound {SHARED}": 1}
