"""The shapes of the public log and of the feed for mirrors."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import CharField

from claims.api.shape_fields import Shape, code, optional_text, text
from claims.api.shapes import EventReference


class ChangedRecord(Shape):
    """What an entry of the log is about."""

    kind = CharField()
    id = CharField()
    url = CharField(help_text="The path of its page, or tombstone, on this site.")


class ChangedField(Shape):
    """One field before and after a correction."""

    field = CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class Change(Shape):
    """An entry of the public log."""

    at = serializers.DateTimeField()
    kind = code("change_kind")
    record = ChangedRecord()
    target = optional_text("The id of what it went into, replaced, or is cited in.")
    event = EventReference(allow_null=True)
    reason = text()
    fields = ChangedField(many=True)  # type: ignore[assignment]


class MirroredRecord(Shape):
    """A record and what it is now; null where it is not public (any more): drop it."""

    record_id = CharField()
    record = serializers.JSONField(
        allow_null=True,
        help_text="As its list shows it; an event also with `comparisons` and `explanation`, "
        "events and claims with their `key` in files, documents with `is_untitled`.",
    )


class FeedEntry(MirroredRecord):
    """An entry of the feed for mirrors: keep its record, or drop it where that is null."""

    cursor = CharField(help_text="Opaque; `since` takes it.")
    at = serializers.DateTimeField()
    kind = CharField(
        help_text="A code of the vocabulary `change_kind`, or `refreshed`: shown otherwise now, "
        "because of something else or for a reason that is not told."
    )
    record_kind = CharField(help_text="event, claim, citation (of the claim), source, document.")
    target_id = optional_text("The id of what it went into, replaced, or is cited in.")
    reason = text()
    fields = ChangedField(many=True)  # type: ignore[assignment]


class FeedPage(Shape):
    """Entries, oldest first. Without results there is nothing new: ask `next` again later."""

    results = FeedEntry(many=True)
    also = MirroredRecord(
        many=True, help_text="Other records that the entries bear on: kept or dropped alike."
    )
    next = serializers.URLField(help_text="Where to go on; always given.")
