"""Event: something that happened at a place and time, or an envelope of such things."""

from __future__ import annotations

from datetime import date
from functools import partial as partial_function

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.countries import COUNTRIES
from claims.domain.dates import PartialDate, partial
from claims.domain.public_ids import new_public_id
from claims.domain.scope import Span
from claims.models.base import (
    Record,
    RecordQuerySet,
    merged_into_field,
    merged_is_withdrawn,
    where_given,
)
from claims.models.history import versions
from claims.models.party import Party

new_event_id = partial_function(new_public_id, "event")


class Event(Record):
    """A strike, battle, siege, earthquake ... or the war that contains it.

    Starts are kept as the first day they can be, ends as the last. ``key`` is the event's name
    in the interchange format.
    """

    public_id = models.CharField(
        _("public id"), max_length=16, unique=True, default=new_event_id, editable=False
    )
    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The event's key in imported files."),
    )
    title = models.CharField(_("title"), max_length=250)
    aliases = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_("One per line.")
    )
    identifiers = models.JSONField(
        _("identifiers"),
        default=list,
        blank=True,
        help_text=_("Its ids in datasets, one per line, such as ucdp-ged:412700."),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=choices.event_kinds, default="other")
    date_start = models.DateField(_("start"), null=True, blank=True)
    date_start_precision = models.CharField(
        _("precision of start"), max_length=12, choices=choices.date_precisions, default="day"
    )
    date_end = models.DateField(
        _("end"), null=True, blank=True, help_text=_("Empty while it goes on.")
    )
    date_end_precision = models.CharField(
        _("precision of end"), max_length=12, choices=choices.date_precisions, default="day"
    )
    countries = models.JSONField(
        _("countries"), default=list, blank=True, help_text=_("ISO 3166-1 codes, one per line.")
    )
    place = models.CharField(_("place"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    place_precision = models.CharField(
        _("precision of place"), max_length=12, choices=choices.place_precisions, default="unknown"
    )
    parties = models.ManyToManyField(
        Party, verbose_name=_("parties"), blank=True, related_name="events"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    explanation = models.TextField(
        _("why the figures may differ"),
        blank=True,
        help_text=_("Public. The editors' explanation."),
    )
    checked_on = models.DateField(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("The day an editor last looked for new figures."),
    )
    merged_into = merged_into_field("claims.Event")

    objects = RecordQuerySet.as_manager()
    history = versions(m2m_fields=[parties])

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-date_start", "-id"]
        constraints = [
            models.CheckConstraint(
                name="event_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("An event needs a title."),
            ),
            models.CheckConstraint(
                name="event_end_not_before_start",
                condition=Q(date_start__isnull=True)
                | Q(date_end__isnull=True)
                | Q(date_end__gte=F("date_start")),
                violation_error_message=_("The event must not end before it starts."),
            ),
            models.CheckConstraint(
                name="event_coordinates_are_a_pair_on_earth",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Said in full, since a comparison with nothing is not false to a database.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_(
                    "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
                ),
            ),
            models.CheckConstraint(
                name="event_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("An event cannot be part of itself."),
            ),
            merged_is_withdrawn("event"),
        ]
        indexes = [
            models.Index(
                fields=["state", "-date_start", "-id"],
                name="event_by_date",
            ),
            where_given("merged_into", name="event_merged_into"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The decoration of the address."""
        return slugify(self.title)[:60]

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return reverse("web:event", args=[self.public_id, self.slug])

    @property
    def started(self) -> PartialDate | None:
        """The start with its precision."""
        return partial(self.date_start, self.date_start_precision)

    @property
    def ended(self) -> PartialDate | None:
        """The end with its precision; ``None`` while it goes on or where it is not known."""
        return partial(self.date_end, self.date_end_precision)

    @property
    def span(self) -> Span:
        """When it took place, as comparisons need it."""
        return Span(self.date_start, self.date_end, self.date_start_precision == "day")

    @property
    def country_names(self) -> list[str]:
        """The countries in words, in the editors' order."""
        return [COUNTRIES.get(code, code) for code in self.countries]

    def goes_on(self, today: date) -> bool:
        """Tell whether the event has no end yet on a day."""
        return self.date_end is None or self.date_end >= today


class EventCountry(models.Model):
    """One country of one event: the index behind the country filter, derived from the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="country_rows")
    code = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_country_once", fields=["code", "event"]),
        ]

    def __str__(self) -> str:
        return self.code
