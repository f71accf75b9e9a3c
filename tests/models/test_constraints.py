"""Each rule of a table, tried straight at the database, past every form and service."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from claims.models import (
    Candidate,
    Citation,
    Claim,
    Comparison,
    Document,
    Event,
    EventCountry,
    ImportBatch,
    ImportEdit,
    KeptAnswer,
    Party,
    Source,
    SourceWord,
    StoredText,
    Tally,
)
from tests import factories
from tests.factories.users import author

pytestmark = pytest.mark.django_db

Make = Callable[[], Any]


def event(**columns: object) -> Event:
    return Event.objects.create(**{"title": "Strike"} | columns)


def source(**columns: object) -> Source:
    return Source.objects.create(**{"name": f"Ministry {Source.objects.count()}"} | columns)


def document(**columns: object) -> Document:
    return Document.objects.create(**{"title": "Report"} | columns)


def claim(**columns: object) -> Claim:
    given = {"measure": "killed", "qualifier": "exactly", "best": 5} | columns
    given.setdefault("event", None)
    given["event"] = given["event"] or event()
    given.setdefault("claimant_id", source().pk)
    return Claim.objects.create(**given)


def citation(**columns: object) -> Citation:
    given = {"claim": None, "document": None} | columns
    given["claim"] = given["claim"] or claim()
    given["document"] = given["document"] or document()
    return Citation.objects.create(**given)


def stored_text(**columns: object) -> StoredText:
    number = StoredText.objects.count()
    given = {"text": "63 were killed.", "sha256": f"{number}", "origin": "pasted"} | columns
    return StoredText.objects.create(document=document(), stored_by=author(), **given)


def candidate(**columns: object) -> Candidate:
    spans = {
        f"{name}_{end}": at
        for name in ("figure", "wording", "sentence")
        for end, at in (("start", 0), ("end", 2))
    }
    given = {"measure": "killed", "qualifier": "exactly", "best": 63, "extractor_version": "1"}
    given |= spans | columns
    given.setdefault("stored_text_id", stored_text().pk)
    return Candidate.objects.create(**given)


def read_twice() -> None:
    candidate(stored_text_id=candidate().stored_text_id)


def comparison(**columns: object) -> Comparison:
    counts = {"claim_count": 1, "claimant_count": 1, "citation_count": 1, "verdict": "single"}
    return Comparison.objects.create(
        **{"measure": "killed", "victims": "people"} | counts | columns
    )


def itself(make: Callable[..., Any], column: str) -> None:
    row = make()
    type(row).objects.filter(pk=row.pk).update(**{column: row.pk})


def twice(make: Make) -> None:
    make()
    make()


def answered_twice() -> None:
    person = factories.user()
    twice(lambda: KeptAnswer.objects.create(user=person, key="a"))


def revised_twice() -> None:
    earlier = claim()
    reviewer = factories.user()
    for _ in range(2):
        claim(revises=earlier, state="published", reviewed_by=reviewer)


def reviewed_by_its_author() -> None:
    author = factories.user()
    claim(state="published", created_by=author, reviewed_by=author)


def cited_twice() -> None:
    one = citation(wording="63", locator="p. 1")
    citation(claim=one.claim, document=one.document, wording="63", locator="p. 1")


def got_from_itself() -> None:
    one = document()
    citation(document=one, via=one)


def compared_twice(party: bool) -> None:
    one = event()
    side = Party.objects.create(name="Ruritania") if party else None
    twice(lambda: comparison(event=one, victims_party=side))


def merged(make: Callable[..., Any]) -> None:
    make(merged_into=make(), state="published")


BROKEN: dict[str, tuple[Make, ...]] = {
    "claim_numbers_in_order": (
        lambda: claim(low=9, best=5),
        lambda: claim(best=5, high=3),
        lambda: claim(qualifier="between", low=9, high=3, best=None),
    ),
    "claim_numbers_not_negative": (
        lambda: claim(best=-1),
        lambda: claim(qualifier="at_least", low=-1, best=None),
        lambda: claim(qualifier="at_most", high=-1, best=None),
    ),
    "claim_has_a_figure_or_is_unknown": (
        lambda: claim(best=None),
        lambda: claim(qualifier="unknown", best=5),
    ),
    "claim_period_end_not_before_start": (
        lambda: claim(period_start=date(2023, 1, 2), period_end=date(2023, 1, 1)),
    ),
    "claim_published_is_reviewed": (lambda: claim(state="published"), reviewed_by_its_author),
    "claim_waiver_says_why_and_who": (
        lambda: claim(review_waived=True, reviewed_by=factories.user()),
        lambda: claim(review_waived=True, waiver_reason="Import"),
    ),
    "claim_does_not_revise_itself": (lambda: itself(claim, "revises"),),
    "claim_is_revised_once": (revised_twice,),
    "claim_merged_is_withdrawn": (
        lambda: merged(lambda **c: claim(**{"reviewed_by": factories.user()} | c)),
    ),
    "citation_once_per_place": (cited_twice,),
    "citation_not_via_itself": (got_from_itself,),
    "kept_answer_once_per_key": (answered_twice,),
    "stored_text_is_not_empty": (lambda: stored_text(text=""),),
    "stored_text_is_kept_once": (lambda: twice(lambda: stored_text(sha256="same")),),
    "candidate_offsets_in_order": (
        lambda: candidate(figure_end=0),
        lambda: candidate(wording_start=1),
        lambda: candidate(sentence_end=1),
    ),
    "candidate_decided_says_who_and_when": (
        lambda: candidate(state="rejected", decided_at=timezone.now()),
        lambda: candidate(state="rejected", decided_by=factories.user()),
        lambda: candidate(decided_by=factories.user(), decided_at=timezone.now()),
    ),
    "candidate_taken_has_its_claim": (
        lambda: candidate(state="accepted", decided_at=timezone.now(), decided_by=factories.user()),
        lambda: candidate(
            state="merged",
            decided_at=timezone.now(),
            decided_by=factories.user(),
            claim=claim(),
        ),
    ),
    "candidate_once_per_figure_and_measure": (read_twice,),
    "document_can_be_found": (lambda: document(title=""),),
    "document_address_is_taken_once": (lambda: twice(lambda: document(url="https://a.example")),),
    "document_merged_is_withdrawn": (lambda: merged(document),),
    "event_has_a_title": (lambda: event(title=""),),
    "event_end_not_before_start": (
        lambda: event(date_start=date(2023, 1, 2), date_end=date(2023, 1, 1)),
    ),
    "event_coordinates_are_a_pair_on_earth": (
        lambda: event(latitude="48"),
        lambda: event(longitude="37"),
        lambda: event(latitude="90.1", longitude="37"),
        lambda: event(latitude="48", longitude="-180.1"),
    ),
    "event_is_not_its_own_parent": (lambda: itself(event, "parent"),),
    "event_merged_is_withdrawn": (lambda: merged(event),),
    "event_country_once": (
        lambda: twice(lambda: EventCountry.objects.create(event=one_event(), code="UA")),
    ),
    "source_has_a_name": (lambda: source(name=""),),
    "source_name_is_taken_once": (lambda: twice(lambda: source(name="Ministry")),),
    "source_merged_is_withdrawn": (lambda: merged(source),),
    "source_word_once": (
        lambda: twice(lambda: SourceWord.objects.create(source=one_source(), word="ministry")),
    ),
    "party_has_a_name": (lambda: Party.objects.create(name=""),),
    "comparison_once_per_question": (lambda: compared_twice(party=True),),
    "comparison_once_per_question_of_any_party": (lambda: compared_twice(party=False),),
    "import_batch_second_person_is_another": (lambda: agreed_with_oneself(),),
    "import_batch_undone_says_why": (lambda: batch(state="undone"),),
    "import_edit_once_per_record": (
        lambda: twice(
            lambda: ImportEdit.objects.create(
                batch=one_batch(), record_kind="claim", record_id=1, version_before=1
            )
        ),
    ),
    "tally_not_negative": (lambda: Tally.objects.create(name="claim", value=-1),),
}


def one_event() -> Event:
    return Event.objects.first() or event()


def batch(**columns: object) -> ImportBatch:
    return ImportBatch.objects.create(**{"dataset": "claims-csv", "file_name": "a.csv"} | columns)


def one_batch() -> ImportBatch:
    return ImportBatch.objects.first() or batch()


def agreed_with_oneself() -> ImportBatch:
    person = author()
    return batch(by=person, agreed_by=person)


def one_source() -> Source:
    return Source.objects.first() or source()


def constraint_of(name: str) -> models.BaseConstraint:
    tables = (Claim, Citation, Document, Event, Source, Party, Comparison, Tally, StoredText)
    every = [
        c
        for m in (
            *tables,
            EventCountry,
            SourceWord,
            Candidate,
            ImportBatch,
            ImportEdit,
            KeptAnswer,
        )
        for c in m._meta.constraints
    ]
    return next(c for c in every if c.name == name)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param(name, make, id=f"{name} {number}")
        for name, makes in BROKEN.items()
        for number, make in enumerate(makes, 1)
    ],
)
def test_row_that_breaks_a_rule_is_refused_by_the_database(name: str, make: Make) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()

    is_unique = isinstance(constraint_of(name), models.UniqueConstraint)
    if is_unique and connection.vendor == "sqlite":  # which names the columns only
        assert "UNIQUE constraint failed" in str(refused.value)
    else:
        assert name in str(refused.value)


def test_every_named_rule_of_every_table_is_tried() -> None:
    named = {
        rule.name
        for model in apps.get_app_config("claims").get_models()
        for rule in model._meta.constraints
    }

    assert named == set(BROKEN)


def test_every_rule_of_an_edited_table_speaks_to_people() -> None:
    silent = [
        rule.name
        for model in (Claim, Citation, Document, Event, Source, Party, StoredText, Candidate)
        for rule in model._meta.constraints
        if rule.violation_error_message == rule.default_violation_error_message
    ]

    assert silent == []


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: claim(low=9, best=5, disordered=True), id="printed out of order"),
        pytest.param(lambda: claim(qualifier="unknown", best=None), id="stated to be unknown"),
        pytest.param(
            lambda: claim(
                state="published",
                review_waived=True,
                waiver_reason="Import",
                reviewed_by=factories.user(),
            ),
            id="review waived with a reason",
        ),
        pytest.param(
            lambda: twice(lambda: document(url="https://a.example", state="withdrawn")),
            id="address of a withdrawn document",
        ),
        pytest.param(lambda: claim(best=3_000_000_000), id="more than 32 bits"),
    ],
)
def test_row_that_breaks_no_rule_is_taken(make: Make) -> None:
    make()
