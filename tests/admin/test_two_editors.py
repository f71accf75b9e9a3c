"""Two editors open the same record; the second one to save is shown both versions."""

import pytest

from claims.models import Claim, Event, Party
from claims.services import claims as service
from tests import factories
from tests.admin.posting import errors, move, opened, page, save, shown_data, state

pytestmark = pytest.mark.django_db


def conflicts(answer):
    return [
        (c.label, c.opened, c.mine, c.theirs, c.taken)
        for c in answer.context["adminform"].form.conflicts
    ]


def again(answer):
    """Return what the browser would post from the form that came back."""
    data = shown_data(answer.context["adminform"].form)
    for inline in answer.context["inline_admin_formsets"]:
        data |= shown_data(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= shown_data(form)
    return data


def both_open(desk, record):
    """Return two editors' clients with the forms they have opened."""
    first, second = desk("editor"), desk("editor")
    return first, opened(first, page(record)), second, opened(second, page(record))


def test_second_save_when_both_changed_the_figure_then_refused_with_both_versions(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)

    save(first, page(claim), data_of_first, wording="about 350")
    answer = save(second, page(claim), data_of_second, wording="about 300")

    assert answer.status_code == 200
    assert "Nothing you typed is lost" in errors(answer)["__all__"][0]
    assert conflicts(answer) == [("Wording", "about 400", "about 300", "about 350", "")]
    assert Claim.objects.get(pk=claim.pk).wording == "about 350"


def test_second_save_when_refused_then_what_was_typed_is_still_in_the_form(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)

    save(first, page(claim), data_of_first, wording="about 350")
    answer = save(
        second, page(claim), data_of_second, wording="about 300", note="Ask.", reason="Misread."
    )

    kept = again(answer)
    assert (kept["wording"], kept["note"], kept["reason"]) == ("about 300", "Ask.", "Misread.")


def test_third_save_when_own_version_is_chosen_then_it_stands(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, wording="about 350")
    answer = save(second, page(claim), data_of_second, wording="about 300")

    save(second, page(claim), again(answer), **{"choose-wording": "mine"})

    claim.refresh_from_db()
    assert (claim.wording, claim.best, claim.version) == ("about 300", 300, 3)


def test_third_save_when_their_version_is_chosen_then_theirs_and_the_rest_of_mine(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, wording="about 350")
    answer = save(second, page(claim), data_of_second, wording="about 300", note="Ask them.")

    save(second, page(claim), again(answer), **{"choose-wording": "theirs"})

    claim.refresh_from_db()
    assert (claim.wording, claim.best, claim.note) == ("about 350", 350, "Ask them.")


def test_third_save_when_numbers_were_left_to_the_wording_then_they_follow_the_chosen_one(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, wording="at least 25")
    left = {"qualifier": None, "best": None}
    answer = save(second, page(claim), data_of_second, wording="about 300", **left)

    save(second, page(claim), again(answer), **{"choose-wording": "theirs"})

    assert conflicts(answer) == [("Wording", "about 400", "about 300", "at least 25", "")]
    claim.refresh_from_db()
    assert (claim.wording, claim.qualifier, claim.low, claim.best) == (
        "at least 25",
        "at_least",
        25,
        None,
    )


def test_second_save_when_they_changed_another_field_then_both_kept_after_a_look(desk):
    claim = factories.claim(state="draft")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, victims_wording="servicemen")

    answer = save(second, page(claim), data_of_second, note="Ask.")
    save(second, page(claim), again(answer))

    assert conflicts(answer) == [
        ("Victims, as worded", "empty", "empty", "servicemen", "theirs"),
        ("Note for editors", "empty", "Ask.", "empty", "mine"),
    ]
    claim.refresh_from_db()
    assert (claim.victims_wording, claim.note) == ("servicemen", "Ask.")


def test_third_save_when_somebody_saved_once_more_then_asked_again(desk):
    claim = factories.claim(state="draft", wording="about 400")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, wording="about 350")
    answer = save(second, page(claim), data_of_second, wording="about 300")
    save(first, page(claim), opened(first, page(claim)), wording="about 360")

    answer = save(second, page(claim), again(answer), **{"choose-wording": "mine"})

    assert conflicts(answer)[0] == ("Wording", "about 350", "about 300", "about 360", "")
    assert Claim.objects.get(pk=claim.pk).wording == "about 360"


def test_second_save_when_the_date_was_changed_by_both_then_shown_as_typed(desk):
    claim = factories.claim(state="draft")
    first, data_of_first, second, data_of_second = both_open(desk, claim)

    save(first, page(claim), data_of_first, claimed_on="2023-02")
    answer = save(second, page(claim), data_of_second, claimed_on="2023")

    assert conflicts(answer) == [("Claimed on", "2023-01-05", "2023", "2023-02", "")]


def test_second_save_when_claimant_was_changed_by_both_then_names_are_shown(desk):
    old, one, two = (factories.source(name=name) for name in ("Old", "One", "Two"))
    claim = factories.claim(state="draft", claimant=old)
    first, data_of_first, second, data_of_second = both_open(desk, claim)

    save(first, page(claim), data_of_first, claimant=one.pk)
    answer = save(second, page(claim), data_of_second, claimant=two.pk)

    assert conflicts(answer) == [("Claimant", "Old", "Two", "One", "")]


