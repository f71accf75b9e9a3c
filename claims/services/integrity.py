"""Whether the rules across rows still hold: what no single constraint can say.

The services keep these rules under a lock; this looks at the whole table and says where somebody
went round them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import F, Q
from django.db.models.functions import Length

from claims.domain.intake import WITH_CLAIM, fingerprint
from claims.models import (
    Candidate,
    Citation,
    Claim,
    Document,
    Event,
    ImportBatch,
    Source,
    StoredText,
)
from claims.services import comparisons


def problems() -> list[str]:
    """Return a sentence for every rule that some rows break."""
    return [
        *_circles("event", "part of", dict(_pairs(Event, "parent"))),
        *_circles("claim", "a revision of", dict(_pairs(Claim, "revises"))),
        *_wrong_revisions(),
        *_claims_without_documents(),
        *_resting_on_what_is_not_public(),
        *_merged_in_two_steps(),
        *_from_unwritten_imports(),
        *_texts_changed(),
        *_candidates_beyond_their_text(),
        *_candidates_of_other_claims(),
        *comparisons.differences(),
    ]


def _pairs(model: type[Event | Claim], field: str) -> Iterator[tuple[int, int]]:
    found = model._default_manager.filter(**{f"{field}__isnull": False}).order_by("pk")
    yield from found.values_list("pk", field)


def _circles(what: str, relation: str, above: Mapping[int, int]) -> Iterator[str]:
    """Walk up from every row, each step once in all."""
    settled: set[int] = set()
    for start in above:
        path: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = above.get(here)
        if here in path:
            yield f"The {what} {here} is {relation} itself by way of others."
        settled.update(path)


def _wrong_revisions() -> Iterator[str]:
    same = Q(
        revises__claimant=F("claimant"),
        revises__event=F("event"),
        revises__measure=F("measure"),
        revises__victims=F("victims"),
    ) & (
        Q(revises__victims_party=F("victims_party"))
        | Q(revises__victims_party__isnull=True, victims_party__isnull=True)
    )
    wrong = (
        Claim.objects.exclude(state__in=("withdrawn", "rejected"))
        .filter(revises__isnull=False)
        .exclude(pk__in=Claim.objects.filter(same).values("pk"))
    )
    for public_id in wrong.order_by("pk").values_list("public_id", flat=True):
        yield f"The claim {public_id} revises one of another claimant, event or question."


def _claims_without_documents() -> Iterator[str]:
    carried = Citation.objects.published().filter(document__state="published").values("claim")
    bare = Claim.objects.published().exclude(pk__in=carried)
    for public_id in bare.order_by("pk").values_list("public_id", flat=True):
        yield f"The public claim {public_id} has no public document that carries it."


def _resting_on_what_is_not_public() -> Iterator[str]:
    public = Claim.objects.published().order_by("pk")
    for path in ("event", "claimant"):
        hidden = public.exclude(**{f"{path}__state": "published"})
        for public_id in hidden.values_list("public_id", flat=True):
            yield f"The {path} of public claim {public_id} is not public."
    documents = Document.objects.published().filter(publisher__isnull=False)
    for public_id in documents.exclude(publisher__state="published").values_list(
        "public_id", flat=True
    ):
        yield f"The publisher of public document {public_id} is not public."


def _merged_in_two_steps() -> Iterator[str]:
    for model in (Event, Source, Document, Claim):
        twice = model._default_manager.filter(merged_into__merged_into__isnull=False)
        for public_id in twice.order_by("pk").values_list("public_id", flat=True):
            yield f"{public_id} was merged into a record that was itself merged elsewhere."


def _from_unwritten_imports() -> Iterator[str]:
    """An import is written whole or not at all."""
    unwritten = ImportBatch.objects.filter(committed_at__isnull=True)
    for model in (Event, Source, Document, Claim, Citation):
        found = model._default_manager.filter(import_batch__in=unwritten).order_by("pk")
        for key in found.values_list("pk", flat=True):
            yield f"The {model._meta.verbose_name} {key} comes from an import that was not written."


def _texts_changed() -> Iterator[str]:
    """Offsets of what was read hold only while a text is what it was."""
    texts = StoredText.objects.order_by("pk").values_list("pk", "text", "sha256")
    for key, text, sha256 in texts.iterator(chunk_size=50):
        if fingerprint(text) != sha256:
            yield f"The kept text {key} is not the one whose SHA-256 was kept."


def _candidates_beyond_their_text() -> Iterator[str]:
    beyond = Candidate.objects.alias(length=Length("stored_text__text")).filter(
        sentence_end__gt=F("length")
    )
    for key in beyond.order_by("pk").values_list("pk", flat=True):
        yield f"The figure {key} read in a text points beyond its end."


def _candidates_of_other_claims() -> Iterator[str]:
    taken = Candidate.objects.filter(state__in=WITH_CLAIM)
    wrong = taken.exclude(citation__document=F("stored_text__document"))
    for key in wrong.order_by("pk").values_list("pk", flat=True):
        yield f"The figure {key} read in a text is cited from another document."
