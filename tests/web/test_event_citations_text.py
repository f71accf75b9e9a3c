"""Citations of a view: one line of text, and forms that reference managers read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from claims.web.citations_text import Cited, Reference, bibtex_escaped

CITED = Cited(
    title="Strike & siege",
    public_id="ev_0123456789",
    site="Casualty figures",
    view="What had been claimed by 3 January 2023, strict reading.",
    address="https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03",
    read_on=date(2026, 11, 22),
)


def test_text_names_the_record_the_view_the_address_and_the_day() -> None:
    assert CITED.text == (
        "Casualty figures. “Strike & siege”, record ev_0123456789. "
        "What had been claimed by 3 January 2023, strict reading. "
        "https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03 "
        "(read 22 November 2026)."
    )


def test_bibtex_escapes_words_and_keeps_the_address() -> None:
    assert CITED.reference.bibtex == (
        "@misc{ev_0123456789,\n"
        "  title = {{Strike \\& siege}},\n"
        "  author = {{Casualty figures}},\n"
        "  year = {2026},\n"
        "  url = {https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03},\n"
        "  urldate = {2026-11-22},\n"
        "  note = {Record ev\\_0123456789. "
        "What had been claimed by 3 January 2023, strict reading.}\n"
        "}"
    )


def test_bibtex_escaped_leaves_no_character_that_tex_would_obey() -> None:
    assert bibtex_escaped(r"50% of {x}_1 \ #2 ~ $3^4") == (
        r"50\% of \{x\}\_1 \textbackslash{} \#2 \textasciitilde{} \$3\textasciicircum{}4"
    )


def test_ris_has_one_field_a_line_and_the_site_as_no_person() -> None:
    broken = replace(CITED, title="Strike\nER  - & siege")

    assert broken.reference.ris.split("\n") == [
        "TY  - ELEC",
        "ID  - ev_0123456789",
        "TI  - Strike ER - & siege",
        "AU  - Casualty figures,",
        "PY  - 2026",
        "UR  - https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03",
        "Y2  - 2026/11/22",
        "N1  - Record ev_0123456789. What had been claimed by 3 January 2023, strict reading.",
        "ER  - ",
    ]


def test_csl_json_is_one_item_with_the_day_it_was_read() -> None:
    assert json.loads(CITED.reference.csl_json) == [
        {
            "id": "ev_0123456789",
            "type": "webpage",
            "title": "Strike & siege",
            "author": [{"literal": "Casualty figures"}],
            "issued": {"date-parts": [[2026]]},
            "URL": "https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03",
            "accessed": {"date-parts": [[2026, 11, 22]]},
            "note": "Record ev_0123456789. "
            "What had been claimed by 3 January 2023, strict reading.",
        }
    ]


def test_snapshot_is_a_dataset_with_its_version_in_every_form() -> None:
    snapshot = Reference(
        key="figures-2026-11-22",
        title="Casualty figures",
        site="Casualty figures",
        year=2026,
        address="https://tracker.example/data/2026-11-22/",
        note="Dataset, SHA-256 00",
        version="2026-11-22",
    )

    assert "version = {2026-11-22}" in snapshot.bibtex
    assert "urldate" not in snapshot.bibtex
    assert snapshot.ris.startswith("TY  - DATA\n")
    assert "\nET  - 2026-11-22\n" in snapshot.ris
    (item,) = json.loads(snapshot.csl_json)
    assert (item["type"], item["version"], "accessed" in item) == ("dataset", "2026-11-22", False)
