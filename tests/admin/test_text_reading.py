"""The reading page: plain forms, nothing typed lost, a fixed number of queries."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Citation, Claim, Event, Source, StoredText
from claims.services.candidates import accept_candidate, reject_candidate
from claims.services.documents import edit_document
from claims.services.intake import choose_event
from claims.services.sources import withdraw_source
from tests import factories
from tests.admin.posting import shown_data
from tests.factories import read

pytestmark = pytest.mark.django_db

TEXT = (
    "A strike hit Makiivka.\n\nMoscow said 63 soldiers were killed. Kyiv said about 400 died.\n\n"
    "More than 100 were wounded."
)
QUERIES = 18


@pytest.fixture
def event():
    return factories.event(title="Makiivka strike")


@pytest.fixture
def kyiv():
    return factories.source(name="Kyiv")


@pytest.fixture
def stored():
    """A text about an event with three figures: of Moscow, of Kyiv, and its own."""
    return text_with(
        read(TEXT, "63", claimant="Moscow", victims_wording="soldiers"),
        read(TEXT, "about 400", claimant="Kyiv"),
        read(TEXT, "More than 100", measure="injured"),
    )


def text_with(*found, **fields):
    stored = factories.stored_text(f"{TEXT} {StoredText.objects.count()}", **fields)
    factories.candidates(stored, *found)
    return stored


def page(stored):
    return reverse("admin:intake_reading", args=[stored.pk])


def about(stored, event):
    return choose_event(StoredText.objects.get(pk=stored.pk), by=factories.user(), event=event)


def card(answer, candidate):
    return next(c for c in answer.context["cards"] if c.candidate == candidate)


def figure(stored, wording):
    return stored.candidates.get(wording=wording)


def decide(client, candidate, decision, **changes):
    """Post the form of a figure as the page shows it, with some of it changed."""
    stored = candidate.stored_text
    shown = card(client.get(page(stored)), candidate)
    data = shown_data(shown.form) | {"version": shown.candidate.version}
    data |= {"into": shown.shown.match.pk} if shown.shown.match else {}
    data = {name: value for name, value in (data | changes).items() if value is not None}
    url = reverse("admin:intake_decide", args=[stored.pk, candidate.pk])
    return client.post(url, data | {"decision": decision})


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def state(candidate):
    candidate.refresh_from_db()
    return candidate.state


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_for_one_figure_as_for_three(desk, event, kyiv, number):
    client = desk("contributor")
    wordings = ["63", "about 400", "More than 100"][:number]
    stored = text_with(*(read(TEXT, w, claimant="Kyiv", victims_party="Russian") for w in wordings))
    factories.party(name="Russia")
    about(stored, event)

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page(stored))

    assert len(answer.context["cards"]) == number
    assert len(captured) == QUERIES


def test_page_shows_figures_marked_and_as_forms_in_reading_order(desk, stored, kyiv):
    answer = desk("contributor").get(page(stored))

    html = answer.content.decode()
    assert [c.candidate.wording for c in answer.context["cards"]] == [
        "63", "about 400", "More than 100",
    ]  # fmt: skip
    for candidate in stored.candidates.all():
        assert html.count(f'id="mark-{candidate.pk}"') == 1
        assert html.count(f'href="#mark-{candidate.pk}"') == 1
        assert html.count(f'id="candidate-{candidate.pk}"') == 1
    assert "0 of 3 decided" in html
    assert '<mark class="figure-mark measure-injured" dir="auto">More than 100</mark>' in html
    assert card(answer, figure(stored, "about 400")).form["claimant"].value() == str(kyiv.pk)


def test_figure_when_accepted_then_drafted_and_on_to_the_next(desk, stored, event, kyiv):
    about(stored, event)

    answer = decide(desk("contributor"), figure(stored, "about 400"), "accept")

    claim = Claim.objects.get()
    following = figure(stored, "More than 100")
    assert (claim.event, claim.claimant, claim.wording, claim.state) == (
        event, kyiv, "about 400", "draft",
    )  # fmt: skip
    assert state(figure(stored, "about 400")) == "accepted"
    assert answer.url == f"{page(stored)}#candidate-{following.pk}"
    assert told(answer) == ["Drafted: Kyiv: about 400 killed."]


def test_party_when_suggested_and_left_then_chosen_and_nothing_mended(desk, event, kyiv):
    russia = factories.party(name="Russia")
    stored = text_with(read(TEXT, "63", claimant="Kyiv", victims_wording="Russian soldiers"))
    about(stored, event)

    decide(desk("contributor"), figure(stored, "63"), "accept")

    accepted = figure(stored, "63")
    assert (Claim.objects.get().victims_party, accepted.state) == (russia, "accepted")
    assert accepted.mended_fields == {}


def test_figure_when_changed_then_mended_with_what_was_changed(desk, stored, event):
    about(stored, event)

    decide(
        desk("contributor"),
        figure(stored, "63"),
        "accept",
        wording="at least 63",
        victims="combatants",
        claimed_on="2023-01",
        area="Makiivka",
    )

    claim, mended = Claim.objects.get(), figure(stored, "63")
    assert (claim.qualifier, claim.low, claim.best, claim.area) == (
        "at_least",
        63,
        None,
        "Makiivka",
    )
    assert (claim.claimed_on, claim.claimed_on_precision) == (date(2023, 1, 31), "month")
    assert mended.state == "mended"
    assert mended.mended_fields == {
        "wording": ["63", "at least 63"],
        "victims": ["people", "combatants"],
        "claimed_on": ["2023-01-04", "2023-01-31"],
    }
    assert (claim.claimant.name, claim.claimant.kind) == ("Moscow", "other")


@pytest.mark.parametrize(
    ("name", "is_new"),
    [
        pytest.param("MINISTRY of Truth", False, id="there under that name"),
        pytest.param("The mayor", True, id="somebody new"),
    ],
)
def test_claimant_when_named_then_found_or_made(desk, stored, event, name, is_new):
    ministry = factories.source(name="Ministry of Truth")
    about(stored, event)

    decide(
        desk("contributor"),
        figure(stored, "63"),
        "accept",
        claimant=None,
        claimant_name=name,
        claimant_kind="government",
    )

    claimant = Claim.objects.get().claimant
    assert (claimant == ministry) is not is_new
    assert (claimant.kind, claimant.state) == ("government", "draft" if is_new else "published")


def test_claimant_when_new_but_like_one_that_is_there_then_said(desk, stored, event):
    factories.source(name="Ministry of Defence of Ukraine")
    about(stored, event)

    answer = decide(
        desk("contributor"),
        figure(stored, "63"),
        "accept",
        claimant=None,
        claimant_name="Ukraine Ministry of Defence",
    )

    drafted, warned = told(answer)
    assert drafted == "Drafted: Ukraine Ministry of Defence: 63 killed."
    assert warned == (
        "“Ukraine Ministry of Defence” is new, but may be there already: Ministry of Defence of "
        "Ukraine. If so, undo and choose it."
    )


def test_claimant_when_words_fit_two_sources_then_asked_and_nobody_new_made(desk, event):
    ministries = [factories.source(name=f"Ministry of Defence of {name}") for name in ("A", "B")]
    stored = text_with(read(TEXT, "63", claimant="the ministry"))
    about(stored, event)
    client = desk("contributor")

    shown = card(client.get(page(stored)), figure(stored, "63"))
    answer = decide(client, figure(stored, "63"), "accept")

    assert (shown.shown.claimant, shown.shown.claimants[:2]) == (None, ministries)
    assert (answer.status_code, Claim.objects.count()) == (400, 0)
    assert list(card(answer, figure(stored, "63")).form.errors) == ["claimant"]


def test_own_voice_of_the_text_is_its_publishers(desk, stored, event):
    about(stored, event)

    decide(desk("contributor"), figure(stored, "More than 100"), "accept")

    assert Claim.objects.get().claimant == stored.document.publisher


def test_figure_when_no_event_is_chosen_then_asked_and_nothing_lost(desk, stored, kyiv):
    answer = decide(desk("contributor"), figure(stored, "about 400"), "accept", area="The town")

    form = card(answer, figure(stored, "about 400")).form
    assert answer.status_code == 400
    assert form.errors == {
        "event": ["Choose the event first: for the whole text at the top, or here."]
    }
    assert form["area"].value() == "The town"
    assert Claim.objects.count() == 0


def test_figure_when_the_service_refuses_then_said_in_its_form(desk, stored, event, kyiv):
    about(stored, event)

    answer = decide(desk("contributor"), figure(stored, "about 400"), "accept", best="500")

    refused = card(answer, figure(stored, "about 400"))
    assert answer.status_code == 409
    assert refused.refusal.startswith("“about 400” reads as about (best 400), but the figure is")
    assert (refused.form["best"].value(), refused.is_mending) == ("500", True)
    assert state(figure(stored, "about 400")) == "open"


def test_wording_when_nobody_can_read_it_then_said_at_the_field(desk, stored, event, kyiv):
    about(stored, event)

    answer = decide(desk("contributor"), figure(stored, "about 400"), "accept", wording="a lot")

    errors = card(answer, figure(stored, "about 400")).form.errors
    assert (answer.status_code, list(errors)) == (400, ["wording"])
    assert errors["wording"][0].startswith('A person has to read "a lot"')


def test_figure_when_rejected_then_reason_kept(desk, stored):
    candidate = figure(stored, "63")

    answer = decide(desk("contributor"), candidate, "reject", why="The old toll.")

    assert (state(candidate), candidate.reason) == ("rejected", "The old toll.")
    assert answer.url == f"{page(stored)}#candidate-{figure(stored, 'about 400').pk}"


def test_rejection_when_somebody_decided_meanwhile_then_refused_with_its_reason(desk, stored):
    candidate = figure(stored, "63")
    reject_candidate(candidate, by=factories.user(username="connie"), reason="A date.")
    url = reverse("admin:intake_decide", args=[stored.pk, candidate.pk])

    answer = desk("editor").post(url, {"decision": "reject", "version": 1, "why": "The old toll."})

    shown = card(answer, candidate)
    assert answer.status_code == 409
    assert shown.refusal.startswith("connie has decided about this figure meanwhile")
    assert (shown.why, shown.form.is_bound) == ("The old toll.", False)
    candidate.refresh_from_db()
    assert candidate.reason == "A date."


def test_reason_of_a_rejection_belongs_to_the_form_that_rejects(desk, stored):
    candidate = figure(stored, "63")

    html = desk("contributor").get(page(stored)).content.decode()

    assert html.count(f'form="reject-{candidate.pk}"') == 2
    assert html.count(f'id="reject-{candidate.pk}"') == 1


def test_figure_when_it_says_what_a_claim_says_then_added_as_citation(desk, stored, event, kyiv):
    claim = factories.claim(event=event, claimant=kyiv, wording="about 400")
    about(stored, event)
    candidate = figure(stored, "about 400")
    client = desk("editor")

    shown = card(client.get(page(stored)), candidate).shown.match
    decide(client, candidate, "merge", quote="Kyiv said about 400.")

    citation = Citation.objects.get(document=stored.document)
    assert (shown, citation.claim, citation.quote) == (claim, claim, "Kyiv said about 400.")
    assert (state(candidate), Claim.objects.count()) == ("merged", 1)


def test_citation_when_something_is_changed_that_it_cannot_keep_then_refused_and_kept_in_sight(
    desk, stored, event, kyiv
):
    factories.claim(event=event, claimant=kyiv, wording="about 400")
    about(stored, event)
    candidate = figure(stored, "about 400")

    answer = decide(desk("editor"), candidate, "merge", claimed_on="2023-01-03")

    assert "not what you changed: Claimed on." in answer.content.decode()
    assert 'value="2023-01-03"' in answer.content.decode()
    assert (state(candidate), Citation.objects.filter(document=stored.document).count()) == (
        "open",
        0,
    )


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [
        pytest.param("editor", True, id="editors may cite public claims"),
        pytest.param("contributor", False, id="contributors leave it to an editor"),
    ],
)
def test_same_statement_is_offered_to_whoever_may_add_the_citation(
    desk, stored, event, kyiv, role, is_offered
):
    factories.claim(event=event, claimant=kyiv, wording="about 400")
    about(stored, event)

    html = desk(role).get(page(stored)).content.decode()

    assert html.count("Same statement as") == 1
    assert ('value="merge"' in html) is is_offered
    assert ("leave the figure open for one" in html) is not is_offered


def test_decision_when_undone_then_open_and_shown_again(desk, stored):
    candidate = reject_candidate(figure(stored, "63"), by=factories.user())

    answer = decide(desk("contributor"), candidate, "reopen")

    assert state(candidate) == "open"
    assert answer.url == f"{page(stored)}#candidate-{candidate.pk}"


def test_figure_when_another_editor_decided_meanwhile_then_nothing_typed_is_lost(
    desk, stored, event, kyiv
):
    about(stored, event)
    candidate, connie = figure(stored, "about 400"), factories.user(username="connie")
    client = desk("editor")
    data = shown_data(card(client.get(page(stored)), candidate).form) | {"version": 1}
    reject_candidate(candidate, by=connie)

    answer = client.post(
        reverse("admin:intake_decide", args=[stored.pk, candidate.pk]),
        data | {"decision": "accept", "area": "The town"},
    )

    shown = card(answer, candidate)
    assert answer.status_code == 409
    assert shown.refusal.startswith("connie has decided about this figure meanwhile: rejected.")
    assert ("Area, if not the event’s", "The town") in shown.form.entered
    assert "What you had changed, not saved" in answer.content.decode()
    assert (state(candidate), Claim.objects.count()) == ("rejected", 0)


def test_figure_when_read_again_meanwhile_then_refused_and_form_kept(desk, stored, event, kyiv):
    about(stored, event)
    candidate = figure(stored, "about 400")
    client = desk("editor")
    data = shown_data(card(client.get(page(stored)), candidate).form)
    better = read(TEXT, "about 400", claimant="Kyiv", victims="combatants")
    factories.candidates(stored, better)

    answer = client.post(
        reverse("admin:intake_decide", args=[stored.pk, candidate.pk]),
        data | {"decision": "accept", "version": 1, "area": "The town"},
    )

    shown = card(answer, candidate)
    assert answer.status_code == 409
    assert shown.refusal.startswith("Somebody else has changed this figure read in a text")
    assert shown.form["area"].value() == "The town"
    assert f'name="version" value="{shown.candidate.version}"' in answer.content.decode()


def test_drafts_when_submitted_then_wait_for_review(desk, stored, event, kyiv):
    connie = factories.user(role="contributor")
    claim = accept_candidate(figure(stored, "about 400"), by=connie, event=event, claimant=kyiv)
    client = desk(connie)

    shown = client.get(page(stored))
    answer = client.post(reverse("admin:intake_submit", args=[stored.pk]))

    claim.refresh_from_db()
    assert "Ask for review of 1 draft<" in shown.content.decode()
    assert (claim.state, told(answer)) == (
        "submitted", ["Waiting for review: Kyiv: about 400 killed."],
    )  # fmt: skip


def test_event_when_chosen_then_the_default_of_every_figure(desk, stored, event):
    client = desk("contributor")
    version = stored.version + 1  # its reading was recorded since

    client.post(
        reverse("admin:intake_event", args=[stored.pk]), {"event": event.pk, "version": version}
    )

    cards = client.get(page(stored)).context["cards"]
    assert [c.form["event"].value() for c in cards] == [str(event.pk)] * 3


def test_event_when_new_then_made_and_chosen(desk, stored):
    desk("contributor").post(
        reverse("admin:intake_event", args=[stored.pk]),
        {
            "title": "Chulakivka shelling",
            "kind": "shelling",
            "date_start": "2023-01",
            "place": "Chulakivka",
            "countries": "Ukraine",
        },
    )

    stored.refresh_from_db()
    made = Event.objects.get()
    assert stored.event == made
    assert (made.title, made.kind, made.state, made.place, made.countries) == (
        "Chulakivka shelling", "shelling", "draft", "Chulakivka", ["UA"],
    )  # fmt: skip
    assert (made.date_start, made.date_start_precision) == (date(2023, 1, 1), "month")


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        pytest.param({}, 400, "Choose an event, or give a new one a title.", id="nothing"),
        pytest.param({"event": "999999"}, 400, None, id="an event that is not there"),
        pytest.param(
            {"title": "A strike", "version": "1"}, 409, "Somebody else has changed", id="stale"
        ),
    ],
)
def test_event_when_it_cannot_be_chosen_then_said(desk, stored, data, status, said):
    answer = desk("contributor").post(reverse("admin:intake_event", args=[stored.pk]), data)

    errors = answer.context["event_form"].non_field_errors()
    assert answer.status_code == status
    assert said is None or errors[0].startswith(said)
    stored.refresh_from_db()
    assert (stored.event, Event.objects.count()) == (None, 0)


def test_event_is_found_by_words_and_offered_everywhere(desk, stored):
    found = factories.event(title="Chulakivka shelling", date_start=date(2020, 1, 1))

    answer = desk("contributor").get(page(stored), {"event": "chulak"})

    offered = card(answer, figure(stored, "63")).form.fields["event"].choices
    assert answer.context["searched"] == [found]
    assert (str(found.pk), "Chulakivka shelling") in offered


def test_event_when_looked_for_by_more_words_than_any_name_has_then_by_the_first(desk, stored):
    factories.event(title="Chulakivka shelling")

    answer = desk("contributor").get(page(stored), {"event": " ".join(map(str, range(2000)))})

    assert (answer.status_code, answer.context["searched"]) == (200, [])


def test_record_when_withdrawn_meanwhile_then_asked_for_another(desk, stored, event, kyiv):
    about(stored, event)
    client = desk("editor")
    candidate = figure(stored, "about 400")
    shown = card(client.get(page(stored)), candidate)
    data = shown_data(shown.form) | {"version": 1, "decision": "accept"}
    withdraw_source(kyiv, by=factories.user(role="chief"), reason="Nobody.")

    answer = client.post(reverse("admin:intake_decide", args=[stored.pk, candidate.pk]), data)

    assert card(answer, candidate).form.errors["claimant"] == [
        "This record is not there any more. Choose another one."
    ]
    assert Source.objects.filter(name="Kyiv").count() == 1


def test_text_without_figures_says_so_and_offers_a_claim_by_hand(desk):
    stored = text_with()

    html = desk("contributor").get(page(stored)).content.decode()

    assert "No casualty figure was found in this text." in html
    assert f'{reverse("admin:claims_claim_add")}?document={stored.document_id}"' in html


def test_text_when_never_read_then_read_by_a_button(desk):
    stored = factories.stored_text("Officials said at least 63 people were killed.")
    client = desk("contributor")

    before = client.get(page(stored)).content.decode()
    client.post(reverse("admin:intake_again", args=[stored.pk]))

    assert "Nobody has had this text read yet." in before
    assert list(stored.candidates.values_list("wording", "measure", "state")) == [
        ("at least 63", "killed", "open")
    ]


def test_text_when_read_in_the_wrong_language_then_read_again_by_a_button(desk):
    stored = factories.stored_text("Officials said at least 63 people were killed.", language="ru")
    client, again = desk("editor"), reverse("admin:intake_again", args=[stored.pk])
    client.post(again)

    html = client.get(page(stored)).content.decode()
    edit_document(stored.document, by=factories.user(), changes={"language": "en"})
    client.post(again)

    assert "No casualty figure was found in this text." in html
    assert "Read as <code>ru</code>, “on Friday” reckoned from 5 January 2023." in html
    assert html.count(f'action="{again}"') == 1
    assert list(stored.candidates.values_list("wording", flat=True)) == ["at least 63"]


def test_many_figures_come_page_by_page(desk):
    text = " ".join(f"{number} died." for number in range(1, 31))
    stored = factories.stored_text(text)
    factories.candidates(
        stored, *(read(text, f"{n}", start=text.index(f"{n} died")) for n in range(1, 31))
    )
    client = desk("contributor")
    last_of_page = stored.candidates.get(best=25)

    second = client.get(page(stored), {"page": "2"})
    answer = decide(client, last_of_page, "reject")

    assert [c.candidate.best for c in second.context["cards"]] == list(range(26, 31))
    assert "Page 2 of 2" in second.content.decode()
    assert answer.url == f"{page(stored)}?page=2#candidate-{stored.candidates.get(best=26).pk}"


@pytest.mark.parametrize(
    ("name", "is_found"),
    [("admin:intake_reading", 404), ("admin:intake_decide", 404), ("admin:intake_submit", 404)],
)
def test_address_of_no_text_is_not_found(desk, name, is_found):
    args = [999] if name != "admin:intake_decide" else [999, 1]

    assert desk("editor").get(reverse(name, args=args)).status_code == is_found


def test_texts_are_listed_with_what_is_still_to_decide(desk, stored):
    decided = text_with(read(TEXT, "63"), title="All decided")
    reject_candidate(decided.candidates.get(), by=factories.user())
    client = desk("contributor")

    waiting = client.get(reverse("admin:intake_texts"))
    every = client.get(reverse("admin:intake_texts"), {"show": "all"})

    assert [kept.stored for kept in waiting.context["page"].texts] == [stored]
    assert [kept.stored for kept in every.context["page"].texts] == [decided, stored]
    assert "0 of 3" in waiting.content.decode()
    assert desk("").get(reverse("admin:intake_texts")).status_code == 403


@pytest.mark.parametrize("name", ["reading", "event", "decide", "submit", "again"])
def test_reading_is_for_the_desk_only(desk, client, stored, name):
    args = [stored.pk] if name != "decide" else [stored.pk, figure(stored, "63").pk]
    url = reverse(f"admin:intake_{name}", args=args)

    assert client.get(url).status_code == 302
    assert desk("").post(url, {"decision": "reject"}).status_code == 403
    assert state(figure(stored, "63")) == "open"
