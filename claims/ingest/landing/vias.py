"""The documents that others got a claim from, which the rows name by title or address."""

from __future__ import annotations

from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.staging import Staging


def find(staging: Staging, refusals: Refusals) -> None:
    """Make ``named_document``; refuse a name that no document or several go by."""
    staging.make(
        "via",
        "SELECT via_name AS name, min(landing_row) AS landing_row FROM landing_citation "
        "WHERE via_name IS NOT NULL GROUP BY via_name",
    )
    staging.make(
        "named",
        "SELECT v.name, a.id FROM via v JOIN landing_document l ON l.url = v.name "
        "JOIN arrived_document a ON a.key = l.key UNION "
        "SELECT v.name, a.id FROM via v JOIN landing_document l ON l.title = v.name "
        "JOIN arrived_document a ON a.key = l.key",
    )
    for column in ("url", "title"):
        staging.run(
            f"INSERT INTO named SELECT v.name, r.id FROM via v JOIN claims_document r "
            f"ON r.{column} = v.name WHERE r.state <> 'withdrawn'"
        )
    staging.make(
        "named_document",
        "SELECT name, min(id) AS id FROM named GROUP BY name HAVING count(DISTINCT id) = 1",
    )
    for row, name, count in staging.rows(
        "SELECT v.landing_row, v.name, count(DISTINCT n.id) FROM via v "
        "LEFT JOIN named n ON n.name = v.name "
        "GROUP BY v.landing_row, v.name HAVING count(DISTINCT n.id) <> 1"
    ):
        what = "no document" if not count else f"{count} documents"
        said = f"There is {what} with the title or address “{name}”."
        refusals.add(row, "via", said)
