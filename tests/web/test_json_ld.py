"""Pages in the words of schema.org: what is public, escaped so that no text ends the block."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.exports.snapshots.publishing import publish_snapshot
from claims.web.json_ld import MOST_CLAIMS
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def nodes(client: Client, address: str) -> list[dict[str, Any]]:
    page = client.get(address).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(found)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def of_type(found: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [node for node in found if node["@type"] == kind]


def test_the_front_page_is_a_dataset_with_its_files(client: Client) -> None:
    (dataset,) = nodes(client, "/")

    assert dataset["@type"] == "Dataset"
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [one["contentUrl"] for one in dataset["distribution"]][:2] == [
        f"{SITE}/api/v1/events.csv",
        f"{SITE}/api/v1/claims.csv",
    ]
    assert 50 <= len(dataset["description"]) <= 5000


def test_a_claim_names_its_claimant_date_and_documents(client: Client) -> None:
    paper = factories.source(name="The Daily", kind="news_media")
    document = factories.document(
        title="Report", publisher=paper, url="https://daily.example/1", language="en"
    )
    claim = factories.claim(
        claimant=factories.source(name="Ministry of Health"),
        wording="89",
        claimed_on=date(2023, 1, 2),
        documents=[document],
    )
    expected = {
        "@type": "Claim",
        "@id": f"{SITE}/claims/{claim.public_id}/",
        "url": f"{SITE}/claims/{claim.public_id}/",
        "name": "Ministry of Health: 89 (killed)",
        "author": {
            "@type": "Organization",
            "name": "Ministry of Health",
            "url": f"{SITE}{claim.claimant.get_absolute_url()}",
        },
        "datePublished": "2023-01-02",
        "appearance": [
            {
                "@type": "CreativeWork",
                "name": "Report",
                "url": "https://daily.example/1",
                "datePublished": "2023-01-05",
                "publisher": {"@type": "Organization", "name": "The Daily"},
            }
        ],
    }

    assert nodes(client, claim.get_absolute_url()) == [expected]
    assert of_type(nodes(client, claim.event.get_absolute_url()), "Claim") == [expected]


def test_an_event_is_a_dataset_with_time_and_place(client: Client) -> None:
    event = factories.event(
        title="Strike", place="Makiivka", latitude="48.0478", longitude="37.9258",
        date_start=date(2023, 1, 1), date_end=None, countries=["UA"],
    )  # fmt: skip

    (dataset,) = nodes(client, event.get_absolute_url())

    assert dataset["name"] == "Casualty figures claimed: Strike"
    assert dataset["temporalCoverage"] == "2023-01-01/.."
    assert dataset["spatialCoverage"] == {
        "@type": "Place",
        "name": "Makiivka, Ukraine",
        "geo": {"@type": "GeoCoordinates", "latitude": 48.0478, "longitude": 37.9258},
    }
    assert dataset["distribution"][0]["contentUrl"] == (
        f"{SITE}/api/v1/claims.csv?event={event.public_id}"
    )


def test_what_is_not_known_is_left_out(client: Client) -> None:
    event = factories.event(date_start=None, date_end=None, place="", countries=[])

    (dataset,) = nodes(client, event.get_absolute_url())

    assert {"temporalCoverage", "spatialCoverage", "alternateName"} & set(dataset) == set()


def test_an_event_of_many_claims_names_the_first_of_them(client: Client) -> None:
    event = factories.event()
    document = factories.document()
    for number in range(MOST_CLAIMS + 2):
        factories.claim(event=event, wording=str(number + 2), documents=[document])

    assert len(of_type(nodes(client, event.get_absolute_url()), "Claim")) == MOST_CLAIMS


def test_a_snapshot_is_a_version_with_sizes_and_hashes(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.SNAPSHOTS_DIR = tmp_path
    made = publish_snapshot(tmp_path)

    (node,) = nodes(client, f"/data/{made.name}/")

    assert (node["version"], node["datePublished"]) == (made.name, made.name[:10])
    assert [one["sha256"] for one in node["distribution"]] == [f.sha256 for f in made.files]
    assert [n["@type"] for n in nodes(client, "/data/")] == ["Dataset", "Dataset"]


@pytest.mark.parametrize(
    "title",
    ["</script><script>alert(1)</script>", "<!-- <script>", "a & b \u2028 ' \" \\", "Міст"],
)
def test_no_text_ends_the_block(client: Client, title: str) -> None:
    event = factories.event(title=title, aliases=[title])

    page = client.get(event.get_absolute_url()).content.decode()
    (dataset,) = nodes(client, event.get_absolute_url())

    assert dataset["alternateName"] == [title]
    assert "<script>alert" not in page
    block = page.partition("application/ld+json")[2].partition("</script>")[0]
    assert "<" not in block


REQUIRED = {
    "Dataset": {"name", "description"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Claim": {"name", "author", "url"},
    "Person": {"name", "url"},
    "GeoCoordinates": {"latitude", "longitude"},
}
"""What search engines ask of each type, by their documents on structured data."""
RECOMMENDED = {"url", "license", "creator", "isAccessibleForFree", "keywords", "identifier"}


def every_node(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all nodes at any depth."""
    for one in value if isinstance(value, list) else value.values():
        if isinstance(one, (list, dict)):
            yield from every_node(one)
    if isinstance(value, dict):
        yield value


def test_every_node_has_what_search_engines_ask_of_its_type(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.SNAPSHOTS_DIR = tmp_path
    made = publish_snapshot(tmp_path)
    witness = factories.source(kind="witness")
    claim = factories.claim(
        claimant=witness, event=factories.event(latitude="48.0478", longitude="37.9258")
    )

    for address in (
        "/", "/data/", f"/data/{made.name}/", claim.get_absolute_url(),
        claim.event.get_absolute_url(),
    ):  # fmt: skip
        for node in every_node(nodes(client, address)):
            assert REQUIRED.get(node["@type"], {"name"}) <= set(node), address
            if node["@type"] == "Dataset" and "@id" in node:
                assert set(node) >= RECOMMENDED, address
                assert 50 <= len(node["description"]) <= 5000


def test_an_event_says_what_was_counted_and_a_witness_is_a_person(client: Client) -> None:
    event = factories.event()
    for measure in ("injured", "killed", "injured"):
        factories.claim(event=event, measure=measure, claimant=factories.source(kind="witness"))

    dataset, *claims = nodes(client, event.get_absolute_url())

    assert dataset["variableMeasured"] == ["killed", "injured"]
    assert {claim["author"]["@type"] for claim in claims} == {"Person"}


def test_nothing_is_told_as_a_review_of_a_claim(client: Client) -> None:
    event = factories.claim().event

    page = client.get(event.get_absolute_url()).content.decode()

    assert "ClaimReview" not in page
    assert "reviewRating" not in page
