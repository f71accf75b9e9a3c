"""The shapes of what scripts send in and are answered."""

from __future__ import annotations

from rest_framework.fields import BooleanField, CharField, FloatField, IntegerField

from claims.api.shape_fields import (
    Shape,
    code,
    optional_text,
    partial_date,
    people,
    text,
    texts,
)
from claims.api.shapes import Document


class Arrival(Shape):
    """A document as a script sends it: its text or the source of its page, and what is known."""

    text = CharField(
        required=False, help_text="The text with its paragraphs. Give this or `html`, not both."
    )
    html = CharField(
        required=False, help_text="The source of a page; it says most of the rest itself."
    )
    title = CharField(required=False)
    publisher = CharField(
        required=False, help_text="A source by any of its names; one not there becomes a draft."
    )
    author = CharField(required=False)
    published_on = CharField(
        required=False, help_text="2023, 2023-01 or 2023-01-02: no more than is known."
    )
    language = CharField(required=False, help_text="Code such as en, uk, ar; else detected.")
    url = CharField(required=False, help_text="The web address; nothing is fetched from it.")


class ArrivedDocument(Document):
    """A document at the desk, public or not."""

    state = code("state")
    page = CharField(help_text="The path of its page at the desk.")


class KeptText(Shape):
    """The kept text of a document."""

    page = CharField(help_text="The path of the page at the desk where its figures are decided.")
    is_new = BooleanField(help_text="Whether the text was not there before.")
    language = text("The language that it was read in.")
    extractor_version = text("The version of the extraction that read it.")
    figure_count = IntegerField(help_text="How many figures were read; at most 1,000 are told.")


class Candidate(Shape):
    """A figure that a machine read: no claim until a person accepts it."""

    id = IntegerField()
    start = IntegerField(help_text="Where the figure begins in the kept text, in characters.")
    end = IntegerField(help_text="Where it ends.")
    quote = text("The sentence that it stands in.")
    wording = text("The figure with the words that bound it.")
    low = people("Null where it is not stated.")
    best = people("Null where it is not stated.")
    high = people("Null where it is not stated.")
    qualifier = code("qualifier")
    measure = code("measure")
    victims = code("victims")
    victims_wording = text()
    victims_party = text("The text's word for their side.")
    count_basis = code("count_basis")
    claimant = optional_text("The text's words for who says so; null in its own voice.")
    claimed_on = partial_date("When it was said.")
    period_start = partial_date("What it counts from.")
    part_of = people("The id of the candidate that this one is a part of.")
    revises = people("The id of the candidate that this one replaces.")
    confidence = FloatField(help_text="A rank from 0 to 1 for sorting, no probability.")
    rules = texts("The rules that read it.")
    state = CharField(help_text="open, accepted, mended, rejected or merged.")
    claim = optional_text("The id of the claim that a person made of it.")


class Arrived(Shape):
    """The document with its kept text and the figures read in it."""

    document = ArrivedDocument()
    text = KeptText()
    candidates = Candidate(many=True)
