"""The desk's lists: what they show, how they narrow, how many queries they take."""

from datetime import date

import pytest
from django.urls import reverse

from claims.admin import lists
from tests import factories

pytestmark = pytest.mark.django_db


def listed(client, model, **asked):
    answer = client.get(reverse(f"admin:claims_{model}_changelist"), asked)
    assert answer.status_code == 200, answer.get("Location")
    return [row.pk for row in answer.context["cl"].result_list]


@pytest.mark.parametrize(
    ("model", "make", "queries"),
    [
        pytest.param("claim", factories.claim, 6, id="claims"),
        pytest.param("event", factories.event, 6, id="events"),
        pytest.param("document", factories.document, 6, id="documents"),
        pytest.param("source", factories.source, 6, id="sources"),
        pytest.param("party", factories.party, 6, id="parties"),
    ],
)
def test_list_when_one_or_three_rows_then_as_many_queries(
    desk, django_assert_num_queries, model, make, queries
):
    client = desk("editor")
    url = reverse(f"admin:claims_{model}_changelist")
    for _ in range(2):
        make()
        with django_assert_num_queries(queries):
            client.get(url)
        make()


def test_claims_when_listed_then_shown_as_worded(desk):
    russia = factories.party(name="Russia")
    factories.claim(
        wording="about 400",
        victims="combatants",
        victims_party=russia,
        claimant=factories.source(name="General Staff"),
        event=factories.event(title="Makiivka"),
        claimed_on=date(2023, 1, 31),
        claimed_on_precision="month",
        state="draft",
    )

    text = desk("editor").get(reverse("admin:claims_claim_changelist")).text

    for shown in (
        "about 400",
        "combatants of Russia: killed",
        "General Staff",
        "Makiivka",
        "January 2023",
        "draft",
    ):
        assert f">{shown}</" in text


def test_claims_when_narrowed_by_event_or_claimant_then_only_those(desk):
    wanted = factories.claim()
    factories.claim()
    client = desk("editor")

    assert listed(client, "claim", event=wanted.event_id) == [wanted.pk]
    assert listed(client, "claim", claimant=wanted.claimant_id) == [wanted.pk]


def test_claims_when_narrowed_by_country_then_those_of_its_events(desk):
    wanted = factories.claim(event=factories.event(countries=["UA", "RU"]))
    factories.claim(event=factories.event(countries=["SY"]))

    assert listed(desk("editor"), "claim", country="UA") == [wanted.pk]


def test_claims_when_narrowed_by_state_and_measure_then_those(desk):
    wanted = factories.claim(state="draft", measure="injured")
    factories.claim(state="draft")
    factories.claim(measure="injured")

    assert listed(desk("editor"), "claim", state="draft", measure="injured") == [wanted.pk]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({"claimed_on_from": "2023-01-04"}, [4, 5], id="from a day"),
        pytest.param({"claimed_on_to": "2023-01-04"}, [3, 4], id="to a day"),
        pytest.param({"claimed_on_from": "2023-02"}, [], id="from a month"),
        pytest.param({"claimed_on_to": "2023"}, [3, 4, 5], id="to the end of a year"),
        pytest.param(
            {"claimed_on_from": "2023-01-04", "claimed_on_to": "2023-01-04"}, [4], id="one day"
        ),
    ],
)
def test_claims_when_narrowed_by_date_then_those(desk, asked, expected):
    days = {factories.claim(claimed_on=date(2023, 1, day)).pk: day for day in (3, 4, 5)}

    assert sorted(days[pk] for pk in listed(desk("editor"), "claim", **asked)) == expected


def test_filter_when_the_date_is_none_then_said_at_the_field(desk):
    factories.claim()

    answer = desk("editor").get(
        reverse("admin:claims_claim_changelist"), {"claimed_on_from": "yesterday"}
    )

    assert "Expected a date such as 2023" in answer.text


@pytest.mark.parametrize("value", ["999", "x", "9" * 40])
def test_filter_when_there_is_no_such_event_then_empty(desk, value):
    factories.claim()

    assert listed(desk("editor"), "claim", event=value) == []


