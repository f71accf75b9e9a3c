"""Claims that say what a candidate says: same claimant, question and figure.

Offered so that a second paper with a ministry's number becomes a citation and not a second claim.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from claims.models import Candidate, Claim, Party, Source

MOST_CLAIMS = 500

Figure = tuple[str, str, str, int | None, int | None, int | None]


def matching_claims(
    claimants: Mapping[Candidate, Collection[Source]],
    parties: Mapping[Candidate, Party | None],
    *,
    event_ids: Collection[int],
) -> dict[int, Claim]:
    """Return by key of the candidate the claim of these events that says the same.

    ``claimants`` are the sources whom each candidate's words may mean, ``parties`` the victims'.
    Where several claims match, the public one comes first, then the earliest entered. One SQL
    query.
    """
    measures = {candidate.measure for candidate in claimants}
    numbers = Q()
    for name in ("low", "best", "high"):
        stated = {getattr(c, name) for c in claimants if getattr(c, name) is not None}
        numbers |= Q(**{f"{name}__in": sorted(stated)})
    found = (
        Claim.objects.exclude(state__in=("withdrawn", "rejected"))
        .filter(numbers, event__in=sorted(event_ids), measure__in=sorted(measures))
        .select_related("claimant", "event", "victims_party")
        .order_by("-published_at", "pk")[:MOST_CLAIMS]
    )
    pool = sorted(found, key=lambda claim: (claim.state != "published", claim.pk))
    matches = {
        candidate.pk: _first(pool, candidate, sources, parties[candidate])
        for candidate, sources in claimants.items()
    }
    return {key: claim for key, claim in matches.items() if claim is not None}


def _first(
    pool: Collection[Claim],
    candidate: Candidate,
    sources: Collection[Source],
    party: Party | None,
) -> Claim | None:
    keys = {source.pk for source in sources}
    wanted = _figure(candidate)
    for claim in pool:
        is_other_party = None not in (party, claim.victims_party) and claim.victims_party != party
        if claim.claimant_id in keys and _figure(claim) == wanted and not is_other_party:
            return claim
    return None


def _figure(row: Candidate | Claim) -> Figure:
    return row.measure, row.victims, row.qualifier, row.low, row.best, row.high
