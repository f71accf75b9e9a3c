"""A newer release of a dataset: changed figures revise, the same ones stay, gone ones are named.

A claim of a dataset has a key that is the same in every release. Its figure of a later release is
a claim of its own, with the release after the key, that revises the one that stood before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from claims.domain.importing import BatchState
from claims.domain.public_ids import derived_public_id
from claims.ingest.landing.arriving import Purpose
from claims.ingest.landing.by_hand import AT_ONCE, Bases, bases_of, replaced
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.staging import Staging
from claims.models import Claim, ImportBatch

FIGURE = ("wording", "qualifier", "low", "best", "high", "disordered")
MARK = "@"

CHAIN = (
    "WITH RECURSIVE chain(key, id, state) AS (SELECT l.key, r.id, r.state FROM ({start}) l "
    "JOIN claims_claim c ON c.key = l.key "
    "JOIN claims_claim r ON r.id = coalesce(c.merged_into_id, c.id) UNION ALL "
    "SELECT chain.key, r.id, r.state FROM chain JOIN claims_claim r ON r.revises_id = chain.id "
    "WHERE r.state NOT IN ('withdrawn', 'rejected')) "
)
ENDS = (
    CHAIN
    + "SELECT key, max(chain.id) AS id FROM chain WHERE NOT EXISTS (SELECT 1 FROM claims_claim r "
    "WHERE r.revises_id = chain.id AND r.state NOT IN ('withdrawn', 'rejected')) GROUP BY key"
)

GONE_BEFORE = (
    "SELECT id FROM (SELECT r.id, r.version, i.version_before, b.state, b.withdraw_gone, "
    "coalesce(sum(CASE WHEN b.state = 'undone' THEN 2 ELSE 1 END) OVER (PARTITION BY r.id "
    "ORDER BY i.version_before ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), 0) AS later "
    "FROM claims_claim r JOIN claims_importedit i ON i.record_kind = 'claim' "
    "AND i.record_id = r.id JOIN claims_importbatch b ON b.id = i.batch_id "
    "WHERE r.state = 'withdrawn' AND r.merged_into_id IS NULL) q WHERE state = 'committed' "
    "AND withdraw_gone AND version = version_before + 1 + later"
)
"""Claims that an import withdrew because its file had them no longer, untouched by people since.

