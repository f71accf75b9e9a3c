"""How to cite a view of the tracker or a snapshot: a line of text, and forms for programs.

A citation names the view (day, reading, compilations), not just the page, because another view
of the same claims shows other numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from claims.domain.dates import PartialDate

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """A reference as one program takes it; ``key`` is fit for an id in a page."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference manager keeps; ``read_on`` is the day of reading a page that may change."""

    key: str
    title: str
    site: str
    year: int
    address: str
    note: str
    version: str = ""
    read_on: date | None = None

    @property
    def forms(self) -> list[Form]:
        """The reference for TeX, for most reference managers, and for Zotero and Pandoc."""
        return [
            Form("bibtex", "BibTeX", self.bibtex),
            Form("ris", "RIS", self.ris),
            Form("csl", "CSL-JSON", self.csl_json),
        ]

    @property
    def bibtex(self) -> str:
        """A BibTeX entry; the address is kept as it stands, for the url package."""
        fields = {
            "title": f"{{{bibtex_escaped(self.title)}}}",
            "author": f"{{{bibtex_escaped(self.site)}}}",
            "year": f"{self.year}",
            "version": self.version,
            "url": self.address,
            "urldate": self.read_on.isoformat() if self.read_on else "",
            "note": bibtex_escaped(self.note),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """An RIS record; the comma keeps the site's name from being read as a person's."""
        fields = {
            "TY": "DATA" if self.version else "ELEC",
            "ID": self.key,
            "TI": _in_a_line(self.title),
            "AU": f"{_in_a_line(self.site)},",
            "PY": f"{self.year}",
            "ET": self.version,
            "UR": self.address,
            "Y2": f"{self.read_on:%Y/%m/%d}" if self.read_on else "",
            "N1": _in_a_line(self.note),
        }
        lines = [f"{name}  - {value}" for name, value in fields.items() if value]
        return "\n".join([*lines, "ER  - "])

    @property
    def csl_json(self) -> str:
        """A list of one item as the Citation Style Language has it (citationstyles.org)."""
        item: dict[str, object] = {
            "id": self.key,
            "type": "dataset" if self.version else "webpage",
            "title": self.title,
            "author": [{"literal": self.site}],
            "issued": {"date-parts": [[self.year]]},
        }
        if self.version:
            item["version"] = self.version
        item["URL"] = self.address
        if self.read_on:
            day = self.read_on
            item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
        item["note"] = self.note
        lines = [f'  "{name}": {json.dumps(one, ensure_ascii=False)}' for name, one in item.items()]
        return "[{\n" + ",\n".join(lines) + "\n}]"


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: the title, its public id, the site, the view in words, address and day."""

    title: str
    public_id: str
    site: str
    view: str
    address: str
    read_on: date

    @property
    def text(self) -> str:
        """One line for a footnote or a list of references."""
        view = f" {self.view}" if self.view else ""
        return (
            f"{self.site}. “{self.title}”, record {self.public_id}.{view} "
            f"{self.address} (read {PartialDate(self.read_on).label()})."
        )

    @property
    def reference(self) -> Reference:
        """The same for reference managers."""
        return Reference(
            key=self.public_id,
            title=self.title,
            site=self.site,
            year=self.read_on.year,
            address=self.address,
            note=f"Record {self.public_id}. {self.view}".strip(),
            read_on=self.read_on,
        )


def bibtex_escaped(text: str) -> str:
    """Return text with the characters that TeX would take as commands made plain."""
    return text.translate(_BIBTEX)


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
