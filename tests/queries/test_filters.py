"""What lists can be narrowed by, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from claims.models import Event
from claims.queries import lists
from claims.queries.lists import Listing
from claims.queries.parameters import BadParameter
from tests import factories

NOBODY = "so_0000000000"
NOTHING = "ev_0000000000"


def found(listing: Listing, query: str) -> list[str]:
    """Return what a query leaves of a list, by title, name or wording."""
    rows = listing.page(QueryDict(query)).rows
    return [getattr(r, "title", "") or getattr(r, "name", "") or r.wording for r in rows]


def refused(listing: Listing, query: str) -> BadParameter:
    with pytest.raises(BadParameter) as caught:
        listing.page(QueryDict(query))
    return caught.value


@pytest.fixture
def war(db: None) -> dict[str, Event]:
    """A war that goes on, a battle and a strike in it, an earthquake elsewhere, an undated one."""
    war = factories.event(
        title="War", kind="war", date_start=date(2022, 2, 24), date_end=None,
        countries=["UA", "RU"], place="",
    )  # fmt: skip
    battle = factories.event(
        title="Battle", kind="battle", parent=war, place="Bakhmut",
        date_start=date(2022, 8, 1), date_end=date(2023, 5, 20),
    )  # fmt: skip
    strike = factories.event(title="Strike", parent=war, place="Makiivka")
    quake = factories.event(
        title="Quake", kind="earthquake", countries=["PK"], place="Kashmir",
        date_start=date(2005, 10, 8), date_end=date(2005, 10, 8),
    )  # fmt: skip
    undated = factories.event(title="Undated", date_start=None, date_end=None, countries=[])
    ministry = factories.source(name="Ministry")
    paper = factories.source(name="Paper")
    factories.claim(event=strike, claimant=ministry, wording="89", victims="combatants")
    factories.claim(event=strike, claimant=paper, wording="about 400", victims="combatants")
    factories.claim(event=battle, claimant=paper, wording="dozens")
    factories.claim(event=quake, claimant=paper, wording="1000", measure="injured")
    return {"war": war, "battle": battle, "strike": strike, "quake": quake, "undated": undated}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ["Strike", "Battle", "War", "Quake", "Undated"], id="everything, latest"),
        pytest.param(
            "order=date", ["Quake", "War", "Battle", "Strike", "Undated"], id="earliest first"
        ),
        pytest.param("q=bakh", ["Battle"], id="words"),
        pytest.param("country=UA", ["Strike", "Battle", "War"], id="country"),
        pytest.param("country=ru", ["War"], id="country in small letters"),
        pytest.param("kind=earthquake", ["Quake"], id="kind"),
        pytest.param("from=2023-02", ["Battle", "War"], id="still going on by then"),
        pytest.param("from=2023&to=2023", ["Strike", "Battle", "War"], id="within a year"),
        pytest.param("to=2022", ["Battle", "War", "Quake"], id="begun by the end of a year"),
        pytest.param("to=2005-10-07", [], id="begun by a day"),
        pytest.param("measure=injured", ["Quake"], id="measure"),
        pytest.param("verdict=contradictory", ["Strike"], id="verdict"),
        pytest.param("min_gap_ratio=2", ["Strike"], id="a wide gap"),
        pytest.param("min_gap_ratio=4.2697", [], id="a hair too wide"),
        pytest.param("measure=killed&verdict=single", ["Battle"], id="in one comparison together"),
        pytest.param("measure=injured&verdict=contradictory", [], id="never in two of them"),
        pytest.param(f"parent={NOTHING}", [], id="part of nothing"),
        pytest.param(f"source={NOBODY}", [], id="claimed by nobody"),
        pytest.param("q=&country=&kind=&from=&order=&page_size=", ["Strike", "Battle", "War",
                     "Quake", "Undated"], id="an empty form"),
    ],
)  # fmt: skip
def test_events_are_narrowed(war: dict[str, Event], query: str, expected: list[str]) -> None:
    assert found(lists.EVENTS, query) == expected


def test_events_are_narrowed_to_the_parts_of_one(war: dict[str, Event]) -> None:
    assert found(lists.EVENTS, f"parent={war['war'].public_id}") == ["Strike", "Battle"]


def test_parts_of_an_event_that_is_not_public_cannot_be_asked_for(db: None) -> None:
    draft = factories.event(title="Draft", state="draft")
    factories.event(title="Part", parent=draft)

    assert found(lists.EVENTS, f"parent={draft.public_id}") == []


@pytest.mark.parametrize("name", ["source", "claimant"])
def test_events_are_narrowed_to_those_a_source_speaks_of(war: dict[str, Event], name: str) -> None:
    ministry = war["strike"].claims.get(wording="89").claimant

    assert found(lists.EVENTS, f"{name}={ministry.public_id}") == ["Strike"]


def test_a_draft_claim_makes_no_event_of_its_source(db: None) -> None:
    claim = factories.claim(event=factories.event(), state="draft", claimant=factories.source())

    assert found(lists.EVENTS, f"source={claim.claimant.public_id}") == []


def test_events_in_order_of_gap_put_the_infinite_first_and_the_agreeing_last(db: None) -> None:
    numbers = {"None": ("5", "5"), "Double": ("5", "10"), "Infinite": ("0", "3")}
    for title, wordings in numbers.items():
        event = factories.event(title=title)
        for wording in wordings:
            factories.claim(event=event, wording=wording, claimed_on=date(2023, 6, 1))

    assert found(lists.EVENTS, "order=-gap_ratio") == ["Infinite", "Double", "None"]
    assert [c.event.title for c in lists.COMPARISONS.page(QueryDict("")).rows] == [
        "Infinite",
        "Double",
        "None",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ["Strike", "Quake", "Battle"], id="widest gap first, ties by id"),
        pytest.param("victims=people", ["Quake", "Battle"], id="victims"),
        pytest.param("measure=killed", ["Strike", "Battle"], id="measure"),
        pytest.param("verdict=single", ["Quake", "Battle"], id="verdict"),
        pytest.param("country=PK", ["Quake"], id="the event's country"),
        pytest.param("q=makii", ["Strike"], id="the event's words"),
        pytest.param("from=2023-02", ["Battle"], id="the event's dates"),
        pytest.param("order=-gap&min_gap_ratio=1", ["Strike"], id="a gap at all"),
        pytest.param("order=-spread_ratio", ["Strike", "Quake", "Battle"], id="widest spread"),
    ],
)
def test_comparisons_are_narrowed(war: dict[str, Event], query: str, expected: list[str]) -> None:
    rows = lists.COMPARISONS.page(QueryDict(query)).rows

    assert [row.event.title for row in rows] == expected


def test_comparisons_are_narrowed_to_one_event_and_its_kin(war: dict[str, Event]) -> None:
    by_event = lists.COMPARISONS.page(QueryDict(f"event={war['quake'].public_id}")).rows
    by_parent = lists.COMPARISONS.page(QueryDict(f"parent={war['war'].public_id}")).rows

    assert [row.event.title for row in by_event] == ["Quake"]
    assert [row.event.title for row in by_parent] == ["Strike", "Battle"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("measure=injured", ["1000"], id="measure"),
        pytest.param("victims=combatants", ["about 400", "89"], id="victims"),
        pytest.param("qualifier=order", ["dozens"], id="qualifier"),
        pytest.param("count_basis=verified", [], id="count basis"),
        pytest.param("state=published&measure=injured", ["1000"], id="the only state there is"),
        pytest.param("from=2023-01-06", [], id="claimed later"),
        pytest.param("to=2023-01-05&measure=injured", ["1000"], id="claimed by then"),
        pytest.param("document=do_0000000000", [], id="in no document"),
    ],
)
def test_claims_are_narrowed(war: dict[str, Event], query: str, expected: list[str]) -> None:
    assert found(lists.CLAIMS, query) == expected


def test_claims_are_narrowed_by_records(war: dict[str, Event]) -> None:
    russia = factories.party("Russia")
    claim = factories.claim(wording="63", victims_party=russia)
    document = claim.citations.get().document

    for query in (
        f"event={claim.event.public_id}",
        f"claimant={claim.claimant.public_id}",
        f"source={claim.claimant.public_id}",
        f"document={document.public_id}",
        f"victims_party={russia.public_id}",
    ):
        assert found(lists.CLAIMS, query) == ["63"], query


def test_sources_are_narrowed(db: None) -> None:
    russia = factories.party("Russia")
    factories.source(name="Ministry of Defence", kind="military", speaks_for=russia)
    factories.source(name="Ministry of Health", kind="health_authority")

    assert found(lists.SOURCES, "") == ["Ministry of Defence", "Ministry of Health"]
    assert found(lists.SOURCES, "q=mini+hea") == ["Ministry of Health"]
    assert found(lists.SOURCES, "kind=military") == ["Ministry of Defence"]
    assert found(lists.SOURCES, f"speaks_for={russia.public_id}") == ["Ministry of Defence"]


def test_documents_are_narrowed(db: None) -> None:
    paper = factories.source(name="Paper")
    factories.document(title="Old", publisher=paper, published_on=date(2022, 12, 31))
    factories.document(title="New", publisher=paper)
    factories.document(title="Undated", published_on=None)

    assert found(lists.DOCUMENTS, "") == ["Undated", "New", "Old"]
    assert found(lists.DOCUMENTS, "order=-published_on") == ["New", "Old", "Undated"]
    assert found(lists.DOCUMENTS, f"publisher={paper.public_id}") == ["New", "Old"]
    assert found(lists.DOCUMENTS, "from=2023") == ["New"]
    assert found(lists.DOCUMENTS, "to=2022") == ["Old"]


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        pytest.param("ordr=date", "ordr", "Did you mean “order”?", id="unknown, nearly right"),
        pytest.param("colour=red", "colour", "Known parameters: ", id="unknown"),
        pytest.param("kind=war&kind=siege", "kind", "was given 2 times", id="repeated"),
        pytest.param("kind=strik", "kind", "Did you mean “strike”?", id="no such code"),
        pytest.param("kind=WAR", "kind", "Did you mean “war”?", id="a code in capitals"),
        pytest.param("country=Ukraine", "country", "Did you mean UA, Ukraine?", id="a name"),
        pytest.param("country=XX", "country", "two-letter ISO", id="no such country"),
        pytest.param("from=2023-13", "from", "no such day", id="no such month"),
        pytest.param("to=yesterday", "to", "a date such as 2023", id="no date"),
        pytest.param("from=%D9%A2%D9%A0%D9%A2%D9%A3", "from", "a date such as", id="other digits"),
        pytest.param("min_gap_ratio=0.5", "min_gap_ratio", "1 or more", id="below 1"),
        pytest.param("min_gap_ratio=1e9", "min_gap_ratio", "1 or more", id="not plain digits"),
        pytest.param(f"min_gap_ratio={'9' * 30}", "min_gap_ratio", "1 or more", id="huge"),
        pytest.param("parent=makiivka", "parent", "the id of an event: ev_", id="no id"),
        pytest.param("source=ev_0000000000", "source", "the id of a source", id="another's id"),
        pytest.param("order=title", "order", "-date, date, -gap_ratio", id="no such order"),
        pytest.param("q=...", "q", "no letter or digit", id="nothing to look for"),
        pytest.param("q=a+b+c+d+e+f+g", "q", "6 words at most", id="too many words"),
        pytest.param(f"q={'a' * 201}", "q", "200 characters", id="too long"),
        pytest.param("q=a%00b", "q", "control character", id="a NUL"),
        pytest.param(f"source={NOBODY}&claimant={NOBODY}", "claimant", "mean the same", id="twice"),
        pytest.param("page_size=0", "page_size", "from 1 to 1000", id="an empty page"),
        pytest.param("cursor=x", "cursor", "damaged", id="no cursor"),
        pytest.param("known_on=2023", "known_on", "not offered yet", id="promised for later"),
    ],
)  # fmt: skip
def test_a_parameter_is_refused_by_name(db: None, query: str, parameter: str, words: str) -> None:
    error = refused(lists.EVENTS, query)

    assert error.name == parameter
    assert words in error.message


@pytest.mark.parametrize(
    ("listing", "query", "parameter"),
    [
        (lists.COMPARISONS, "order=date", "order"),
        (lists.COMPARISONS, "as_of=2023", "as_of"),
        (lists.CLAIMS, "state=draft", "state"),
        (lists.SOURCES, "country=UA", "country"),
        (lists.DOCUMENTS, "q=report", "q"),
        (lists.CHANGES, "since=2023-01-01", "since"),
    ],
)
def test_what_a_list_does_not_offer_is_refused_by_name(
    db: None, listing: Listing, query: str, parameter: str
) -> None:
    assert refused(listing, query).name == parameter
