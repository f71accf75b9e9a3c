"""Party: a side of an event, that a source may speak for and victims may belong to."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.domain.public_ids import new_public_id

new_party_id = partial(new_public_id, "party")


class Party(models.Model):
    """A state or an armed group, by the name it is generally known by."""

    public_id = models.CharField(
        _("public id"), max_length=16, unique=True, default=new_party_id, editable=False
    )
    name = models.CharField(_("name"), max_length=200, unique=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="party_has_a_name",
                condition=~models.Q(name=""),
                violation_error_message=_("A party needs a name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
