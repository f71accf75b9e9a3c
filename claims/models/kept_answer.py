"""KeptAnswer: what a script was answered, so that the same request again does nothing twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_KEY = 255


class KeptAnswer(models.Model):
    """The answer to one request under the key that its sender gave it; never public.

    ``digest`` is the SHA-256 of the request's body, by which the same request is known again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    key = models.CharField(_("key"), max_length=LONGEST_KEY)
    digest = models.CharField(_("SHA-256 of the body"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    answer: Any = models.JSONField(_("answer"), default=dict)
    made_at = models.DateTimeField(_("made"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(
                name="kept_answer_once_per_key",
                fields=["user", "key"],
                violation_error_message=_("This key was used already."),
            )
        ]

    def __str__(self) -> str:
        return self.key
