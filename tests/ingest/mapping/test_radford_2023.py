"""Radford et al. 2023: days by number, floors and ceilings, repeats, equipment."""

from tests.ingest.mapping.reading import DATASETS, read

FOLDER = DATASETS / "radford-2023"
WAR = {
    "event_key": "russo-ukrainian-war-2022",
    "event": "Russian invasion of Ukraine",
    "event_kind": "war",
    "event_start": "2022-02-24",
    "country": "UA",
    "parties": "Russia | Ukraine",
}
DATA = {
    "document": "Replication data of “Estimating conflict losses and reporting biases”",
    "publisher": "Proceedings of the National Academy of Sciences",
    "publisher_kind": "academic",
    "author": (
        "Benjamin J. Radford, Yaoyao Dai, Niklas Stoehr, Aaron Schein, Mya Fernandez, Hanif Sajid"
    ),
    "url": "https://github.com/benradford/estimating-conflict-losses",
    "published_on": "2023-08-14",
    "language": "en",
}
UKRAINIAN = {
    "claimant": "Ukrainian sources",
    "claimant_kind": "party_official",
    "speaks_for": "Ukraine",
    "is_compilation": "no",
}
RUSSIAN = UKRAINIAN | {"claimant": "Russian sources", "speaks_for": "Russia"}
AMERICAN = {
    "claimant": "United States sources",
    "claimant_kind": "government",
    "speaks_for": "United States",
    "is_compilation": "no",
}
OTHERS = {
    "claimant": "Other sources of Radford et al. 2023",
    "claimant_kind": "other",
    "is_compilation": "yes",
}


def claim(key: str, category: str, party: str, **cells: str) -> dict[str, str]:
    named = {"claim_key": f"radford-2023/{key}", "victims_wording": category}
    return {**WAR, **DATA, **named, "victims_party": party, **cells}


def test_reports_when_read_keep_day_side_and_bound_and_pass_over_equipment() -> None:
    told, passed_over = read("radford-2023", FOLDER / "replication-data.csv")

    day_1, day_30, day_365 = "2022-02-24", "2022-03-25", "2023-02-23"
    assert told == [
        (
            2,
            claim(
                "ua-source/ukraine/civilian-deaths/day-1/exactly-17",
                "Civilian Deaths",
                "Ukraine",
                **UKRAINIAN,
                measure="killed",
                victims="civilians",
                qualifier="exactly",
                best="17",
                claimed_on=day_1,
                period_start=day_1,
                period_end=day_1,
                locator="day 1, UA Source, Ukraine, Civilian Deaths, Day",
            ),
        ),
        (
            5,
            claim(
                "us-source/russia/military-casualties/cumulative-30/at_least-100000",
                "Military Casualties",
                "Russia",
                **AMERICAN,
                measure="losses_unspecified",
                victims="combatants",
                qualifier="at_least",
                low="100000",
                claimed_on=day_30,
                as_of=day_30,
                locator="day 30, US Source, Russia, Military Casualties, Cumulative",
            ),
        ),
        (
            6,
            claim(
                "ru-source/ukraine/military-deaths/cumulative-30/at_most-640",
                "Military Deaths",
                "Ukraine",
                **RUSSIAN,
                measure="killed",
                victims="combatants",
                qualifier="at_most",
                high="640",
                claimed_on=day_30,
                as_of=day_30,
                locator="day 30, RU Source, Ukraine, Military Deaths, Cumulative",
            ),
        ),
        (
            8,
            claim(
                "other/russia/military-injuries/day-365/exactly-512",
                "Military Injuries",
                "Russia",
                **OTHERS,
                measure="injured",
                victims="combatants",
                qualifier="exactly",
                best="512",
                claimed_on=day_365,
                period_start=day_365,
                period_end=day_365,
                locator="day 365, Other, Russia, Military Injuries, Day",
            ),
        ),
    ]
    assert passed_over == {
        "losses of equipment": 2,
        "an exact repeat of an earlier row, counted once": 1,
    }


def test_reports_when_not_understood_are_refused_with_what_was_found() -> None:
    told, _ = read("radford-2023", FOLDER / "not-understood.csv")

    unknown = "Add it to the code table, with what it means."
    assert told == [
        (
            "row 2, minimum: The mapping does not know the value “minimum 1, maximum 1”. Did you "
            f"mean “minimum 1, maximum 0”? {unknown}"
        ),
        (
            "row 3, claim_source: The mapping does not know the value “UA Source-Russia as RU "
            f"Source-Russia”. Did you mean “UA Source-Russia as UA Source-Russia”? {unknown}"
        ),
        (
            "row 4, claim_source: The mapping does not know the value “Moon Source”. Did you mean "
            f"“US Source”? {unknown}"
        ),
    ]
