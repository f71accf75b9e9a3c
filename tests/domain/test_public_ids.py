"""Public ids: opaque, and always the same for an imported record."""

import pytest

from claims.domain.public_ids import PATTERN, PREFIXES, derived_public_id, new_public_id


@pytest.mark.parametrize(
    ("kind", "key", "public_id"),
    [
        pytest.param("event", "bridge", "ev_vdxv9jed0t", id="an event"),
        pytest.param("claim", "bridge/army", "cl_7varfkzt8x", id="a claim"),
        pytest.param(
            "document", "url\x1fhttps://daily.example/400", "do_yrm64eptsq", id="a document"
        ),
        pytest.param("document", "Київ", "do_rxpazz0xny", id="a key in another script"),
    ],
)
def test_id_when_derived_stays_what_it_was_in_every_version(
    kind: str, key: str, public_id: str
) -> None:
    assert derived_public_id(kind, key) == public_id


@pytest.mark.parametrize("kind", PREFIXES)
def test_id_when_new_or_derived_has_the_pattern(kind: str) -> None:
    ids = [new_public_id(kind), derived_public_id(kind, "one"), derived_public_id(kind, "two")]

    assert [bool(PATTERN.match(one)) for one in ids] == [True] * 3
    assert len(set(ids)) == 3
