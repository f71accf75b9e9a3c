"""Histories: every version of a record as a row of its own."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class KeptClassManager(HistoryManager):
    """A manager of versions whose class is made once.

    The library makes it anew at each look at a history, which is once for every saved row.
    """

    _made: dict[type[models.QuerySet], type[HistoryManager]] = {}

    @classmethod
    def from_queryset(
        cls, queryset_class: type[models.QuerySet], class_name: str | None = None
    ) -> type[HistoryManager]:
        """Return the manager with the methods of a queryset."""
        if queryset_class not in cls._made:
            cls._made[queryset_class] = super().from_queryset(queryset_class, class_name)
        return cls._made[queryset_class]


def versions(**options: Any) -> HistoricalRecords:
    """Return the history of a table, whose reasons may be of any length."""
    return HistoricalRecords(
        history_change_reason_field=models.TextField(null=True),
        history_manager=KeptClassManager,
        **options,
    )