def test_save_when_the_form_says_no_version_then_refused_like_an_old_one(desk):
    claim = factories.claim(state="draft")
    client = desk("editor")

    answer = save(
        client, page(claim), opened(client, page(claim)), note="Ask.", expected_version=None
    )

    assert answer.status_code == 200
    assert Claim.objects.get(pk=claim.pk).note == ""


def test_second_save_when_a_citation_was_changed_by_both_then_shown_and_settled(desk):
    claim = factories.claim(state="draft")
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, **{"citations-0-wording": "dozens"})

    answer = save(second, page(claim), data_of_second, **{"citations-0-wording": "scores"})
    (form,) = answer.context["inline_admin_formsets"][0].formset.forms
    settled = save(second, page(claim), again(answer), **{"choose-citations-0-wording": "theirs"})

    assert [(c.label, c.opened, c.mine, c.theirs) for c in form.conflicts] == [
        ("Wording", "empty", "scores", "dozens")
    ]
    assert settled.status_code == 302
    assert claim.citations.get().wording == "dozens"


def test_second_save_when_the_citation_was_taken_back_meanwhile_then_said(desk):
    claim = factories.claim(state="draft", documents=[factories.document(), factories.document()])
    first, data_of_first, second, data_of_second = both_open(desk, claim)
    save(first, page(claim), data_of_first, **{"citations-0-withdraw": "on"})

    answer = save(second, page(claim), data_of_second, **{"citations-0-wording": "scores"})

    assert answer.status_code == 200
    assert claim.citations.filter(wording="scores").count() == 0


def test_second_save_when_saved_between_the_check_and_the_lock_then_refused_too(desk, monkeypatch):
    claim = factories.claim(state="draft", wording="about 400")
    client = desk("editor")
    data = opened(client, page(claim))
    real, calls = service.edit_claim, []

    def somebody_is_quicker(record, **asked):
        if not calls:
            calls.append(1)
            real(record, by=factories.user(), changes={"wording": "about 350"})
        return real(record, **asked)

    monkeypatch.setattr(service, "edit_claim", somebody_is_quicker)
    answer = save(client, page(claim), data, wording="about 300")

    # The quicker save took part in the transaction that was rolled back, so the form says only
    # that somebody was there first.
    assert answer.status_code == 200
    assert "Somebody else has changed this claim meanwhile" in errors(answer)["__all__"][0]


def test_event_when_both_changed_parties_and_title_then_shown_by_name(desk):
    red, blue, green = (factories.party(name=name) for name in ("Red", "Blue", "Green"))
    event = factories.event(title="Battle", parties=[red], state="draft")
    first, data_of_first, second, data_of_second = both_open(desk, event)

    save(first, page(event), data_of_first, parties=[red.pk, blue.pk])
    answer = save(second, page(event), data_of_second, parties=[red.pk, green.pk])
    save(second, page(event), again(answer), **{"choose-parties": "mine"})

    assert conflicts(answer) == [("Parties", "Red", "Green, Red", "Blue, Red", "")]
    assert set(Event.objects.get().parties.all()) == {red, green}


@pytest.mark.parametrize(
    ("make", "field"),
    [
        pytest.param(factories.source, "name", id="a source"),
        pytest.param(factories.document, "title", id="a document"),
    ],
)
def test_plain_record_when_both_changed_it_then_second_is_refused(desk, make, field):
    record = make(state="draft")
    first, data_of_first, second, data_of_second = both_open(desk, record)

    save(first, page(record), data_of_first, **{field: "The first"})
    answer = save(second, page(record), data_of_second, **{field: "The second"})

    assert conflicts(answer)[0][2:] == ("The second", "The first", "")
    record.refresh_from_db()
    assert getattr(record, field) == "The first"


def test_party_when_both_renamed_it_then_second_is_refused(desk):
    party = factories.party(name="Ruritania")
    first, second = desk("chief"), desk("chief")
    data_of_first, data_of_second = opened(first, page(party)), opened(second, page(party))

    save(first, page(party), data_of_first, name="Kingdom of Ruritania")
    answer = save(second, page(party), data_of_second, name="Ruritanian Republic")

    assert conflicts(answer) == [("Name", None, "Ruritanian Republic", "Kingdom of Ruritania", "")]
    assert Party.objects.get().name == "Kingdom of Ruritania"


def test_bulk_move_when_one_claim_changed_meanwhile_then_only_that_one_is_refused(desk):
    claims = [factories.claim(state="submitted") for _ in range(2)]
    seen = {f"version-{c.pk}": c.version for c in claims}
    service.edit_claim(claims[0], by=factories.user(), changes={"note": "Look again."})

    answer = move(desk("editor"), "publish", *claims, **seen)

    assert [state(c) for c in claims] == ["submitted", "published"]
    assert [one.record.pk for one in answer.context["asked"]] == [claims[0].pk]
