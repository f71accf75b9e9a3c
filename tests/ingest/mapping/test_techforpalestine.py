"""Tech for Palestine: what was reported is a claim, what was interpolated or added up is none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ingest.mapping.reading import DATASETS, read

GAZA = {
    "event_key": "gaza-war-2023",
    "event": "Gaza war",
    "event_kind": "war",
    "event_start": "2023-10-07",
    "country": "PS",
    "place": "Gaza Strip",
    "place_precision": "region",
    "parties": "Israel | Hamas",
    "document": "casualties_daily.json",
    "url": "https://data.techforpalestine.org/api/v2/casualties_daily.json",
}
MINISTRY = {
    "claimant": "Gaza Ministry of Health",
    "claimant_kind": "health_authority",
    "speaks_for": "Hamas",
}
MEDIA_OFFICE = {
    "claimant": "Gaza Government Media Office",
    "claimant_kind": "government",
    "speaks_for": "Hamas",
}
WEST_BANK = {
    "event_key": "techforpalestine-west-bank/west-bank",
    "event": "Violence in the West Bank since 7 October 2023",
    "event_kind": "other",
    "event_start": "2023-10-07",
    "country": "PS",
    "place": "West Bank",
    "place_precision": "region",
    "claimant": "UN OCHA",
    "claimant_kind": "intergovernmental",
    "document": "west_bank_daily.json",
    "url": "https://data.techforpalestine.org/api/v2/west_bank_daily.json",
}
LEBANON = {
    "event_kind": "war",
    "country": "LB",
    "place": "Lebanon",
    "place_precision": "country",
    "claimant": "Ministry of Public Health of Lebanon",
    "claimant_kind": "health_authority",
    "speaks_for": "Lebanon",
    "document": "lebanon_casualties_daily.json",
}
OF = {
    "killed": {"measure": "killed", "victims": "people"},
    "injured": {"measure": "injured", "victims": "people"},
    "children-killed": {"measure": "killed", "victims": "children"},
    "children-injured": {"measure": "injured", "victims": "children"},
    "women-killed": {"measure": "killed", "victims": "women"},
    "medical-workers-killed": {"measure": "killed", "victims": "medical_workers"},
    "journalists-killed": {"measure": "killed", "victims": "journalists"},
    "bodies-recovered": {"measure": "bodies_recovered", "victims": "people"},
    "died-of-wounds": {"measure": "died_of_wounds", "victims": "people"},
}
VERIFIED = {"count_basis": "verified"}


def claim(key: str, day: str, **cells: str) -> dict[str, str]:
    shared = {"publisher": "TechForPalestine", "publisher_kind": "ngo", "language": "en"}
    shared |= {"is_compilation": "no"}
    return {**shared, "claim_key": key, "claimed_on": day, **cells}


def total(key: str, day: str, before: str = "", **cells: str) -> dict[str, str]:
    """Return a running total, which revises the one of an earlier day."""
    revises = {"revises": key.replace(day, before)} if before else {}
    return claim(key, day, as_of=day, **revises, **cells)


def within(key: str, day: str, since: str, **cells: str) -> dict[str, str]:
    """Return a number for a period."""
    return claim(key, day, period_start=since, period_end=day, **cells)


def test_gaza_when_read_takes_reports_and_leaves_what_the_project_filled_in() -> None:
    told, passed_over = read(
        "techforpalestine-daily", DATASETS / "techforpalestine-daily" / "casualties_daily.json"
    )

    first, third, fourth, fifth = "2023-10-07", "2023-10-09", "2023-10-10", "2023-10-11"

    def cells(day: str, source: str, what: str, best: str, **who: str) -> dict[str, Any]:
        return {**GAZA, **OF[what], "best": best, "locator": f"{day}, {source}", **who}

    def gaza(number: int, day: str, source: str, what: str, best: str, *before: str) -> Any:
        of_office = source == "gmotel" or what in ("children-killed", "women-killed")
        who = MEDIA_OFFICE if of_office else MINISTRY
        key = f"techforpalestine-daily/{day}/{what}"
        return number, total(key, day, *before, **cells(day, source, what, best, **who))

    def period(number: int, day: str, since: str, source: str, what: str, best: str) -> Any:
        who = MEDIA_OFFICE if source == "gmotel" else MINISTRY
        key = f"techforpalestine-daily/{day}/{what}-in-period"
        return number, within(key, day, since, **cells(day, source, what, best, **who))

    assert told == [
        gaza(1, first, "mohtel", "killed", "23"),
        gaza(1, first, "mohtel", "injured", "61"),
        gaza(1, first, "mohtel", "medical-workers-killed", "2"),
        gaza(1, first, "mohtel", "journalists-killed", "1"),
        gaza(1, first, "mohtel", "children-killed", "7"),
        period(1, first, first, "mohtel", "killed", "23"),
        gaza(3, third, "gmotel", "killed", "38"),
        gaza(3, third, "gmotel", "children-killed", "9", first),
        gaza(3, third, "gmotel", "women-killed", "6"),
        period(3, third, "2023-10-08", "gmotel", "killed", "15"),
        gaza(4, fourth, "mohtel", "injured", "70", first),
        gaza(5, fifth, "mohtel", "killed", "51", first),
        period(5, fifth, fifth, "mohtel", "bodies-recovered", "5"),
        period(5, fifth, fifth, "mohtel", "died-of-wounds", "1"),
    ]
    assert passed_over == {
        "no official report for that day": 1,
        "a total interpolated by the project (ext_), reported by nobody": 1,
        "a daily number in a report that covers no period": 1,
        "civil defence workers, for whom the tracker has no code": 1,
    }


def test_gaza_when_source_or_hours_are_not_known_is_refused(table: Callable[..., Path]) -> None:
    day = '"report_date": "2023-10-12", "killed_cum": 5'
    file = table(
        f'[{{{day}, "report_source": "radio", "report_period": 24}},'
        f' {{{day}, "report_source": "mohtel", "report_period": 30}}]',
        "a.json",
    )

    unknown = "Add it to the code table, with what it means."
    assert read("techforpalestine-daily", file)[0] == [
        f"row 1, report_source: The mapping does not know the value “radio”. {unknown}",
        (
            "row 2, report_period: The mapping does not know the value “30”. Did you mean “0”? "
            f"{unknown}"
        ),
    ]


def test_west_bank_when_read_tells_flash_updates_from_the_verified_count() -> None:
    told, passed_over = read(
        "techforpalestine-west-bank", DATASETS / "techforpalestine-west-bank/west_bank_daily.json"
    )

    first, third = "2023-10-07", "2023-10-09"

    def bank(number: int, day: str, what: str, best: str, *before: str) -> Any:
        basis, _, plain = what.partition("-")
        cells = WEST_BANK | OF[plain] | (VERIFIED if basis == "verified" else {})
        key = f"techforpalestine-west-bank/{day}/{what}"
        return number, total(key, day, *before, best=best, locator=day, **cells)

    def on_the_day(number: int, day: str, what: str, best: str) -> Any:
        key = f"techforpalestine-west-bank/{day}/verified-{what}-on-the-day"
        cells = WEST_BANK | OF[what] | VERIFIED
        return number, within(key, day, day, best=best, locator=day, **cells)

    assert told == [
        bank(1, first, "flash-killed", "1"),
        bank(1, first, "flash-children-killed", "0"),
        bank(1, first, "flash-injured", "5"),
        bank(1, first, "flash-children-injured", "1"),
        bank(1, first, "verified-killed", "2"),
        bank(1, first, "verified-children-killed", "1"),
        bank(1, first, "verified-injured", "11"),
        bank(1, first, "verified-children-injured", "3"),
        on_the_day(1, first, "killed", "2"),
        on_the_day(1, first, "children-killed", "1"),
        on_the_day(1, first, "injured", "11"),
        on_the_day(1, first, "children-injured", "3"),
        bank(3, third, "flash-killed", "6", first),
        bank(3, third, "verified-killed", "5", first),
        on_the_day(3, third, "killed", "3"),
    ]
    assert passed_over == {
        "a flash total filled in by the project, reported by nobody": 1,
        "no figure in the row": 1,
    }


def test_lebanon_when_the_count_begins_anew_is_another_event_with_the_ministrys_own_totals() -> (
    None
):
    told, passed_over = read(
        "techforpalestine-lebanon",
        DATASETS / "techforpalestine-lebanon" / "lebanon_casualties_daily.json",
    )

    first, second, third = "2024-11-30", "2024-12-04", "2026-03-02"
    relays = {first: "ocha", second: "moph_lb", third: "moph_lb"}
    notes = {"ocha": "relayed by UN OCHA", "moph_lb": "published by the ministry"}

    def cells(phase: str, day: str, what: str, best: str) -> dict[str, Any]:
        began = {"1": "2023-10-08", "2": "2026-03-02"}[phase]
        named = {
            "event_key": f"techforpalestine-lebanon/phase-{phase}",
            "event": (
                f"Hostilities in Lebanon, phase {phase} of the count of its Ministry of Public "
                "Health"
            ),
            "event_start": began,
        }
        relay = {"locator": f"{day}, {relays[day]}", "note": notes[relays[day]]}
        return {**LEBANON, **named, **OF[what], **relay, "best": best}

    def lebanon(number: int, phase: str, day: str, what: str, best: str, *before: str) -> Any:
        key = f"techforpalestine-lebanon/{phase}/{day}/{what}"
        return number, total(key, day, *before, **cells(phase, day, what, best))

    def period(number: int, phase: str, day: str, since: str, what: str, best: str) -> Any:
        key = f"techforpalestine-lebanon/{phase}/{day}/{what}-in-period"
        return number, within(key, day, since, **cells(phase, day, what, best))

    assert told == [
        lebanon(1, "1", first, "killed", "90"),
        lebanon(1, "1", first, "injured", "200"),
        period(1, "1", first, "2024-11-28", "killed", "6"),
        lebanon(2, "1", second, "killed", "97", first),
        lebanon(2, "1", second, "injured", "220", first),
        lebanon(3, "2", third, "killed", "3"),
        lebanon(3, "2", third, "injured", "8"),
        period(3, "2", third, third, "killed", "3"),
        period(3, "2", third, third, "injured", "8"),
    ]
    assert passed_over == {"a number for a period of no known length": 1}


def test_gaza_when_it_comes_as_csv_or_under_another_name_says_the_same(
    table: Callable[..., Path],
) -> None:
    columns = "report_date,report_source,report_period,killed_cum,ext_killed_cum"
    as_csv = table(f"{columns}\n2023-10-07,mohtel,24,23,23\n")
    as_json = table(
        '[{"report_date": "2023-10-07", "report_source": "mohtel", "report_period": 24,'
        ' "killed_cum": 23, "ext_killed_cum": 23}]',
        "upload-1",
    )

    (_, of_csv), (_, of_json) = (read("techforpalestine-daily", f)[0][0] for f in (as_csv, as_json))

    assert of_csv == of_json
    assert (of_csv["claim_key"], of_csv["best"]) == (
        "techforpalestine-daily/2023-10-07/killed",
        "23",
    )
