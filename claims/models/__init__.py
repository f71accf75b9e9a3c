"""The tables: columns, constraints, indexes, questions. One file per table.

Rules about a row live here as named constraints; rules across rows are held by the services.
"""

from claims.models.candidate import Candidate
from claims.models.change import Change
from claims.models.citation import Citation
from claims.models.claim import Claim
from claims.models.comparison import Comparison, EventDigest
from claims.models.document import Document
from claims.models.event import Event, EventCountry
from claims.models.event_facet import EventFacet
from claims.models.import_batch import ImportBatch, ImportEdit, ImportRefusal
from claims.models.kept_answer import KeptAnswer
from claims.models.party import Party
from claims.models.search import EventWord, SourceWord
from claims.models.source import Source
from claims.models.stored_text import StoredText
from claims.models.tally import Tally

__all__ = [
    "Candidate",
    "Change",
    "Citation",
    "Claim",
    "Comparison",
    "Document",
    "Event",
    "EventCountry",
    "EventDigest",
    "EventFacet",
    "EventWord",
    "ImportBatch",
    "ImportEdit",
    "ImportRefusal",
    "KeptAnswer",
    "Party",
    "Source",
    "SourceWord",
    "StoredText",
    "Tally",
]