A later import that told their question anew wrote one version, and its undoing another one.
"""


def of_dataset(staging: Staging, purpose: Purpose) -> str:
    """Return the condition that a claim is of the dataset, by its key."""
    end = purpose.dataset + "0"  # "0" follows "/" in every order by code point
    collate = ' COLLATE "C"' if staging.is_postgres else ""
    return f"key{collate} >= '{purpose.dataset}/' AND key{collate} < '{end}'"


def follow_releases(staging: Staging, refusals: Refusals, purpose: Purpose) -> None:
    """Turn changed figures into revisions and leave same ones, before anything is matched."""
    staging.make("base_claim", "SELECT key FROM landing_claim")
    staging.make("stands", ENDS.format(start="SELECT key FROM landing_claim"))
    _index(staging, "stands")
    staging.make("gone_before", GONE_BEFORE)
    staging.make(
        "figures_differ",
        "SELECT l.key, l.landing_row, s.id AS earlier_id, "
        "coalesce(r.import_batch_id, c.import_batch_id) AS batch_id "
        "FROM landing_claim l JOIN stands s ON s.key = l.key JOIN claims_claim r ON r.id = s.id "
        "JOIN claims_claim c ON c.key = l.key "
        "WHERE r.id IN (SELECT id FROM gone_before) "
        f"OR (r.state <> 'withdrawn' AND ({_differing(staging, 'r')}) "
        # What was merged here says nothing new while it says what it said before.
        f"AND (c.merged_into_id IS NULL OR {_differing(staging, 'c')}))",
    )
    _index(staging, "figures_differ")
    _leave_corrected(staging)
    _make_one_of_merged(staging)
    _rename(staging, refusals, purpose)
    staging.make(
        "known_claim",
        "SELECT s.key, r.id, r.state FROM stands s JOIN claims_claim r ON r.id = s.id "
        "WHERE s.key NOT IN (SELECT key FROM figures_differ)",
    )
    _leave_same(staging)


def _differing(staging: Staging, other: str) -> str:
    """Return the condition under which a claim that landed has another figure."""
    return " OR ".join(
        staging.differ(f"coalesce(l.{name}, {empty})", f"{other}.{name}")
        if (empty := {"wording": "''", "disordered": "FALSE"}.get(name))
        else staging.differ(f"l.{name}", f"{other}.{name}")
        for name in FIGURE
    )


def _leave_corrected(staging: Staging) -> None:
    """A figure that is the one an editor corrected is no newer one."""
    told = staging.rows(
        f"SELECT f.key, f.earlier_id, {', '.join(f'l.{name}' for name in FIGURE)} "
        "FROM figures_differ f JOIN landing_claim l ON l.key = f.key "
        "JOIN claims_claim r ON r.id = f.earlier_id WHERE r.version > 1 AND r.state <> 'withdrawn'"
    )
    left = []
    while some := list(islice(told, AT_ONCE)):
        claims = Claim.objects.in_bulk([row[1] for row in some])
        bases = bases_of("claim", claims.values())
        left += [row[0] for row in some if _is_corrected(claims[row[1]], row[2:], bases)]
    for key in left:
        staging.run("DELETE FROM figures_differ WHERE key = %s", [key])


def _is_corrected(claim: Claim, figure: Sequence[Any], bases: Bases) -> bool:
    told = _told(figure)
    differing = {name: value for name, value in told.items() if getattr(claim, name) != value}
    return replaced(differing, bases.get(claim.pk, {})) == differing.keys()


def _told(figure: Sequence[Any]) -> dict[str, Any]:
    """Return the columns of a figure that landed as a claim has them."""
    empty: dict[str, Any] = {"wording": "", "disordered": False}
    told = dict(zip(FIGURE, figure, strict=True))
    told = {name: empty.get(name) if value is None else value for name, value in told.items()}
    return told | {"disordered": bool(told["disordered"])}


def _make_one_of_merged(staging: Staging) -> None:
    """Let keys whose claims were merged here, and that say the same figure, make one revision.

    That of the claim that remained has it, with the documents of all of them.
    """
    told = staging.all(
        "SELECT f.earlier_id, CASE WHEN c.merged_into_id IS NULL THEN 0 ELSE 1 END AS is_merged, "
        f"f.key, {', '.join(f'l.{name}' for name in FIGURE)} FROM figures_differ f "
        "JOIN landing_claim l ON l.key = f.key JOIN claims_claim c ON c.key = f.key "
        "WHERE f.earlier_id IN (SELECT earlier_id FROM figures_differ GROUP BY earlier_id "
        "HAVING count(*) > 1) ORDER BY f.earlier_id, is_merged, f.key"
    )
    first: dict[tuple[Any, ...], str] = {}
    staging.create("told_under", {"key": "text", "other": "text"})
    for earlier_id, _, key, *figure in told:
        other = first.setdefault((earlier_id, *_told(figure).values()), key)
        if other != key:
            staging.add("told_under", (key, other))
    staging.flush()
    if staging.number("SELECT count(*) FROM told_under"):
        _tell_under_others(staging)


def _tell_under_others(staging: Staging) -> None:
    """Have what the file tells of some claims told under the keys of others, each document once."""
    staging.run(
        "UPDATE landing_citation SET claim_key = u.other FROM told_under u "
        "WHERE u.key = landing_citation.claim_key"
    )
    there = ("claim_key", "document_key", "wording", "locator")
    same = " AND ".join(staging.same(f"o.{name}", f"landing_citation.{name}") for name in there)
    staging.run(
        "DELETE FROM landing_citation WHERE claim_key IN (SELECT other FROM told_under) "
        "AND EXISTS (SELECT 1 FROM landing_citation o "
        "WHERE o.claim_key IN (SELECT other FROM told_under) "
        f"AND o.n < landing_citation.n AND {same})"
    )
    for table in ("landing_claim", "figures_differ"):
        staging.run(f"DELETE FROM {table} WHERE key IN (SELECT key FROM told_under)")


def _first_of_release(purpose: Purpose) -> int | None:
    """Return the first import of this release that is written already, by its number."""
    this = ImportBatch.objects.filter(pk=purpose.batch_id)
    return (
        ImportBatch.objects.filter(
            dataset__in=this.values("dataset"),
            release=purpose.release,
            state=BatchState.COMMITTED,
        )
        .exclude(pk=purpose.batch_id)
        .order_by("pk")
        .values_list("pk", flat=True)
        .first()
    )


def _rename(staging: Staging, refusals: Refusals, purpose: Purpose) -> None:
    """Give the changed figures keys of their own."""
    staging.create(
        "renamed", {"key": "text", "new_key": "text", "public_id": "text", "earlier_id": "number"}
    )
    here = _first_of_release(purpose)
    taken = {
        key
        for (key,) in staging.rows(
            "SELECT f.key FROM figures_differ f JOIN claims_claim r ON r.key = f.key || %s",
            [f"{MARK}{purpose.release}"],
        )
    }
    for key, row, earlier_id, batch_id in staging.rows("SELECT * FROM figures_differ"):
        new_key = f"{key}{MARK}{purpose.release}"
        if not purpose.release:
            refusals.add(row, "claim_key", "Its figure has changed; say which release this is.")
        elif here is not None and batch_id is not None and batch_id >= here:
            refusals.add(
                row,
                "claim_key",
                f"Release {purpose.release} is here already with another figure; undo that import "
                "first, or give this file a release of its own.",
            )
        elif key in taken:
            refusals.add(
                row,
                "claim_key",
                f"The key {new_key} is taken; give this file a release of its own.",
            )
        public_id = derived_public_id("claim", new_key)
        staging.add("renamed", (key, new_key, public_id, earlier_id))
    staging.flush()
    _give_new_keys(staging)


def _give_new_keys(staging: Staging) -> None:
    """Have what the file tells of the changed figures told under their new keys."""
    _index(staging, "renamed")
    staging.make("revising", "SELECT new_key AS key, earlier_id FROM renamed")
    # Joined, and not asked for each row: there may be tens of thousands.
    staging.run(
        "UPDATE landing_citation SET claim_key = r.new_key FROM renamed r "
        "WHERE r.key = landing_citation.claim_key"
    )
    staging.run(
        "UPDATE landing_claim SET key = r.new_key, public_id = r.public_id FROM renamed r "
        "WHERE r.key = landing_claim.key"
    )


def _leave_same(staging: Staging) -> None:
    """The claimant has been saying it since the earlier release: neither date nor document move."""
    same = "(SELECT key FROM known_claim)"
    staging.run(
        "UPDATE landing_claim SET claimed_on = NULL, claimed_on_precision = NULL "
        f"WHERE key IN {same}"
    )
    staging.run(f"DELETE FROM landing_citation WHERE claim_key IN {same}")
    staging.run(
        "DELETE FROM landing_document WHERE key NOT IN (SELECT document_key FROM landing_citation)"
    )


def find_gone(staging: Staging, purpose: Purpose) -> None:
    """Find the standing claims of the dataset that the file no longer has.

    ``gone_claim`` has the latest of each, ``gone_chain`` with it the ones that it revises: they
    would stand again if it alone were withdrawn. What was merged here is not the dataset's.
    """
    own = (
        f"SELECT key FROM claims_claim WHERE {of_dataset(staging, purpose)} "
        f"AND key NOT LIKE '%{MARK}%' AND merged_into_id IS NULL "
        "AND key NOT IN (SELECT key FROM base_claim)"
    )
    staging.make("gone_ends", ENDS.format(start=own))
    staging.make("gone_members", f"{CHAIN.format(start=own)} SELECT DISTINCT id FROM chain")
    for table, rows in (("gone_claim", "gone_ends"), ("gone_chain", "gone_members")):
        staging.make(
            table,
            f"SELECT r.id, r.key, r.state FROM {rows} g JOIN claims_claim r ON r.id = g.id "
            "WHERE r.state NOT IN ('withdrawn', 'rejected') "
            "AND r.id NOT IN (SELECT id FROM stands)",
        )
        _index(staging, table, "id")


def _index(staging: Staging, table: str, column: str = "key") -> None:
    if not staging.is_postgres:
        staging.index(table, column)
    staging.learn(table)
