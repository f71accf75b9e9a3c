"""The Economist: days first, one-sided estimates, one body under several names."""

from tests.ingest.mapping.reading import DATASETS, read

ESTIMATES = {
    "document": "Ukraine war dead and wounded estimates",
    "publisher": "The Economist",
    "publisher_kind": "news_media",
    "url": "https://github.com/TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates",
    "language": "en",
}
GENERAL_STAFF = {
    "claimant": "General Staff of Ukraine",
    "claimant_kind": "military",
    "speaks_for": "Ukraine",
}
BRITISH = {
    "claimant": "Ministry of Defence of the United Kingdom",
    "claimant_kind": "military",
    "speaks_for": "United Kingdom",
}
OFFICIALS = {
    "claimant": "United States officials",
    "claimant_kind": "government",
    "speaks_for": "United States",
}
RIVER = {"claimant": "River Institute", "claimant_kind": "other"}
NAMES = {"claimant": "UAlosses", "claimant_kind": "other"}
KOBAK = {"claimant": "Dmitry Kobak", "claimant_kind": "academic"}


def cited(
    number: int, day: str, who: str, of: str, source: str, link: str, **cells: str
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a claim: in The Economist's file, and on the page it names."""
    country, kind = of.split("/")
    claim = {
        "event_key": "russo-ukrainian-war-2022",
        "event": "Russian invasion of Ukraine",
        "event_kind": "war",
        "event_start": "2022-02-24",
        "country": "UA",
        "parties": "Russia | Ukraine",
        "is_compilation": "no",
        "claim_key": f"economist-war-dead/{day}/{who}/{of}",
        "measure": {"deaths": "killed", "casualties": "losses_unspecified"}[kind],
        "victims": "combatants",
        "victims_wording": f"soldiers: {kind}",
        "victims_party": country.title(),
        "count_basis": "all_reported",
        "claimed_on": day,
        "as_of": day,
        "note": f"The Economist names its source “{source}”, {link}.",
        **cells,
    }
    locator = f"{day}, {source}, {country}, {kind}"
    if not link.startswith("http"):
        return [(number, claim | ESTIMATES | {"locator": locator})]
    page = link.partition(" ")[0]
    return [
        (number, claim | ESTIMATES | {"locator": locator, "via": page}),
        (number, claim | {"url": page, "locator": "named by The Economist as its source"}),
    ]


def test_estimates_when_read_keep_their_bounds_and_one_body_is_one_claimant() -> None:
    told, passed_over = read(
        "economist-war-dead", DATASETS / "economist-war-dead" / "estimates.csv"
    )

    toll, heavy = "https://news.example/toll", "https://news.example/heavy"
    ministry = "ministry-of-defence-of-the-united-kingdom"
    officials = "US officials (via The Courier)"
    names = "https://list.example/names (dead for low, dead and missing for high)"
    left_out = ", and leaves the figure out of its chart as one of a warring party."
    assert told == [
        *cited(
            2,
            "2024-01-16",
            "general-staff-of-ukraine",
            "russia/casualties",
            "Armed Forces of Ukraine",
            toll,
            best="1200",
            note=f"The Economist names its source “Armed Forces of Ukraine”, {toll}{left_out}",
            **GENERAL_STAFF,
        ),
        *cited(
            3,
            "2022-06-29",
            ministry,
            "russia/deaths",
            "UK Ministry of Defence",
            heavy,
            high="2500",
            **BRITISH,
        ),
        *cited(
            4,
            "2022-07-01",
            ministry,
            "russia/casualties",
            "UK MoD",
            "https://news.example/thread",
            best="3100",
            **BRITISH,
        ),
        *cited(
            5,
            "2022-07-24",
            "united-states-officials",
            "ukraine/deaths",
            officials,
            heavy,
            low="1500",
            **OFFICIALS,
        ),
        *cited(
            6,
            "2023-11-30",
            "river-institute",
            "russia/deaths",
            "River Institute",
            "(by email)",
            low="2900",
            best="3200",
            high="3500",
            **RIVER,
        ),
        *cited(
            7,
            "2023-11-30",
            "ualosses",
            "ukraine/deaths",
            "UAlosses",
            names,
            low="900",
            high="800",
            qualifier="between",
            disordered="yes",
            **NAMES | {"count_basis": "identified_by_name"},
        ),
        *cited(
            8,
            "2024-01-01",
            "dmitry-kobak",
            "russia/deaths",
            "Excess deaths estimate (D. Kobak)",
            "https://papers.example/1",
            best="640",
            **KOBAK | {"count_basis": "modelled"},
        ),
    ]
    assert passed_over == {}
