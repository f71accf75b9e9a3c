"""Claims and their citations, earlier ones before the claims that revise them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.domain.folding import folded
from claims.ingest import matching
from claims.ingest.arriving import Arrival, differing, give_derived_ids, set_values
from claims.ingest.cells import CellRefused
from claims.ingest.ordering import in_order
from claims.ingest.told_figure import figure_columns
from claims.ingest.wanted import Told, ToldClaim
from claims.models import Citation, Claim, Document
from claims.services import citations as citing
from claims.services import claims as service
from claims.services import publishing
from claims.services.records import Edit

PLAIN = (
    "measure",
    "victims",
    "victims_wording",
    "interval",
    "disordered",
    "count_basis",
    "as_of",
    "period_start",
    "period_end",
    "area",
    "credibility",
)
LEFT_ALONE = "withdrawn or merged here; left alone"


def arrive_claims(arrival: Arrival) -> list[str]:
    """Find, make or change the claims; return their keys, each after the one it revises."""
    wanted = arrival.wanted.claims
    revises = {key: told.cells.get("revises", "") for key, told in wanted.items()}
    known = matching.by_key(Claim, {*wanted, *filter(None, revises.values())})
    new = {(key,): Claim(key=key) for key in wanted if key not in known}
    give_derived_ids(Claim, new)
    order, circular = in_order(revises)
    for key in circular:
        row = wanted[key].rows["revises"]
        arrival.refuse(row, "revises", f"“{key}” would revise itself by way of others.")
    for key in order:
        told, claim = wanted[key], known.get(key) or new[(key,)]
        earlier = arrival.claims.get(revises[key]) or known.get(revises[key])
        if revises[key] and earlier is None:
            if revises[key] not in wanted:
                reason = f"There is no claim with the key “{revises[key]}”."
                arrival.refuse(told.rows["revises"], "revises", reason)
            continue
        arrival.claims[key] = arrival.try_to(told, "claim", _claim, arrival, claim, told, earlier)
    return order


def _claim(arrival: Arrival, claim: Claim, told: ToldClaim, earlier: Claim | None) -> Claim | None:
    if claim.state == "withdrawn":
        arrival.note("claim", told, "same", label=told.key, remark=LEFT_ALONE)
        return None
    event = arrival.events.get(told.event_key)
    claimant = arrival.sources.get(folded(told.cells["claimant"]))
    if event is None or claimant is None:
        return None  # refused above, with their own cells
    values = {**_values(arrival, claim, told), "event": event, "claimant": claimant}
    if earlier is not None:
        values["revises"] = earlier.merged_into or earlier
    names = differing(claim, values)
    if claim.pk is None:
        set_values(claim, values, names)
        service.check(claim)
        arrival.edit.save(claim)
        arrival.note("claim", told, "new", label=told.key)
        return claim
    if not names:
        arrival.note("claim", told, "same", label=told.key)
        return claim
    held = arrival.hold(claim)
    set_values(held, values, names)
    if held.state == "published":
        service.save_corrected(arrival.edit, held)
    else:
        service.check(held)
        arrival.edit.save(held)
    arrival.note("claim", told, "changed", label=told.key, fields=names)
    return held


def _values(arrival: Arrival, claim: Claim, told: ToldClaim) -> dict[str, Any]:
    cells = told.cells
    values: dict[str, Any] = {name: cells[name] for name in PLAIN if name in cells}
    try:
        values |= figure_columns(cells, told.wording)
    except CellRefused as error:
        raise CellRefused(str(error), "wording" if told.wording else "qualifier") from error
    if day := cells.get("claimed_on"):
        values |= {"claimed_on": day.last, "claimed_on_precision": str(day.precision)}
    if party := arrival.party(cells.get("victims_party")):
        values["victims_party"] = party
    missing = [note for note in told.notes if note not in claim.note]
    if missing:
        values["note"] = "\n".join([*filter(None, [claim.note]), *missing])
    return values


def arrive_citations(arrival: Arrival) -> None:
    """Find, make or change the citations of the claims that arrived."""
    told_of = [
        (claim, arrival.wanted.claims[key]) for key, claim in arrival.claims.items() if claim
    ]
    there = matching.citations(claim for claim, _ in told_of)
    via = _Via(arrival)
    for claim, told_claim in told_of:
        left = list(there.get(claim.pk, ()))
        for place, told in told_claim.citations.items():
            values = {
                "document": arrival.documents.get(place[0]),
                "wording": place[1],
                "locator": place[2],
                **{name: told.cells[name] for name in ("quote",) if name in told.cells},
            }
            if values["document"] is not None:  # else refused above, with its own cells
                values |= arrival.try_to(told, "citation", via.found, told) or {}
                arrival.try_to(told, "citation", _citation, arrival, claim, left, values, told)


def _citation(
    arrival: Arrival, claim: Claim, left: list[Citation], values: dict[str, Any], told: Told
) -> None:
    label = f"{claim.key} in {values['document']}"
    citation = _same_place(left, values)
    if citation is None:
        citing.cite(arrival.edit, claim, **values)
        arrival.note("citation", told, "new", label=label)
        return
    left.remove(citation)
    names = differing(citation, values)
    if citation.state == "withdrawn" or not names:
        remark = "withdrawn here; left alone" if citation.state == "withdrawn" else ""
        arrival.note("citation", told, "same", label=label, remark=remark)
        return
    held = arrival.edit.lock(citation)
    set_values(held, values, names)
    citing.save_edited(arrival.edit, held)
    arrival.note("citation", told, "changed", label=label, fields=names)


def _same_place(left: list[Citation], values: dict[str, Any]) -> Citation | None:
    """Return the citation at the same place, or the only one in the document whose words differ."""
    of_document = [c for c in left if c.document_id == values["document"].pk]
    exact = [
        c for c in of_document if (c.wording, c.locator) == (values["wording"], values["locator"])
    ]
    standing = [c for c in of_document if c.state != "withdrawn"]
    if exact:
        return min(exact, key=lambda c: c.state == "withdrawn")
    return standing[0] if len(standing) == 1 == len(of_document) else None


class _Via:
    """Documents by title or address, of the file first, then of the database."""

    def __init__(self, arrival: Arrival) -> None:
        names = {
            told.cells["via"]
            for claim in arrival.wanted.claims.values()
            for told in claim.citations.values()
            if "via" in told.cells
        }
        self._found = matching.documents_named(names)
        for document in arrival.documents.values():
            if document is not None:
                for name in {document.url, document.title} & names:
                    if document not in self._found[name]:
                        self._found[name].append(document)

    def found(self, told: Told) -> dict[str, Document]:
        """Return the document a citation was got from, if it names one, as its column.

        Raises ``CellRefused`` where no document or several go by that name.
        """
        name = told.cells.get("via")
        if name is None:
            return {}
        found = self._found.get(name, [])
        if len(found) != 1:
            what = "no document" if not found else f"{len(found)} documents"
            raise CellRefused(f"There is {what} with the title or address “{name}”.", "via")
        return {"via": found[0]}


def publish_claims(
    arrival: Arrival, order: list[str], *, reviewed_by: User, waiver_reason: str
) -> None:
    """Publish what arrived and is not public yet, earlier claims first."""
    noted = {item.label for item in arrival.items if item.kind == "claim" and item.fate != "same"}
    review = {
        "reviewed_by": reviewed_by,
        "reviewed_at": timezone.now(),
        "review_waived": bool(waiver_reason),
        "waiver_reason": waiver_reason,
    }
    for key in order:
        claim = arrival.claims.get(key)
        if claim is None or claim.state in ("published", "rejected"):
            continue
        told = arrival.wanted.claims[key]
        arrival.try_to(told, "claim", _publish, arrival.edit, claim, review)
        if key not in noted:
            arrival.note("claim", told, "changed", label=key, fields=["state"])


def _publish(edit: Edit, claim: Claim, review: dict[str, Any]) -> None:
    held = edit.lock(claim)
    set_values(held, {**review, "submitted_by": edit.by}, [*review, "submitted_by"])
    publishing.make_public(edit, held)
