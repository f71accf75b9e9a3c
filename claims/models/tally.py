"""Tally: how many records are public, kept with every write so that no page has to count."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One counter; ``name`` is event, claim, source or document."""

    name = models.CharField(max_length=12, primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "tally"
        verbose_name_plural = "tallies"
        constraints = [
            models.CheckConstraint(
                name="tally_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message="A tally cannot be negative.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
