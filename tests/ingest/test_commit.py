"""What a file becomes in the database: made, changed, left alone; drafts or published."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.domain.public_ids import derived_public_id
from claims.ingest.pipeline import commit_batch
from claims.ingest.system_users import import_user
from claims.models import (
    Change,
    Citation,
    Claim,
    Comparison,
    Document,
    Event,
    Party,
    Source,
    Tally,
)
from claims.services import claims as claim_services
from claims.services import comparisons, documents, reviews, sources
from claims.services.refusals import NotAllowed, NotReviewed, Refused
from tests import factories
from tests.ingest.importing import changed, plan, put, refusals, totals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
HISTORIES = (Event, Source, Document, Claim, Citation)


def everything() -> list[object]:
    """All rows, histories and log entries, to prove that nothing moved."""
    return [
        *(list(model.objects.order_by("pk").values()) for model in (*HISTORIES, Party, Tally)),
        *(model.history.count() for model in HISTORIES),
        Change.objects.told().count(),
    ]


def test_new_file_makes_drafts_with_every_cell(csv_file: Write, editor: User) -> None:
    put(csv_file(row()), editor)

    claim = Claim.objects.get()
    event, document = claim.event, claim.citations.get().document
    assert (claim.state, claim.key, claim.claimant.name, claim.claimant.kind) == (
        "draft",
        "bridge/army",
        "Army of Ruritania",
        "military",
    )
    assert (claim.measure, claim.victims, claim.victims_wording, claim.victims_party.name) == (
        "killed",
        "combatants",
        "soldiers",
        "Graustark",
    )
    assert (claim.wording, claim.qualifier, claim.low, claim.best, claim.high) == (
        "about 400",
        "about",
        None,
        400,
        None,
    )
    assert (claim.claimed_on, claim.claimed_on_precision, claim.note, claim.count_basis) == (
        date(2023, 1, 2),
        "day",
        "Seen in print",
        "all_reported",
    )
    assert (event.title, event.aliases, event.kind, event.countries, event.latitude) == (
        "Strike on the bridge",
        ["Brücke", "Міст"],
        "strike",
        ["UA", "RU"],
        Decimal("48.0478"),
    )
    assert sorted(p.name for p in event.parties.all()) == ["Graustark", "Ruritania"]
    assert claim.claimant.speaks_for.name == "Ruritania"
    assert (document.title, document.publisher.name, document.url, document.language) == (
        "Army: about 400 killed",
        "The Daily",
        "https://daily.example/400",
        "en",
    )
    assert (document.published_on, document.published_on_precision) == (date(2023, 1, 31), "month")
    citation = claim.citations.get()
    assert (citation.wording, citation.quote) == ("about 400", "about 400 were killed")
    assert claim.history.latest().history_user == editor
    assert claim.history.latest().history_change_reason == "Imported from claims.csv"
    assert Change.objects.told().count() == 0
    assert comparisons.differences() == []


def test_second_commit_of_the_same_file_changes_nothing_at_all(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(
        row(),
        row(document="Four hundred dead", url="https://evening.example", wording="four hundred"),
        row(claim_key="bridge/army-2", revises="bridge/army", wording="410", qualifier="", best=""),
    )
    put(path, editor, publish=True, reviewed_by=reviewer)
    before = everything()

    again = plan(path, publish=True)
    assert (totals(again)["new"], totals(again)["changed"], totals(again)["refused"]) == (0, 0, 0)
    put(path, editor, publish=True, reviewed_by=reviewer)

    assert everything() == before


def test_dry_run_writes_nothing(csv_file: Write) -> None:
    factories.claim()
    before = everything()

    batch = plan(csv_file(row()), publish=True)

    assert totals(batch) == {"new": 6, "changed": 0, "same": 0, "refused": 0}
    assert {kind: counts["new"] for kind, counts in batch.counts.items()} == {
        "source": 2,
        "document": 1,
        "event": 1,
        "claim": 1,
        "citation": 1,
    }
    assert everything() == before


def test_published_import_is_reviewed_by_the_other_user(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)

    claim = Claim.objects.get()
    assert (claim.state, claim.created_by, claim.reviewed_by, claim.review_waived) == (
        "published",
        editor,
        reviewer,
        False,
    )
    assert Comparison.objects.get().claim_count == 1
    assert set(Change.objects.told().values_list("kind", "record_kind")) == {
        ("added", "claim"),
        ("added", "event"),
        ("added", "source"),
        ("added", "document"),
    }
    assert comparisons.differences() == []


def test_publishing_what_was_imported_as_draft_before_is_a_change(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(row())
    put(path, editor)

    batch = plan(path, publish=True)
    put(path, editor, publish=True, reviewed_by=reviewer)

    assert changed(batch) == [("claim", "bridge/army", ("state",))]
    assert Claim.objects.get().state == "published"


def test_import_reviewed_by_the_importer_is_refused(csv_file: Write, editor: User) -> None:
    with pytest.raises(NotReviewed, match="cannot import and review"):
        put(csv_file(row()), editor, publish=True, reviewed_by=editor)


def test_import_reviewed_by_a_contributor_is_refused(csv_file: Write, editor: User) -> None:
    with pytest.raises(NotAllowed, match="is not an editor"):
        put(
            csv_file(row()),
            editor,
            publish=True,
            reviewed_by=factories.user(role="contributor"),
        )


def test_waived_review_says_who_and_why(csv_file: Write, reviewer: User) -> None:
    put(
        csv_file(row()),
        import_user(),
        publish=True,
        reviewed_by=reviewer,
        waiver_reason="Checked by its makers",
    )

    claim = Claim.objects.get()
    assert (claim.review_waived, claim.waiver_reason, claim.reviewed_by) == (
        True,
        "Checked by its makers",
        reviewer,
    )


def test_rows_of_one_key_are_citations_of_one_claim(csv_file: Write, editor: User) -> None:
    put(
        csv_file(
            row(),
            row(wording="four hundred", document="Hundreds die", url="https://evening.example"),
        ),
        editor,
    )

    claim = Claim.objects.get()
    assert claim.wording == "about 400"
    assert [c.wording for c in claim.citations.order_by("id")] == ["about 400", "four hundred"]


def test_changed_figure_of_a_published_claim_waits_for_review_again(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    path = csv_file(row(wording="about 410", best="410"))

    batch = plan(path)
    put(path, editor)

    assert [(kind, fields) for kind, _, fields in changed(batch)] == [
        ("claim", ("wording", "best")),
        ("citation", ("wording",)),
    ]
    claim = Claim.objects.get()
    assert (claim.state, claim.best) == ("submitted", 410)
    assert Comparison.objects.count() == 0


def test_changed_figure_published_again_is_logged_as_corrected(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    Change.objects.all().delete()

    put(
        csv_file(row(wording="about 410", best="410")),
        editor,
        publish=True,
        reviewed_by=reviewer,
    )

    entry = Change.objects.told().get(kind="corrected", record_kind="claim")
    assert [(f["field"], f["before"], f["after"]) for f in entry.fields] == [
        ("wording", "about 400", "about 410"),
        ("best", 400, 410),
    ]
    assert Claim.objects.get().state == "published"
    assert comparisons.differences() == []


def test_revisions_and_parents_may_come_in_any_order(csv_file: Write, editor: User) -> None:
    put(
        csv_file(
            row(claim_key="new", revises="old", wording="89", qualifier="exactly", best="89"),
            row(claim_key="old", wording="63", qualifier="exactly", best="63", parent=""),
            row(
                claim_key="war/1",
                event_key="war",
                event="War",
                event_aliases="",
                event_end="",
            ),
            row(claim_key="third", parent="war", wording="9", qualifier="", best=""),
        ),
        editor,
    )

    assert Claim.objects.get(key="new").revises.key == "old"
    assert Event.objects.get(key="bridge").parent.key == "war"


def test_revises_and_parent_may_be_in_the_database_already(csv_file: Write, editor: User) -> None:
    put(csv_file(row(), row(claim_key="war/1", event_key="war", event="War")), editor)

    put(csv_file(row(claim_key="later", revises="bridge/army", parent="war")), editor)

    assert Claim.objects.get(key="later").revises.key == "bridge/army"
    assert Event.objects.get(key="bridge").parent.key == "war"


def test_via_is_found_by_title_or_address(csv_file: Write, editor: User) -> None:
    put(
        csv_file(
            row(claim_key="a", via="Wire"),
            row(claim_key="b", document="Wire", url="https://wire.example", via=""),
            row(claim_key="c", via="https://wire.example"),
        ),
        editor,
    )

    wire = Document.objects.get(title="Wire")
    assert [Citation.objects.get(claim__key=key).via for key in "abc"] == [wire, None, wire]


def test_source_is_known_by_another_name_and_spelling(csv_file: Write, editor: User) -> None:
    known = factories.source(name="Ruritanian Army", aliases=["ARMY  of Ruritania"])

    put(csv_file(row()), editor)

    assert Claim.objects.get().claimant == known
    assert Source.objects.filter(name="Army of Ruritania").count() == 0


def test_publisher_has_the_kind_that_a_row_tells_of_it(csv_file: Write, editor: User) -> None:
    other = {"claim_key": "b", "document": "Leaflet", "publisher": "Army of Ruritania", "url": ""}
    put(csv_file(row(), row(**other), row(claim_key="c", publisher_kind="news_media")), editor)
    assert dict(Source.objects.values_list("name", "kind")) == {
        "Army of Ruritania": "military",
        "The Daily": "news_media",
    }

    path = csv_file(row(publisher_kind="ngo"))
    batch = put(path, editor)

    assert changed(batch) == [("source", "The Daily", ("kind",))]
    assert Source.objects.get(name="The Daily").kind == "ngo"


def test_unknown_kind_of_a_publisher_is_refused_with_those_there_are(csv_file: Write) -> None:
    batch = plan(csv_file(row(publisher_kind="paper")))

    ((number, column, reason),) = refusals(batch)
    assert (number, column) == (2, "publisher_kind")
    assert "paper" in reason
    assert "news_media" in reason


@pytest.mark.parametrize("is_first", [True, False])
def test_victims_party_spelt_like_the_parties_of_an_event_is_one_of_its_own(
    csv_file: Write, editor: User, *, is_first: bool
) -> None:
    both = "Ruritania | Graustark"
    rows = [row(parties=both, victims_party=""), row(parties="", victims_party=both)]

    put(csv_file(*(rows if is_first else reversed(rows))), editor)

    parties = Event.objects.get().parties.order_by("name")
    assert [party.name for party in parties] == ["Graustark", "Ruritania"]
    assert Claim.objects.get().victims_party == Party.objects.get(name=both)


def test_document_without_an_address_is_known_by_title_publisher_and_date(
    csv_file: Write, editor: User
) -> None:
    put(csv_file(row(url="")), editor)
    put(csv_file(row(url="", claim_key="second", publisher="THE DAILY")), editor)

    assert Document.objects.count() == 1
    assert Document.objects.get().citations.count() == 2


def test_merged_records_receive_what_is_imported(csv_file: Write, editor: User) -> None:
    put(csv_file(row()), editor)
    chief = factories.user(role="chief")
    source = Source.objects.get(name="Army of Ruritania")
    kept_source = factories.source(name="The Army", state="draft")
    sources.merge_sources(source, into=kept_source, by=chief, reason="Same body")
    document = Document.objects.get()
    kept_document = factories.document(state="draft")
    documents.merge_documents(document, into=kept_document, by=chief, reason="Same page")

    put(csv_file(row(claim_key="second", wording="7", qualifier="", best="")), editor)

    second = Claim.objects.get(key="second")
    assert second.claimant == kept_source
    assert second.citations.get().document == kept_document


def test_withdrawn_claim_is_left_alone(csv_file: Write, editor: User, reviewer: User) -> None:
    path = csv_file(row())
    put(path, editor, publish=True, reviewed_by=reviewer)
    reviews.withdraw_claim(
        Claim.objects.get(), by=factories.user(role="chief"), reason="Never said"
    )
    before = everything()

    result = put(path, editor, publish=True, reviewed_by=reviewer)

    assert [s["remark"] for s in result.samples["same"] if s["kind"] == "claim"] == [
        "withdrawn or merged here; left alone"
    ]
    assert everything() == before


def test_what_editors_added_since_is_kept(csv_file: Write, editor: User) -> None:
    path = csv_file(row(note="", credibility=""))
    put(path, editor)
    claim = Claim.objects.get()
    claim_services.edit_claim(claim, by=editor, changes={"credibility": "probable", "note": "Mine"})

    put(path, editor)

    claim.refresh_from_db()
    assert (claim.credibility, claim.note) == ("probable", "Mine")


def test_addresses_follow_from_the_keys(csv_file: Write, editor: User) -> None:
    put(csv_file(row()), editor)

    assert Event.objects.get().public_id == derived_public_id("event", "bridge")
    assert Claim.objects.get().public_id == derived_public_id("claim", "bridge/army")
    assert Document.objects.get().public_id == derived_public_id(
        "document", "url", "https://daily.example/400"
    )


def test_address_that_another_record_has_gives_a_random_one(csv_file: Write, editor: User) -> None:
    factories.event(public_id=derived_public_id("event", "bridge"))

    put(csv_file(row()), editor)

    assert Event.objects.get(key="bridge").public_id != derived_public_id("event", "bridge")


def test_missing_columns_are_fine_and_give_lasting_keys(csv_file: Write, editor: User) -> None:
    path = csv_file(
        {
            "event": "Strike",
            "event_start": "2023",
            "claimant": "Army",
            "measure": "killed",
            "wording": "at least 25",
            "document": "Report",
        }
    )
    put(path, editor)
    before = everything()

    put(path, editor)

    claim = Claim.objects.get()
    assert (claim.low, claim.event.key, claim.victims) == (25, "strike-2023", "people")
    assert claim.event.date_start == date(2023, 1, 1)
    assert everything() == before


@pytest.mark.parametrize(
    ("cells", "expected", "reason"),
    [
        pytest.param(
            {"wording": "hundreds", "qualifier": "", "best": ""},
            ("order", 200, None, 999),
            "",
            id="words alone bring their numbers",
        ),
        pytest.param(
            {"wording": "", "qualifier": "", "best": "7"},
            ("exactly", None, 7, None),
            "",
            id="a number alone is meant as it stands",
        ),
        pytest.param(
            {"wording": "a great many", "qualifier": "at_least", "best": "", "low": "1,000"},
            ("at_least", 1000, None, None),
            "as given in the imported file",
            id="words nobody can read by table, with a figure given",
        ),
        pytest.param(
            {"wording": "about 400", "qualifier": "exactly", "best": "400"},
            ("exactly", None, 400, None),
            "as given in the imported file",
            id="a figure given whole stands over its words, and says so",
        ),
        pytest.param(
            {
                "wording": "between 8,000 and 194,000",
                "qualifier": "between",
                "low": "8000",
                "best": "98000",
                "high": "194000",
            },
            ("between", 8000, 98000, 194000),
            "",
            id="a range with the source's own best within",
        ),
        pytest.param(
            {"wording": "an unknown number", "qualifier": "unknown", "best": ""},
            ("unknown", None, None, None),
            "",
            id="stated to be unknown",
        ),
    ],
)
def test_figure_of_a_row(
    csv_file: Write, editor: User, cells: dict, expected: tuple, reason: str
) -> None:
    put(csv_file(row(**cells)), editor)

    claim = Claim.objects.get()
    assert (claim.qualifier, claim.low, claim.best, claim.high) == expected
    assert claim.mismatch_reason == reason


def test_import_by_somebody_without_a_role_is_refused(csv_file: Write) -> None:
    with pytest.raises(NotAllowed):
        put(csv_file(row()), factories.user(role=""))


def test_import_by_a_contributor_may_not_change_what_is_public(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)

    with pytest.raises(Refused, match="ask an editor"):
        put(
            csv_file(row(event="Another title")),
            factories.user(role="contributor"),
        )


def test_plan_with_refusals_is_not_committed(csv_file: Write, editor: User) -> None:
    path = csv_file(row(measure="slain"))
    batch = plan(path)

    with pytest.raises(Refused, match="Nothing was written, since 1 cells were refused: row 2"):
        commit_batch(batch, path, by=editor)

    assert Event.objects.count() == 0


def test_published_claim_without_a_document_is_refused(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(row(document="", publisher="", url="", quote="", published_on="", language=""))

    batch = plan(path, publish=True)

    assert refusals(batch) == [(2, "document", "A public claim needs a document that carries it.")]


@pytest.mark.parametrize("reason", ["Checked by its makers", "  "])
def test_waiver_needs_words_and_an_editor_who_answers_for_it(csv_file: Write, reason: str) -> None:
    contributor = factories.user(role="contributor")

    with pytest.raises((NotAllowed, NotReviewed)):
        put(
            csv_file(row()),
            contributor,
            publish=True,
            reviewed_by=contributor,
            waiver_reason=reason,
        )

    assert Claim.objects.count() == 0


def test_document_for_a_public_claim_by_a_contributor_is_refused(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    relay = csv_file(row(document="Relay", url="https://relay.example", publisher=""))

    batch = plan(relay, by=factories.user(role="contributor"))

    assert refusals(batch) == [
        (2, "document", "The claim is public; only an editor may add a document to it.")
    ]
