"""One good row of the interchange CSV, to be varied."""

ROW = {
    "claim_key": "bridge/army",
    "event_key": "bridge",
    "event": "Strike on the bridge",
    "event_aliases": "Brücke | Міст",
    "event_kind": "strike",
    "event_start": "2023-01-01",
    "event_end": "2023-01-01",
    "country": "UA | RU",
    "place": "Bridge town",
    "latitude": "48.0478",
    "longitude": "37.9258",
    "place_precision": "settlement",
    "parties": "Ruritania | Graustark",
    "claimant": "Army of Ruritania",
    "claimant_kind": "military",
    "speaks_for": "Ruritania",
    "is_compilation": "no",
    "measure": "killed",
    "victims": "combatants",
    "victims_wording": "soldiers",
    "victims_party": "Graustark",
    "wording": "about 400",
    "qualifier": "about",
    "best": "400",
    "claimed_on": "2023-01-02",
    "document": "Army: about 400 killed",
    "publisher": "The Daily",
    "url": "https://daily.example/400",
    "published_on": "2023-01",
    "language": "en",
    "quote": "about 400 were killed",
    "note": "Seen in print",
}


def row(**changes: str) -> dict[str, str]:
    """Return the good row with some cells changed."""
    return {**ROW, **changes}


def war_row(event: int, best: int, **changes: str) -> dict[str, str]:
    """Return a row of a dataset that comes in releases: how many a battle killed."""
    return row(
        claim_key=f"war/{event}/killed",
        event_key=f"war/{event}",
        event=f"Battle {event}",
        wording="",
        qualifier="exactly",
        best=str(best),
        quote="",
        note="",
        **changes,
    )
