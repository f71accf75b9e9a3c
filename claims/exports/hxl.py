"""HXL 1.1 hashtags for the columns of the tables (hxlstandard.org, core schema of 2017).

A figure counts what the row's own measure says, so its tag is ``#affected`` without ``+killed``:
the columns ``measure`` and ``victims`` say the rest. Tools take every ``#affected`` for a number
and every ``#item`` for relief goods: words about figures and ids of records have other hashtags.
"""

from __future__ import annotations

from claims.exports.tables import Table

_EVENT_PLACE = {
    "country": "#country+code+v_iso2",
    "countries": "#country+code+v_iso2",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "parties": "#org+parties+list",
}
_EVENT = {
    "event_key": "#event+id",
    "event_id": "#event+id",
    "event": "#event+name",
    "event_title": "#event+name",
    "event_url": "#event+url",
    "event_aliases": "#event+name+alt+list",
    "event_identifiers": "#event+id+external+list",
    "event_kind": "#event+type",
    "event_start": "#date+event+start",
    "event_end": "#date+event+end",
    "date_start": "#date+event+start",
    "date_end": "#date+event+end",
    "parent": "#event+id+parent",
    "checked_on": "#date+reviewed",
}
_CLAIM = {
    "claim_key": "#meta+id+claim",
    "claim_id": "#meta+id+claim",
    "claimant": "#meta+source+name",
    "claimant_id": "#meta+source+id",
    "claimant_kind": "#meta+source+type",
    "speaks_for": "#org+source+party",
    "stance": "#meta+source+stance",
    "is_compilation": "#meta+source+compilation",
    "measure": "#indicator+code+measure",
    "victims": "#group+code",
    "victims_wording": "#group+name",
    "victims_party": "#org+victims",
    "wording": "#description+figure",
    "qualifier": "#meta+qualifier",
    "low": "#affected+num+min",
    "best": "#affected+num",
    "high": "#affected+num+max",
    "disordered": "#status+disordered",
    "interval": "#description+interval",
    "bounds_low": "#affected+bounds+min",
    "bounds_high": "#affected+bounds+max",
    "votes": "#status+votes",
    "count_basis": "#meta+method",
    "claimed_on": "#date+reported",
    "as_of": "#date+asof",
    "period_start": "#date+start",
    "period_end": "#date+end",
    "area": "#loc+area+name",
    "revises": "#meta+id+revises",
    "revised_by": "#meta+id+revised_by",
    "credibility": "#status+credibility",
}
_DOCUMENT = {
    "document": "#meta+document+title",
    "publisher": "#meta+publisher+name",
    "publisher_kind": "#meta+publisher+type",
    "publisher_id": "#meta+publisher+id",
    "author": "#meta+author",
    "url": "#meta+url",
    "archived_url": "#meta+url+archived",
    "published_on": "#date+published",
    "language": "#meta+lang",
    "quote": "#description+quote",
    "locator": "#meta+locator",
    "via": "#meta+document+via",
}
_NUMBERS = {
    "comparison_id": "#indicator+id",
    "verdict": "#status+verdict",
    "claim_count": "#indicator+claims+num",
    "claimant_count": "#indicator+claimants+num",
    "citation_count": "#indicator+citations+num",
    "lowest": "#affected+num+min",
    "highest": "#affected+num+max",
    "spread_ratio": "#indicator+spread+ratio",
    "gap_low": "#indicator+gap+min",
    "gap_high": "#indicator+gap+max",
    "gap_absolute": "#indicator+gap+num",
    "gap_ratio": "#indicator+gap+ratio",
    "latest_claimed_on": "#date+reported+latest",
}
_RECORD = {
    "id": "#meta+id",
    "title": "#meta+name",
    "name": "#meta+name",
    "page": "#meta+url+page",
    "aliases": "#meta+name+alt+list",
    "identifiers": "#meta+id+external+list",
    "kind": "#meta+type",
    "at": "#date+changed",
    "record_kind": "#meta+type+record",
    "record_id": "#meta+id+record",
    "target_id": "#meta+id+target",
    "reason": "#description+reason",
    "vocabulary": "#meta+vocabulary",
    "code": "#meta+code",
    "label": "#meta+name+label",
    "definition": "#description+definition",
}
TAGS = {**_EVENT_PLACE, **_EVENT, **_CLAIM, **_DOCUMENT, **_NUMBERS, **_RECORD}
_OF_EVENTS = {
    "claim_count": "#event+claims+num",
    "id": "#event+id",
    "title": "#event+name",
    "url": "#event+url",
    "aliases": "#event+name+alt+list",
    "identifiers": "#event+id+external+list",
    "kind": "#event+type",
}


def hashtags(table: Table) -> list[str]:
    """Return the hashtag of each column of a table, in order."""
    of_events = _OF_EVENTS if table.name == "events" else {}
    return [of_events.get(name) or TAGS[name.removeprefix("headline_")] for name in table.header]
