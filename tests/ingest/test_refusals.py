"""What a file may not say: every refusal names row, column and reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Event
from tests import factories
from tests.ingest.importing import plan, put, totals
from tests.ingest.importing import refusals as refused
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]


def refusals(path: Path) -> list[tuple[int, str, str]]:
    batch = plan(path)
    assert Event.objects.count() == 0
    return refused(batch)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"measure": "kiled"}, "measure", "Did you mean “killed”?"),
        ({"measure": ""}, "measure", "say what happened"),
        ({"claimant": ""}, "claimant", "say who claims"),
        ({"event": "", "event_key": ""}, "event_key", "name the event by key or title"),
        ({"event": ""}, "event", "cannot be blank"),
        ({"best": "4oo"}, "best", "whole number such as 400 or 1,200, got “4oo”"),
        ({"best": "-4"}, "best", "Expected a whole number"),
        ({"best": "12.5"}, "best", "Expected a whole number"),
        ({"best": "1" * 5000}, "best", "Expected at most 99,999,999,999 people"),
        ({"country": "UA | XX"}, "country", "“XX” is no ISO 3166-1 code"),
        ({"latitude": "48°N"}, "latitude", "Expected decimal degrees"),
        ({"latitude": "99"}, "event", "Give both latitude (-90 to 90)"),
        ({"longitude": ""}, "event", "Give both latitude"),
        ({"is_compilation": "maybe"}, "is_compilation", "Expected yes or no"),
        ({"claimed_on": "3/4/2023"}, "claimed_on", "Expected a date such as"),
        ({"claimed_on": "2023-02-30"}, "claimed_on", "There is no such day"),
        ({"claimed_on": "spring 2023"}, "claimed_on", "Expected a date such as"),
        ({"claimed_on": "13 months 2023"}, "claimed_on", "Expected a date such as"),
        ({"event_end": "2022"}, "event", "must not end before it starts"),
        ({"period_start": "2023", "period_end": "2022"}, "claim_key", "must not end before"),
        (
            {"url": "not an address"},
            "url",
            "https://example.org/page, got “not an address”",
        ),
        ({"language": "a long language"}, "language", "at most 8 characters"),
        ({"event": "x" * 300}, "event", "at most 250 characters"),
        ({"wording": "lots", "qualifier": "", "best": ""}, "wording", "A person has to read"),
        ({"wording": "89", "qualifier": "", "best": "90"}, "wording", "the row says something"),
        ({"wording": "89", "qualifier": "about", "best": ""}, "wording", "the row says something"),
        ({"wording": "", "qualifier": "", "best": ""}, "qualifier", "No figure"),
        (
            {"qualifier": "between", "low": "9", "high": "3", "best": ""},
            "wording",
            "Expected low <= best <= high, got 9, none, 3",
        ),
        ({"victims_party": "x" * 201}, "victims_party", "at most 200 characters"),
        ({"parties": "Ruritania | " + "x" * 201}, "parties", "at most 200 characters"),
        ({"revises": "nothing"}, "revises", "There is no claim with the key “nothing”"),
        ({"parent": "nowhere"}, "parent", "There is no event with the key “nowhere”"),
        ({"parent": "bridge"}, "parent", "would be part of itself"),
        ({"revises": "bridge/army"}, "revises", "would revise itself"),
        ({"via": "No such page"}, "via", "There is no document with the title"),
        ({"via": "Army: about 400 killed"}, "document", "cannot have got a claim from itself"),
        ({"document": "", "publisher": "", "url": ""}, "quote", "No document"),
    ],
)
def test_cell_that_cannot_be_taken_is_refused(
    csv_file: Write, cells: dict[str, str], column: str, reason: str
) -> None:
    found = refusals(csv_file(row(**cells)))

    assert [(row_number, its_column) for row_number, its_column, _ in found] == [(2, column)]
    assert reason in found[0][2]


@pytest.mark.parametrize(
    ("cells", "column", "whose"),
    [
        ({"best": "410"}, "best", "the claim bridge/army"),
        ({"measure": "injured"}, "measure", "the claim bridge/army"),
        ({"claimant": "Navy"}, "claimant", "the claim bridge/army"),
        ({"event": "Another strike"}, "event", "the event bridge"),
        ({"claimant_kind": "ngo"}, "claimant_kind", "the claimant Army of Ruritania"),
        ({"document": "Another title"}, "document", "the document"),
        ({"quote": "other words"}, "quote", "this citation"),
    ],
)
def test_row_that_contradicts_an_earlier_one_is_refused(
    csv_file: Write, cells: dict[str, str], column: str, whose: str
) -> None:
    found = refusals(csv_file(row(), row(**cells)))

    assert [(number, its_column) for number, its_column, _ in found] == [(3, column)]
    assert "in row 2" in found[0][2]
    assert whose in found[0][2]


def test_claim_key_of_another_event_is_refused(csv_file: Write) -> None:
    found = refusals(csv_file(row(), row(event_key="other", event="Other")))

    assert found == [(3, "event_key", "The claim bridge/army belongs to bridge already.")]


def test_events_in_a_circle_are_refused(csv_file: Write) -> None:
    found = refusals(
        csv_file(
            row(claim_key="a", event_key="a", parent="b"),
            row(claim_key="b", event_key="b", parent="a"),
        )
    )

    assert {(number, column) for number, column, _ in found} == {(2, "parent"), (3, "parent")}


def test_revision_of_another_claimants_claim_is_refused(csv_file: Write) -> None:
    found = refusals(
        csv_file(
            row(),
            row(claim_key="navy", claimant="Navy", revises="bridge/army"),
        )
    )

    sentence = (
        "A claim revises only an earlier claim of the same claimant on the same question; "
        "“navy” and the earlier bridge/army differ in claimant (“Navy” here, “Army of "
        "Ruritania” there). Let it revise none: leave `revises` empty or, in a dataset that "
        "comes in releases, give the claim a key of its own. If “Navy” is another name of "
        "“Army of Ruritania”, add it to the other names of that source at the desk and import "
        "the file again."
    )
    assert found == [(3, "claim_key", sentence)]


def test_revision_on_another_question_says_both_questions(csv_file: Write) -> None:
    other = {"claim_key": "other", "revises": "bridge/army", "victims_party": ""}

    ((_, _, said),) = refusals(csv_file(row(), row(measure="injured", **other)))

    assert (
        "“other” and the earlier bridge/army differ in measure (“injured” here, “killed” there) "
        "and victims party (“none” here, “Graustark” there)."
    ) in said


def test_second_public_revision_of_one_claim_is_refused_and_says_which_is_the_first(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    later = [row(claim_key=key, revises="bridge/army", url="") for key in ("first", "second")]
    two = plan(csv_file(row(), *later), publish=True)
    put(csv_file(row(), later[0]), editor, reviewed_by=reviewer, publish=True)
    earlier, first = (Claim.objects.get(key=key).public_id for key in ("bridge/army", "first"))

    one = plan(csv_file(later[1]), publish=True)

    sentence = (
        "“second” would revise bridge/army, as “first” in row 3 would; one public claim at "
        "most revises another. Let one of them revise none: leave `revises` empty."
    )
    assert refused(two) == [(4, "claim_key", sentence)]
    sentence = (
        f"“second” would revise {earlier}, which the public claim {first} revises already; one "
        f"public claim at most revises another. Let it revise {first}, or none."
    )
    assert refused(one) == [(2, "claim_key", sentence)]


def test_name_that_two_sources_share_is_refused(csv_file: Write) -> None:
    for number in "12":
        factories.source(name=f"Army {number}", aliases=["Army of Ruritania"])

    found = refusals(csv_file(row()))

    assert found[0] == (
        2,
        "claimant",
        "“Army of Ruritania” may be “Army 1” or “Army 2”; use the name itself.",
    )


@pytest.mark.parametrize(
    ("content", "number", "column", "reason"),
    [
        pytest.param(b"", 1, "", "The file is empty.", id="empty"),
        pytest.param(b"claim_key,measure\n", 1, "", "no rows", id="header only"),
        pytest.param(
            b"claim_key,mesure\na,b\n", 1, "mesure", "Did you mean “measure”?", id="misspelt"
        ),
        pytest.param(b"best,best\n1,2\n", 1, "best", "2 times", id="column twice"),
        pytest.param(b"PK\x03\x04rest", 1, "", "damaged", id="no real xlsx"),
        pytest.param(b"\x1f\x8brest", 1, "", "Unpack it first", id="gzip"),
        pytest.param(b'claimant,measure\n"open,killed\n', 2, "", "never closed", id="quote"),
        pytest.param(b'claimant,measure\n"a"b,killed\n', 2, "", "written twice", id="stray quote"),
        pytest.param(b"claimant,measure\na\x00b,killed\n", 2, "claimant", "NUL", id="NUL byte"),
        pytest.param(
            b"claimant,measure\na,killed,more\n", 2, "", "3 cells, the header 2", id="long row"
        ),
        pytest.param(
            b'claimant,measure\n"' + b"a" * 30_000 + b'",killed\n',
            2,
            "claimant",
            "longer than 20,000",
            id="huge cell",
        ),
        pytest.param(
            b'claimant,measure\n"' + b"a" * 200_000 + b'",killed\n',
            2,
            "",
            "longer than 20,000",
            id="cell beyond the reader",
        ),
    ],
)
def test_file_that_cannot_be_read_is_one_refusal(
    tmp_path: Path, content: bytes, number: int, column: str, reason: str
) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes(content)

    found = refusals(path)

    assert [f[:2] for f in found] == [(number, column)]
    assert reason in found[0][2]


def test_file_with_a_byte_order_mark_is_read(csv_file: Write) -> None:
    path = csv_file(row())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert totals(plan(path))["refused"] == 0


def test_plan_when_two_claims_share_a_refused_cell_of_their_document_tells_it_once(
    tmp_path: Path,
) -> None:
    mapping = (
        'name = "ours"\ntitle = "Ours"\nlicence = "CC0"\n[fields]\nevent_key = "ours/{id}"\n'
        'event = "Strike {id}"\nclaimant = "Us"\n[[documents]]\nname = "paper"\n'
        'document = "A page"\npublished_on = "{day}"\n'
        '[[claims]]\nwhat = "killed"\nmeasure = "killed"\nbest = "{dead}"\n'
        '[[claims]]\nwhat = "injured"\nmeasure = "injured"\nbest = "{hurt}"\n'
    )
    path = tmp_path / "ours.csv"
    path.write_text("id,day,dead,hurt\n1,May Day,3,4\n")

    batch = plan(path, dataset="ours", mapping=mapping)

    assert refused(batch) == [
        (2, "day", "Expected a date such as 2023, 2023-01 or 2023-01-02, got “May Day”.")
    ]
