"""How to cite a view of the tracker: one line of text, BibTeX, and RIS.

A citation names the view (day, reading, compilations), not just the page, because another view
of the same claims shows other numbers.
"""

from __future__ import annotations

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
    def bibtex(self) -> str:
        """A BibTeX entry; the address is kept as it stands, for the url package."""
        fields = {
            "title": f"{{{bibtex_escaped(self.title)}}}",
            "author": f"{{{bibtex_escaped(self.site)}}}",
            "year": f"{self.read_on.year}",
            "url": self.address,
            "urldate": self.read_on.isoformat(),
            "note": bibtex_escaped(self._note),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.public_id},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """An entry in RIS, which Zotero, EndNote and Mendeley read: one tag to a line."""
        fields = (
            ("TY", "ELEC"),
            ("TI", self.title),
            ("AU", self.site),
            ("PY", f"{self.read_on.year}"),
            ("UR", self.address),
            ("Y2", f"{self.read_on:%Y/%m/%d}"),
            ("N1", self._note),
            ("ER", ""),
        )
        return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields)

    @property
    def _note(self) -> str:
        return f"Record {self.public_id}. {self.view}".strip()


def bibtex_escaped(text: str) -> str:
    """Return text with the characters that TeX would take as commands made plain."""
    return text.translate(_BIBTEX)
