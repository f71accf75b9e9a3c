"""The project's interchange CSV: planned in a dry run, committed in one transaction.

The dry run does what the commit does and takes it all back, so it refuses what the commit would
refuse. A second commit of the same file changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.contrib.auth.models import User
from django.db import transaction

from claims.ingest.arriving import Arrival
from claims.ingest.arriving_claims import arrive_citations, arrive_claims, publish_claims
from claims.ingest.arriving_events import arrive_events
from claims.ingest.arriving_names import arrive_documents, arrive_parties, arrive_sources
from claims.ingest.columns import COLUMNS
from claims.ingest.csv_table import NoTable, Row, open_table
from claims.ingest.plan import Plan, Result
from claims.ingest.system_users import import_user, review_user
from claims.ingest.wanted import Refusal, Wanted, wanted_from
from claims.services import permissions
from claims.services.planner import renew_statistics
from claims.services.records import Edit, editing
from claims.services.refusals import NotAllowed, NotReviewed, Refused

NO_REVIEW = "Dry run"


def plan_import(file: Path | IO[bytes], *, name: str = "", publish: bool = False) -> Plan:
    """Return what importing a file would do; nothing is written.

    A file that cannot be read at all gives a plan with one refusal that says why.
    """
    plan = read_plan(file, name=name)
    with transaction.atomic():
        arrival = Arrival(Edit(by=import_user(), reason=_reason(plan)), plan.wanted)
        _arrive(arrival, reviewed_by=review_user() if publish else None, waiver_reason=NO_REVIEW)
        transaction.set_rollback(True)
    refused = sorted({*plan.refused, *arrival.refused})
    return Plan(plan.name, plan.wanted, arrival.items, refused)


def read_plan(file: Path | IO[bytes], *, name: str = "") -> Plan:
    """Return a plan of which only the cells have been looked at, not yet what is here."""
    name = name or Path(str(getattr(file, "name", file))).name
    try:
        wanted = wanted_from(_rows(file))
    except NoTable as error:
        return Plan(name, Wanted(), refused=[Refusal(error.row, error.column, error.reason)])
    return Plan(name, wanted, refused=sorted(wanted.refused))


def _rows(file: Path | IO[bytes]) -> Iterator[Row]:
    if isinstance(file, Path):
        yield from open_table(file, COLUMNS).rows()
        return
    with NamedTemporaryFile(suffix=".csv") as kept:
        kept.write(file.read())
        kept.flush()
        yield from open_table(Path(kept.name), COLUMNS).rows()


def commit_import(
    plan: Plan,
    *,
    by: User,
    publish: bool = False,
    reviewed_by: User | None = None,
    waiver_reason: str = "",
) -> Result:
    """Write a planned import in one transaction, or nothing.

    Claims become drafts unless ``publish``; then ``reviewed_by`` is another editor, or a
    ``waiver_reason`` says why no second person looked. Raises ``Refused`` in a sentence.
    """
    if plan.refused:
        raise Refused(_nothing_written(plan.refused))
    reviewer = _reviewer(by, reviewed_by, waiver_reason) if publish else None
    if by.is_active:  # the import's own users cannot log in and have no role
        permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=_reason(plan)) as edit:
        arrival = Arrival(edit, plan.wanted)
        _arrive(arrival, reviewed_by=reviewer, waiver_reason=waiver_reason)
        if arrival.refused:
            raise Refused(_nothing_written(arrival.refused))
    renew_statistics()
    return Result(plan.name, plan.wanted, arrival.items)


def _arrive(arrival: Arrival, *, reviewed_by: User | None, waiver_reason: str) -> None:
    arrive_parties(arrival)
    arrive_sources(arrival)
    arrive_documents(arrival)
    arrive_events(arrival)
    order = arrive_claims(arrival)
    arrive_citations(arrival)
    if reviewed_by is not None:
        publish_claims(arrival, order, reviewed_by=reviewed_by, waiver_reason=waiver_reason)


def _reviewer(by: User, reviewed_by: User | None, waiver_reason: str) -> User:
    if reviewed_by is None:
        raise NotReviewed("Say who reviewed the file.")
    if waiver_reason:
        return reviewed_by
    if reviewed_by.pk == by.pk:
        raise NotReviewed(f"{by} cannot import and review; name another editor as reviewer.")
    if not permissions.has(reviewed_by, permissions.PUBLISHING):
        raise NotAllowed(f"{reviewed_by} is not an editor and cannot review.")
    return reviewed_by


def _reason(plan: Plan) -> str:
    return f"Imported from {plan.name}"


def _nothing_written(refused: list[Refusal]) -> str:
    first = " ".join(str(refusal) for refusal in sorted(set(refused))[:3])
    return f"Nothing was written, since {len(refused)} cells were refused: {first}"
