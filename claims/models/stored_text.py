"""StoredText: the kept copy of what a document says, read by a machine, seen by editors only."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.intake import LONGEST_TEXT
from claims.models.document import Document
from claims.models.event import Event

LARGEST_COPY = 20_000_000
"""Bytes of the kept page as it was sent (WARC)."""


class StoredText(models.Model):
    """The text of a document as it was pasted, uploaded or fetched; never public.

    ``sha256`` is of the text whatever its white space, so that the same text leads here again.
    ``language`` and ``extractor_version`` are those of its last reading, empty before the first.
    ``event`` is what the text is mainly about, the default for all figures read in it.
    """

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="stored_texts",
    )
    text = models.TextField(_("text"), validators=[MaxLengthValidator(LONGEST_TEXT)])
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    origin = models.CharField(_("origin"), max_length=12, choices=choices.text_origins)
    address = models.CharField(_("address asked"), max_length=2000, blank=True)
    final_address = models.CharField(_("address that answered"), max_length=2000, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved"), null=True, blank=True)
    content_type = models.CharField(_("content type"), max_length=250, blank=True)
    warc = models.BinaryField(_("copy (WARC)"), max_length=LARGEST_COPY, null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    extractor_version = models.CharField(_("read by version"), max_length=20, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    stored_at = models.DateTimeField(_("stored"), auto_now_add=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stored by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="stored_text_is_not_empty",
                condition=~models.Q(text=""),
                violation_error_message=_("There is no text to keep."),
            ),
            models.UniqueConstraint(
                name="stored_text_is_kept_once",
                fields=["sha256"],
                violation_error_message=_("This text is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}"