def test_filter_when_another_is_set_then_both_hold(desk):
    event = factories.event()
    wanted = factories.claim(event=event, state="draft")
    factories.claim(event=event)

    answer = desk("editor").get(
        reverse("admin:claims_claim_changelist"), {"event": event.pk, "state": "draft"}
    )

    assert [row.pk for row in answer.context["cl"].result_list] == [wanted.pk]
    assert f'<input type="hidden" name="event" value="{event.pk}">' in answer.text


@pytest.mark.parametrize(
    "words", ["Макіївка", "МАКІЇВКА", "макіїв", "Makiïvka", "barracks makii", "STRIKE"]
)
def test_events_when_searched_in_any_script_or_case_then_found(desk, words):
    event = factories.event(title="Makiivka barracks strike", aliases=["Макіївка"])
    factories.event(title="Belgorod", place="Belgorod")

    assert listed(desk("editor"), "event", q=words) == [event.pk]


@pytest.mark.parametrize("words", ["генеральний", "ШТАБ", "general staff"])
def test_sources_when_searched_then_found(desk, words):
    source = factories.source(name="General Staff", aliases=["Генеральний штаб"])

    assert listed(desk("editor"), "source", q=words) == [source.pk]


@pytest.mark.parametrize("words", ["ШТАБ", "втрати", "Daily", "paper.example"])
def test_documents_when_searched_then_found_by_title_address_or_publisher(desk, words):
    document = factories.document(
        title="Штаб: Втрати",
        publisher=factories.source(name="The Daily"),
        url="https://paper.example/1",
    )
    factories.document(title="Something else")

    assert listed(desk("editor"), "document", q=words) == [document.pk]


@pytest.mark.parametrize("words", ["makiivka", "daily", "makiivka daily"])
def test_claims_when_searched_then_found_by_event_and_claimant(desk, words):
    claim = factories.claim(
        event=factories.event(title="Makiivka"), claimant=factories.source(name="The Daily")
    )
    factories.claim(event=factories.event(place="Belgorod"))

    assert listed(desk("editor"), "claim", q=words) == [claim.pk]


def test_records_when_searched_by_public_id_then_found(desk):
    claim = factories.claim()
    factories.claim()

    assert listed(desk("editor"), "claim", q=claim.public_id) == [claim.pk]
    assert listed(desk("editor"), "event", q=claim.event.public_id) == [claim.event_id]


def test_list_when_more_rows_than_are_counted_then_said_so(desk, monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    for _ in range(3):
        factories.party()

    text = desk("editor").get(reverse("admin:claims_party_changelist")).text

    assert "search or filter to reach the rest" in text


def autocomplete(client, field, term, model="claim"):
    asked = {"app_label": "claims", "model_name": model, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), asked)


def test_autocomplete_when_letters_are_typed_then_told_apart_by_date(desk):
    wanted = factories.event(title="Shelling of the market", date_start=date(2023, 1, 2))
    factories.event(title="Shelling of the market", date_start=date(2024, 5, 6))

    answer = autocomplete(desk("contributor"), "event", "shelling mark").json()

    texts = {result["id"]: result["text"] for result in answer["results"]}
    assert texts[str(wanted.pk)] == "Shelling of the market, 2 January 2023"
    assert len(texts) == 2


def test_autocomplete_when_record_was_withdrawn_then_not_offered(desk):
    factories.source(name="Gone Agency", state="withdrawn")

    assert autocomplete(desk("editor"), "claimant", "gone").json()["results"] == []


@pytest.mark.parametrize(
    ("field", "model"),
    [
        ("event", "claim"),
        ("claimant", "claim"),
        ("victims_party", "claim"),
        ("revises", "claim"),
        ("document", "citation"),
    ],
)
def test_autocomplete_when_one_or_three_match_then_as_many_queries(
    desk, django_assert_num_queries, field, model
):
    client = desk("editor")
    for _ in range(2):
        factories.claim(victims_party=factories.party())
        with django_assert_num_queries(6):
            autocomplete(client, field, "", model)
        factories.claim(victims_party=factories.party())


def test_autocomplete_when_not_of_the_desk_then_refused(desk):
    assert autocomplete(desk(""), "event", "x").status_code == 403
