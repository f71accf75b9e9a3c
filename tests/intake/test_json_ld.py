"""JSON-LD in the shapes that sites print it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.intake.json_ld import said_in_json_ld

NOTHING = dict.fromkeys(("title", "author", "publisher", "date", "language", "url"), "")


def said(*blocks: object) -> dict[str, str]:
    """Return what some blocks say, without what they do not."""
    texts = [block if isinstance(block, str) else json.dumps(block) for block in blocks]
    return {key: value for key, value in said_in_json_ld(texts).items() if value}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param({"@type": "NewsArticle", "headline": "A"}, {"title": "A"}, id="plain"),
        pytest.param([{"@type": "Article", "headline": "A"}], {"title": "A"}, id="a list"),
        pytest.param({"@graph": [{"@type": "Report", "name": "A"}]}, {"title": "A"}, id="a graph"),
        pytest.param(
            {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "A"}},
            {"title": "A"},
            id="an article within a page",
        ),
        pytest.param(
            {"@type": "https://schema.org/NewsArticle", "headline": "A"},
            {"title": "A"},
            id="a type in full",
        ),
        pytest.param(
            [{"@type": "WebPage", "name": "Site"}, {"@type": "NewsArticle", "headline": "A"}],
            {"title": "A"},
            id="the article before the page",
        ),
        pytest.param(
            {"@type": "Article", "author": ["Ann", {"name": "Bo"}, {"name": "Bo"}]},
            {"author": "Ann, Bo"},
            id="authors of both kinds, each once",
        ),
        pytest.param(
            {"@type": "Article", "author": "https://news.example/ann"}, {}, id="an address, no name"
        ),
        pytest.param(
            {"@type": "Article", "publisher": {"name": ["Post", "The Post"]}},
            {"publisher": "Post"},
            id="the first of several names",
        ),
        pytest.param(
            {"@graph": [{"@id": "#p", "name": "Post"}, {"@type": "Article", "publisher": "#p"}]},
            {"publisher": "#p"},
            id="a bare word is a name",
        ),
        pytest.param(
            {"@type": "Article", "mainEntityOfPage": {"@id": "https://news.example/a"}},
            {"url": "https://news.example/a"},
            id="the page it is the main thing of",
        ),
        pytest.param({"@type": "Product", "name": "A"}, {}, id="no article"),
        pytest.param({"@type": None, "headline": 5}, {}, id="no text"),
        pytest.param("nothing", {}, id="no JSON"),
        pytest.param("[" * 100_000, {}, id="too deep"),
        pytest.param('{"@type":"Article","headline":"A\nB"}', {"title": "A B"}, id="a line end"),
        pytest.param('{"@type":"Article","headline":"A",}', {"title": "A"}, id="a comma too many"),
        pytest.param(
            '//<![CDATA[\n{"@type":"Article","headline":"A"}\n//]]>', {"title": "A"}, id="CDATA"
        ),
        pytest.param(
            {"@type": "Article", "headline": "25 dead &amp; more"},
            {"title": "25 dead & more"},
            id="entities",
        ),
    ],
)
def test_block_when_it_speaks_of_an_article_then_what_it_says(block, expected):
    assert said(block) == expected


def test_blocks_when_the_first_is_broken_then_the_next_counts():
    assert said('{"@type": ', {"@type": "Article", "headline": "A"}) == {"title": "A"}


def test_nodes_when_there_are_too_many_then_bounded():
    many = [{"@type": "Thing", "x": [{}] * 100} for _ in range(1000)]

    assert said(many) == {}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@id", "@graph", "author", "name", "publisher", "headline"]
                ),
                inner | st.just("NewsArticle"),
            )
        ),
    )
)
def test_block_when_of_any_shape_then_no_fault(block):
    assert set(said_in_json_ld([json.dumps(block)])) == set(NOTHING)
