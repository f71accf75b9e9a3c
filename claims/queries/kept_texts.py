"""The kept texts, latest first, with how many of their figures are decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from claims.domain.intake import CandidateState
from claims.models import Candidate, StoredText

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text with the number of figures read in it, and of those that nobody has decided about."""

    stored: StoredText
    total: int
    waiting: int

    @property
    def decided(self) -> int:
        """How many figures somebody has decided about."""
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """A page of texts; ``before`` is the key that the next page starts below, if there is one."""

    texts: list[KeptText]
    before: int | None


def kept_texts(*, before: int | None = None, only_open: bool = False) -> KeptTexts:
    """Return the latest texts, or those with figures still to decide; two SQL queries."""
    found = StoredText.objects.select_related("document__publisher", "event", "stored_by")
    if before is not None:
        found = found.filter(pk__lt=before)
    if only_open:
        waiting = Candidate.objects.filter(state=CandidateState.OPEN)
        found = found.filter(pk__in=waiting.values("stored_text"))
    rows = list(found.defer("text", "warc").order_by("-pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    counts = _counts([stored.pk for stored in shown])
    return KeptTexts(
        texts=[KeptText(stored, *counts.get(stored.pk, (0, 0))) for stored in shown],
        before=shown[-1].pk if len(rows) > PAGE_SIZE else None,
    )


def _counts(keys: list[int]) -> dict[int, tuple[int, int]]:
    rows = (
        Candidate.objects.filter(stored_text__in=keys)
        .order_by()
        .values_list("stored_text")
        .annotate(total=Count("pk"), waiting=Count("pk", filter=Q(state=CandidateState.OPEN)))
    )
    return {key: (total, waiting) for key, total, waiting in rows}
