"""The editors' numbers: what people made of what a machine read."""

import pytest
from django.urls import reverse

from claims.models import Candidate
from claims.queries.extraction_numbers import extraction_numbers
from claims.services.candidates import accept_candidate, merge_candidate, reject_candidate
from claims.services.readings import record_reading
from tests import factories

pytestmark = pytest.mark.django_db

URL = "admin:intake_numbers"
QUERIES = 9


def read_figure(*rules, language="en", measure="killed"):
    """Return one open figure, read by some rules in a text of a language."""
    stored = factories.stored_text()
    found = factories.read(stored.text, "at least 400", rules=rules, measure=measure)
    reading = factories.reading(found, language=language)
    record_reading(stored, reading=reading, by=factories.user(role="editor"))
    return Candidate.objects.get(stored_text=stored)


def decide(candidate, how):
    """Let an editor decide about a figure."""
    editor, about = factories.user(role="editor"), {
        "event": factories.event(), "claimant": factories.source(),
    }  # fmt: skip
    match how:
        case "accept":
            accept_candidate(candidate, by=editor, **about)
        case "mend":
            accept_candidate(candidate, by=editor, **about, changes={"wording": "about 400"})
        case "reject":
            reject_candidate(candidate, by=editor, reason="A troop strength.")
        case "merge":
            same = factories.claim(state="draft", measure=candidate.measure)
            merge_candidate(candidate, into=same, by=editor)
    return candidate


def counts(fates):
    return [(f.name, {state: n for state, n in f.counts.items() if n}) for f in fates]


def test_numbers_when_decided_in_each_way_then_counted_by_rule_language_and_measure():
    decide(read_figure("number", "verb"), "accept")
    decide(read_figure("number", "noun", language="uk"), "mend")
    decide(read_figure("number", "noun"), "reject")
    decide(read_figure("number", measure="injured"), "merge")
    read_figure("number")

    found = extraction_numbers()

    assert counts(found.by_rule) == [
        ("number", {"accepted": 1, "mended": 1, "rejected": 1, "merged": 1, "open": 1}),
        ("noun", {"mended": 1, "rejected": 1}),
        ("verb", {"accepted": 1}),
    ]
    assert counts(found.by_language) == [
        ("en", {"accepted": 1, "rejected": 1, "merged": 1, "open": 1}),
        ("uk", {"mended": 1}),
    ]
    assert counts(found.by_measure) == [
        ("killed", {"accepted": 1, "mended": 1, "rejected": 1, "open": 1}),
        ("injured", {"merged": 1}),
    ]
    assert counts(found.by_version) == [
        ("1", {"accepted": 1, "mended": 1, "rejected": 1, "merged": 1, "open": 1})
    ]
    assert (found.whole.total, found.whole.decided) == (5, 4)
    assert [found.whole.share(state) for state in ("accepted", "mended", "rejected")] == [25] * 3


def test_numbers_when_mended_then_the_fields_are_counted():
    decide(read_figure("number"), "mend")
    decide(read_figure("number"), "mend")
    decide(read_figure("number"), "accept")

    found = dict(extraction_numbers().mended_fields)

    assert found["wording"] == 2


def test_examples_when_more_than_three_then_the_latest_three_that_went_wrong():
    wrong = [decide(read_figure("number"), "reject") for _ in range(4)]
    decide(read_figure("number"), "accept")

    (rule,) = extraction_numbers().by_rule

    assert [c.pk for c in rule.examples] == [c.pk for c in reversed(wrong[1:])]


def test_numbers_when_nothing_was_read_then_empty():
    found = extraction_numbers()

    assert (found.whole.total, found.whole.share("accepted"), found.by_rule) == (0, None, [])


def test_page_when_nobody_has_decided_then_says_so_and_where_to_begin(desk):
    read_figure("number")

    answer = desk().get(reverse(URL))

    assert "Nobody has decided about a figure yet; 1 waits to be." in answer.text
    assert reverse("admin:intake_new") in answer.text


def test_page_when_opened_then_numbers_shares_and_examples(desk):
    wrong = decide(read_figure("number", "noun <b>"), "reject")
    decide(read_figure("number"), "accept")
    read_figure("number")

    answer = desk("contributor").get(reverse(URL))

    assert "about 2 figures" in " ".join(answer.text.split())
    rows = {row.name: row for row in answer.context["tables"][0]["rows"]}
    assert rows["number"].cells == [(1, 50), (0, 0), (0, 0), (1, 50)]
    assert (rows["number"].decided, rows["number"].open) == (2, 1)
    assert "noun &lt;b&gt;" in answer.text
    link = reverse("admin:intake_reading", args=[wrong.stored_text_id])
    assert f'href="{link}#candidate-{wrong.pk}"' in answer.text


@pytest.mark.parametrize("figures", [1, 3])
def test_page_when_there_are_more_figures_then_no_more_queries(
    desk, django_assert_num_queries, figures
):
    for number in range(figures):
        decide(read_figure("number", f"rule {number}"), "reject")
        decide(read_figure("number", language=("en", "uk", "ru")[number]), "mend")
    client = desk()

    with django_assert_num_queries(QUERIES):
        client.get(reverse(URL))


def test_page_when_nobody_is_logged_in_then_asked_to(client):
    assert client.get(reverse(URL)).status_code == 302
