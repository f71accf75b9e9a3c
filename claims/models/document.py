"""Document: one published thing that carries claims."""

from __future__ import annotations

from functools import partial as partial_function

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.dates import PartialDate, partial
from claims.domain.public_ids import new_public_id
from claims.models.base import (
    Record,
    RecordQuerySet,
    merged_into_field,
    merged_is_withdrawn,
    where_given,
)
from claims.models.history import versions
from claims.models.source import Source

new_document_id = partial_function(new_public_id, "document")


class Document(Record):
    """An article, statement, report or dataset release, of one publisher.

    ``published_on`` is kept as the last day it can be, with its precision.
    """

    public_id = models.CharField(
        _("public id"), max_length=16, unique=True, default=new_document_id, editable=False
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.ForeignKey(
        Source,
        verbose_name=_("publisher"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # document_of_publisher begins with it
        related_name="documents",
    )
    author = models.CharField(_("author"), max_length=250, blank=True)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_on_precision = models.CharField(
        _("precision of date"), max_length=12, choices=choices.date_precisions, default="day"
    )
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("Code such as en, uk, ar.")
    )
    merged_into = merged_into_field("claims.Document")

    objects = RecordQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="document_can_be_found",
                condition=~Q(title="") | ~Q(url="") | Q(publisher__isnull=False),
                violation_error_message=_(
                    "A document needs a title, a web address or a publisher to be found by."
                ),
            ),
            models.UniqueConstraint(
                name="document_address_is_taken_once",
                fields=["url"],
                condition=~Q(url="") & ~Q(state="withdrawn"),
                violation_error_message=_("There is already a document with this web address."),
            ),
            merged_is_withdrawn("document"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="document_latest"),
            models.Index(fields=["state", "-published_on", "-id"], name="document_by_date"),
            models.Index(fields=["publisher", "-id"], name="document_of_publisher"),
            where_given("merged_into", name="document_merged_into"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title, or for an untitled document its publisher and date."""
        if self.title:
            return self.title
        publisher = self.publisher.name if self.publisher else _("Untitled document")
        return f"{publisher}, {self.published.label()}" if self.published else str(publisher)

    @property
    def published(self) -> PartialDate | None:
        """The date of publication with its precision."""
        return partial(self.published_on, self.published_on_precision)

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return reverse("web:document", args=[self.public_id])
