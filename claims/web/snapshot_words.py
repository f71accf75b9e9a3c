"""A snapshot in words: how to cite it, what is in it, what changed since the one before."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from claims.domain.vocabularies import CHANGE_KIND
from claims.exports.snapshots.reading import DESCRIPTOR, SUMS, Snapshot, SnapshotFile
from claims.web.citations_text import Reference

TABLES = ("events", "claims", "comparisons", "sources", "documents", "changes")


@dataclass(frozen=True, slots=True)
class ShownSnapshot:
    """One snapshot as pages show it; ``changes`` are kinds in words with their number."""

    snapshot: Snapshot
    address: str
    text: str
    reference: Reference
    rows: list[tuple[str, int]]
    changes: list[tuple[str, int]]
    since: str

    @property
    def files(self) -> list[SnapshotFile]:
        """Its files, with the description and the sums at the end."""
        last = [self.snapshot.file(name) for name in (SUMS, DESCRIPTOR)]
        return [*self.snapshot.files, *(file for file in last if file)]


def shown(snapshot: Snapshot) -> ShownSnapshot:
    """Return a snapshot in words."""
    address = reverse("web:data_snapshot", kwargs={"snapshot": snapshot.name})
    rows = {file.name: file.rows or 0 for file in snapshot.files}
    changes = snapshot.descriptor["changes"]
    return ShownSnapshot(
        snapshot=snapshot,
        address=address,
        text=(
            f"{settings.SITE_NAME}. Dataset, version {snapshot.name}, "
            f"{settings.SITE_URL}{address}, SHA-256 of {DESCRIPTOR} {snapshot.sha256}. CC BY 4.0."
        ),
        reference=Reference(
            key=f"casualty-figures-{snapshot.name}",
            title=settings.SITE_NAME,
            site=settings.SITE_NAME,
            year=int(snapshot.name[:4]),
            address=f"{settings.SITE_URL}{address}",
            note=f"Dataset, SHA-256 {snapshot.sha256}",
            version=snapshot.name,
        ),
        rows=[(table, rows.get(f"{table}.csv", 0)) for table in TABLES],
        changes=[(term.label, changes[term.code]) for term in CHANGE_KIND if term.code in changes],
        since=changes["since"] or "",
    )
