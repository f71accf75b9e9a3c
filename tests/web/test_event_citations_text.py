"""Citations of a view: one line of text, BibTeX that TeX can read, and RIS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims.web.citations_text import Cited, bibtex_escaped

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
    assert CITED.bibtex == (
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


def test_ris_has_one_tag_to_a_line() -> None:
    cited = replace(CITED, title="Strike\nER  - & siege")

    assert cited.ris == (
        "TY  - ELEC\n"
        "TI  - Strike ER - & siege\n"
        "AU  - Casualty figures\n"
        "PY  - 2026\n"
        "UR  - https://tracker.example/events/ev_0123456789-strike/?as_of=2023-01-03\n"
        "Y2  - 2026/11/22\n"
        "N1  - Record ev_0123456789. What had been claimed by 3 January 2023, strict reading.\n"
        "ER  - "
    )


def test_bibtex_escaped_leaves_no_character_that_tex_would_obey() -> None:
    assert bibtex_escaped(r"50% of {x}_1 \ #2 ~ $3^4") == (
        r"50\% of \{x\}\_1 \textbackslash{} \#2 \textasciitilde{} \$3\textasciicircum{}4"
    )
