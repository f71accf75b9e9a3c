"""What has to hold whatever was imported, edited and undone, as sentences about what does not.

Readers have three ways to know what is public: the lists, the log that tells what was done, and a
mirror that follows the feed. They agree, every record's history ends with what the record says,
and everything derived is as computed afresh.
"""

from collections.abc import Iterator

from django.test import Client

from claims.models import Change, Citation, Claim, Document, Event, Source
from claims.services import facets, search_words, tallies
from claims.services.integrity import problems
from tests.feeds.mirror import Mirror, live_claims_csv, live_lists

NAMED = (Event, Source, Document, Claim)
PUBLIC, GONE, NEVER = "public", "gone", "never public"
ANSWERS = {PUBLIC: (200,), GONE: (410, 301), NEVER: (404,)}
"""With what the address of a record answers."""


def faults(client: Client, mirror: Mirror) -> list[str]:
    """Return a sentence for everything that is not as it has to be; the mirror follows first."""
    mirror.follow(client)
    return [
        *problems(),
        *facets.differences(),
        *search_words.differences(),
        *tallies.differences(),
        *_log_faults(client),
        *_history_faults(),
        *_mirror_faults(client, mirror),
    ]


def _log_faults(client: Client) -> Iterator[str]:
    """Read the log as somebody does who has nothing else to go by."""
    told: dict[str, str] = {}
    for entry in Change.objects.told().exclude(record_kind="citation").order_by("pk"):
        before = told.get(entry.record_id, NEVER)
        wanted, after = _of_entry(entry, before)
        if before not in wanted:
            yield f"{entry.record_id} is told to be {entry.kind} while it was {before}."
        told[entry.record_id] = after
    for model in NAMED:
        for public_id, state in model._default_manager.values_list("public_id", "state"):
            if state == "submitted":
                continue  # a claim that waits for another review left the public without a word
            said = told.get(public_id, NEVER)
            if (said == PUBLIC) != (state == "published"):
                yield f"{public_id} is {state}, and told to be {said}."
            status = client.get(f"/api/v1/{model._meta.model_name}s/{public_id}/").status_code
            if status not in ANSWERS[said]:
                yield f"{public_id} is {state}, told to be {said}, and answers {status}."


def _of_entry(entry: Change, before: str) -> tuple[tuple[str, ...], str]:
    """Return what a record may have been before an entry, and what it is after."""
    if entry.kind in ("added", "revised"):
        return (NEVER, GONE), PUBLIC
    if entry.kind in ("withdrawn", "merged"):
        return (PUBLIC,), GONE
    if any(one["field"] == "state" for one in entry.fields):
        return (GONE,), PUBLIC
    return (PUBLIC,), before


def _history_faults() -> Iterator[str]:
    for model in (*NAMED, Citation):
        names = [field.attname for field in model._meta.concrete_fields]
        for record in model._default_manager.all():
            rows = list(record.history.order_by("history_id"))
            if [row.version for row in rows] != list(range(1, len(rows) + 1)):
                yield f"{model.__name__} {record.pk} has versions {[r.version for r in rows]}."
            elif any(getattr(rows[-1], name) != getattr(record, name) for name in names):
                yield f"The history of {model.__name__} {record.pk} ends with something else."
            elif model is Event and _parties(rows[-1]) != {p.pk for p in record.parties.all()}:
                yield f"The history of event {record.pk} ends with other parties."


def _parties(row: object) -> set[int]:
    return {one.party_id for one in row.parties.all()}


def _mirror_faults(client: Client, mirror: Mirror) -> Iterator[str]:
    mine, live = mirror.lists(), live_lists(client)
    for name, records in live.items():
        for key in sorted(records.keys() | mine[name].keys()):
            if records.get(key) != mine[name].get(key):
                yield f"{name} {key}: {mine[name].get(key)} in a mirror, {records.get(key)} here."
    header, lines = live_claims_csv(client)
    if mirror.claims_csv(header) != lines:
        yield "The export of claims is not that of a mirror."
