"""Source: whoever asserts or publishes figures."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.public_ids import new_public_id
from claims.models.base import (
    Record,
    RecordQuerySet,
    merged_into_field,
    merged_is_withdrawn,
    where_given,
)
from claims.models.history import versions
from claims.models.party import Party

new_source_id = partial(new_public_id, "source")


class Source(Record):
    """A ministry, a UN body, a newspaper, a dataset: somebody who says numbers."""

    public_id = models.CharField(
        _("public id"), max_length=16, unique=True, default=new_source_id, editable=False
    )
    name = models.CharField(_("name"), max_length=250)
    aliases = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_("One per line.")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=choices.source_kinds, default="other")
    speaks_for = models.ForeignKey(
        Party,
        verbose_name=_("speaks for"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speakers",
        help_text=_("The party that this source speaks for; empty for everybody else."),
    )
    is_compilation = models.BooleanField(
        _("compilation"),
        default=False,
        help_text=_("Puts other people's reports together; shown, but does not vote by default."),
    )
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    merged_into = merged_into_field("claims.Source")

    objects = RecordQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="source_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A source needs a name."),
            ),
            models.UniqueConstraint(
                name="source_name_is_taken_once",
                fields=["name"],
                condition=~Q(state="withdrawn"),
                violation_error_message=_("There is already a source of this name."),
            ),
            merged_is_withdrawn("source"),
        ]
        indexes = [
            models.Index(fields=["state", "name", "id"], name="source_by_name"),
            where_given("merged_into", name="source_merged_into"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The decoration of the address."""
        return slugify(self.name)[:60]

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return reverse("web:source", args=[self.public_id, self.slug])
