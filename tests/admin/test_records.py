"""Events, sources, documents and parties at the desk: entered, mended, withdrawn, made one."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from claims.models import Claim, Document, Event, Party, Source
from tests import factories
from tests.admin.posting import add_page, errors, opened, page, save

pytestmark = pytest.mark.django_db


def add(client, model, /, **fields):
    return save(client, add_page(model), opened(client, add_page(model)), **fields)


def told(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_event_when_entered_then_dates_names_countries_and_parties_kept(desk):
    russia, ukraine = factories.party(name="Russia"), factories.party(name="Ukraine")

    answer = add(
        desk("contributor"),
        "event",
        title="Battle",
        kind="battle",
        aliases="Битва\n\n Battle of the bridge ",
        date_start="2022-02",
        date_end="2022",
        countries="Ukraine\nru",
        parties=[russia.pk, ukraine.pk],
    )

    assert answer.status_code == 302, errors(answer)
    event = Event.objects.get()
    assert (event.state, event.aliases) == ("draft", ["Битва", "Battle of the bridge"])
    assert (event.date_start, event.date_start_precision) == (date(2022, 2, 1), "month")
    assert (event.date_end, event.date_end_precision) == (date(2022, 12, 31), "year")
    assert event.countries == ["UA", "RU"]
    assert set(event.parties.all()) == {russia, ukraine}


def test_event_when_ids_in_datasets_are_entered_then_kept_once_each(desk):
    client = desk("contributor")
    data = opened(client, add_page("event")) | {"title": "Makiivka", "kind": "strike"}

    save(client, add_page("event"), data, identifiers="ucdp-ged:412700\n\nucdp-ged:412700 \ngtd:1")

    assert Event.objects.get().identifiers == ["ucdp-ged:412700", "gtd:1"]


def test_event_when_an_id_has_no_dataset_then_refused_at_the_field(desk):
    client = desk("contributor")
    data = opened(client, add_page("event")) | {"title": "Makiivka", "kind": "strike"}

    answer = save(client, add_page("event"), data, identifiers="412700")

    assert "such as ucdp-ged:412700" in errors(answer)["identifiers"][0]


def test_event_when_country_is_unknown_then_refused_at_the_field(desk):
    answer = add(desk("editor"), "event", title="Battle", countries="Atlantis")

    assert errors(answer) == {
        "countries": ["“Atlantis” is no country by its English short name or two-letter code."]
    }


def test_event_when_it_ends_before_it_starts_then_refused_in_the_tables_words(desk):
    answer = add(
        desk("editor"), "event", title="Battle", date_start="2023-02-02", date_end="2023-02-01"
    )

    assert errors(answer)["__all__"] == ["The event must not end before it starts."]


def test_event_when_parent_would_close_a_circle_then_refused_at_the_field(desk):
    war = factories.event(title="War")
    battle = factories.event(title="Battle", parent=war)
    client = desk("editor")

    answer = save(client, page(war), opened(client, page(war)), parent=battle.pk)

    assert list(errors(answer)) == ["parent"]
    assert Event.objects.get(pk=war.pk).parent is None


def test_event_when_saved_unchanged_then_no_new_version(desk):
    event = factories.event(
        aliases=["One", "Two"],
        countries=["UA", "RU"],
        date_start=date(2023, 1, 1),
        date_start_precision="month",
        parties=[factories.party()],
    )
    client = desk("editor")

    save(client, page(event), opened(client, page(event)))

    assert Event.objects.get().version == event.version


def test_event_page_when_opened_then_claims_and_what_they_say_together(desk):
    event = factories.event()
    low = factories.claim(event=event, wording="89", claimant=factories.source(name="Moscow"))
    high = factories.claim(
        event=event,
        wording="about 400",
        claimant=factories.source(name="Kyiv"),
        claimed_on=date(2023, 1, 9),
    )
    draft = factories.claim(event=event, state="draft", wording="63")

    answer = desk("editor").get(page(event))

    assert {c.pk for c in answer.context["claims_of_event"]} == {low.pk, high.pk, draft.pk}
    (line,) = answer.context["comparison_lines"]
    assert (line.question, line.verdict) == ("People: killed", "contradictory")
    assert line.sentence == (
        "From 89 to 400 (2 claims, 2 claimants with a vote). Moscow (89) and Kyiv (350 to 450) "
        "cannot both be right: 89 at most against 350 at least, a factor of at least 3.93."
    )
    assert event.get_absolute_url() in answer.text


def test_event_page_when_one_or_three_claims_then_as_many_queries(desk, django_assert_num_queries):
    client = desk("editor")
    event = factories.event(parties=[factories.party()])
    for _ in range(2):
        factories.claim(event=event)
        with django_assert_num_queries(14):
            client.get(page(event))
        factories.claim(event=event)


def test_event_page_when_draft_then_no_way_to_a_public_page(desk):
    event = factories.event(state="draft")

    assert event.get_absolute_url() not in desk("editor").get(page(event)).text


def test_checked_when_button_is_pressed_then_noted_with_the_day(desk):
    event = factories.event()

    desk("editor").post(reverse("admin:claims_event_checked", args=[event.pk]))

    event.refresh_from_db()
    assert event.checked_on is not None


def test_checked_when_only_opened_then_nothing_is_written(desk):
    event = factories.event()

    desk("editor").get(reverse("admin:claims_event_checked", args=[event.pk]))

    event.refresh_from_db()
    assert event.checked_on is None


def test_document_page_when_it_carries_claims_then_listed_with_the_way_to_another(desk):
    claim = factories.claim()
    document = claim.citations.get().document

    answer = desk("contributor").get(page(document))

    assert [c.claim for c in answer.context["citations_of_document"]] == [claim]
    another = answer.context["open_moves"][0]
    assert another.label == "Another claim from this document"
    assert another.url == f"{add_page('claim')}?document={document.pk}&event={claim.event_id}"


def test_document_page_when_one_or_three_claims_then_as_many_queries(
    desk, django_assert_num_queries
):
    client, document = desk("editor"), factories.document()
    for _ in range(2):
        factories.claim(documents=[document])
        with django_assert_num_queries(11):
            client.get(page(document))
        factories.claim(documents=[document])


def test_document_when_entered_then_address_is_taken_as_https(desk):
    add(desk("contributor"), "document", title="Report", url="paper.example/1")

    assert Document.objects.get().url == "https://paper.example/1"


@pytest.mark.parametrize(
    ("role", "make", "allowed"),
    [
        pytest.param("contributor", factories.event, False, id="contributors: no public events"),
        pytest.param("contributor", factories.source, False, id="contributors: no public sources"),
        pytest.param("editor", factories.event, True, id="editors: public events"),
        pytest.param("editor", factories.document, True, id="editors: public documents"),
    ],
)
def test_public_record_when_opened_then_editable_by_role(desk, role, make, allowed):
    record = make(state="published")
    client = desk(role)

    assert client.get(page(record)).context["has_change_permission"] is allowed
    assert client.post(page(record), {}).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("name", ["event", "source", "document"])
def test_plain_record_when_published_and_withdrawn_by_a_chief_then_done_with_reason(desk, name):
    record = getattr(factories, name)(state="draft")
    client = desk("chief")

    for move, reason in (("publish", ""), ("withdraw", "Made up."), ("bring-back", "It was not.")):
        url = reverse(f"admin:claims_{name}_move", args=[move])
        record.refresh_from_db()
        answer = client.post(
            url, {"ids": record.pk, f"version-{record.pk}": record.version, "reason": reason}
        )
        assert answer.status_code == 302, move

    record.refresh_from_db()
    assert record.state == "published"
    assert record.version == 4


def test_source_when_public_claims_rest_on_it_then_withdrawal_is_refused_in_words(desk):
    claim = factories.claim()
    source = claim.claimant
    url = reverse("admin:claims_source_move", args=["withdraw"])

    answer = desk("chief").post(
        url, {"ids": source.pk, f"version-{source.pk}": source.version, "reason": "No"}
    )

    assert answer.status_code == 409
    assert "Public claims or documents rest on" in answer.text


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_party_when_not_a_chief_then_only_shown(desk, role):
    party = factories.party()
    client = desk(role)

    assert client.get(page(party)).context["has_change_permission"] is False
    assert client.get(add_page("party")).status_code == 403


def test_party_when_added_and_renamed_by_a_chief_then_there(desk):
    client = desk("chief")

    add(client, "party", name="Ruritania")
    party = Party.objects.get()
    save(client, page(party), opened(client, page(party)), name="Kingdom of Ruritania")

    party.refresh_from_db()
    assert (party.name, party.version) == ("Kingdom of Ruritania", 2)


def test_merge_when_chosen_then_preview_says_what_moves_and_nothing_is_done(desk):
    claim = factories.claim()
    gone, kept = claim.event, factories.event()

    answer = desk("chief").get(page(gone, "merge"), {"into": kept.pk})

    assert answer.context["moving"] == ["1 claim", "its parties and its names"]
    assert Claim.objects.get().event == gone


@pytest.mark.parametrize("name", ["event", "source", "document"])
def test_merge_when_a_reason_is_given_then_one_remains(desk, name):
    gone, kept = getattr(factories, name)(), getattr(factories, name)()
    url = page(gone, "merge")
    client = desk("chief")

    without = client.post(url, {"into": kept.pk, "reason": ""})
    answer = client.post(url, {"into": kept.pk, "reason": "The same."})

    gone.refresh_from_db()
    assert (without.status_code, answer.url) == (200, page(kept))
    assert (gone.state, gone.merged_into) == ("withdrawn", kept)
    assert client.get(page(gone)).status_code == 200


def test_merge_of_claims_when_chosen_then_citations_move(desk):
    kept = factories.claim()
    gone = factories.claim(event=kept.event, claimant=kept.claimant)

    desk("chief").post(page(gone, "merge"), {"into": kept.pk, "reason": "Entered twice."})

    assert (kept.citations.count(), gone.citations.count()) == (2, 0)


def test_merge_of_claims_when_of_another_claimant_then_not_a_choice(desk):
    gone, other = factories.claim(), factories.claim()

    answer = desk("chief").post(page(gone, "merge"), {"into": other.pk, "reason": "No."})

    assert "Choose another record that stands." in answer.text
    assert Claim.objects.get(pk=gone.pk).state == "published"


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_merge_when_not_a_chief_then_forbidden(desk, role):
    gone, kept = factories.event(), factories.event()

    answer = desk(role).post(page(gone, "merge"), {"into": kept.pk, "reason": "The same."})

    assert (answer.status_code, Event.objects.get(pk=gone.pk).state) == (403, "published")


def test_source_when_name_is_taken_then_refused_in_words(desk):
    factories.source(name="The Daily")

    answer = add(desk("editor"), "source", name="The Daily", kind="news_media")

    assert "There is already a source of this name." in str(errors(answer))
    assert Source.objects.count() == 1


def test_event_when_much_like_another_then_warned_with_a_link_and_saved(desk):
    other = factories.event(
        title="Makiivka barracks strike", date_start=date(2023, 1, 1), countries=["UA"]
    )
    factories.event(title="Earthquake in the north", countries=["UA"])

    answer = add(
        desk("editor"),
        "event",
        title="Strike on barracks, Makiivka",
        date_start="2023-01-01",
        countries="UA",
    )

    assert Event.objects.count() == 3
    assert "It may be there already" in told(answer)
    assert page(other) in told(answer)


def test_source_when_much_like_another_then_warned_with_a_link_and_saved(desk):
    other = factories.source(name="Ministry of Defence of Ruritania")

    answer = add(desk("editor"), "source", name="Ministry of Defense of Ruritania")

    assert Source.objects.count() == 2
    assert page(other) in told(answer)


def test_source_when_unlike_all_others_then_no_warning(desk):
    factories.source(name="Ministry of Defence of Ruritania")

    answer = add(desk("editor"), "source", name="The Daily")

    assert "It may be there already" not in told(answer)
