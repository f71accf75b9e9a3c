"""The shapes of the JSON, for the schema and for the test that holds every answer to them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, FloatField, IntegerField, ListField


class Shape(serializers.Serializer):
    """An object whose keys are all always there."""


def text(description: str = "", **options: Any) -> CharField:
    """Return a text that may be empty but is always there."""
    return CharField(help_text=description or None, allow_blank=True, **options)


def optional_text(description: str = "") -> CharField:
    """Return a text or null."""
    return text(description, allow_null=True)


def code(vocabulary: str) -> CharField:
    """Return a code; the lists grow, so clients should expect new ones."""
    return CharField(help_text=f"A code of the vocabulary `{vocabulary}`.")


def optional_code(vocabulary: str) -> CharField:
    """Return a code or null."""
    return CharField(help_text=f"A code of the vocabulary `{vocabulary}`.", allow_null=True)


def partial_date(description: str) -> CharField:
    """Return a date of the precision it is known to, or null."""
    return CharField(
        help_text=f"{description} 2023, 2023-01 or 2023-01-02: no more than is known.",
        allow_null=True,
    )


def day(description: str) -> serializers.DateField:
    """Return a whole date or null."""
    return serializers.DateField(help_text=description, allow_null=True)


def people(description: str) -> IntegerField:
    """Return a number of people or null."""
    return IntegerField(help_text=description, allow_null=True)


def ids(description: str) -> ListField:
    """Return lists of claim ids."""
    return ListField(child=ListField(child=CharField()), help_text=description)


def texts(description: str) -> ListField:
    """Return a list of texts."""
    return ListField(child=CharField(), help_text=description)


class Named(Shape):
    """Something with an id and a name."""

    id = CharField()
    name = CharField()


class EventReference(Shape):
    """An event in short."""

    id = CharField()
    title = CharField()
    url = CharField(help_text="The path of its page on this site.")


class Gap(Shape):
    """The widest contradiction: somebody is wrong by at least this much."""

    low = IntegerField(help_text="The most that the smaller claim allows.")
    high = IntegerField(help_text="The least that the larger claim allows.")
    absolute = IntegerField(help_text="high - low.")
    ratio = FloatField(help_text="high / low; null where low is 0 (infinite).", allow_null=True)


class Numbers(Shape):
    """The question and the numbers of a comparison."""

    id = CharField()
    measure = code("measure")
    victims = code("victims")
    victims_party = Named(allow_null=True)
    claim_count = IntegerField(help_text="All published claims of the question.")
    claimant_count = IntegerField(help_text="The claimants that vote.")
    citation_count = IntegerField()
    lowest = people("The smallest number stated by a voter.")
    highest = people("The largest number stated by a voter.")
    spread_ratio = FloatField(help_text="highest / lowest; null at 0.", allow_null=True)
    verdict = code("verdict")
    gap = Gap(allow_null=True, help_text="Null unless the verdict is contradictory.")
    latest_claimed_on = day("The latest day from which one of the claims counts.")


class ComparisonSummary(Numbers):
    """A comparison in the list across events: its numbers without its claims."""

    event = EventReference()


class Stretch(Shape):
    """A stretch of the number line that most voters' bounds cover; never a probability."""

    low = IntegerField()
    high = people("Null where the stretch is open.")
    claimants = IntegerField(help_text="How many voters cover it.")
    bounded_claimants = IntegerField(help_text="How many of these are bounded on both sides.")
    of = IntegerField(help_text="How many voters there are.")


class Rule(Shape):
    """One number made by a named rule."""

    name = CharField()
    low = people("")
    best = people("")
    high = people("")


class Claimant(Shape):
    """Who makes a claim, and how they stand to the people counted."""

    id = CharField()
    name = CharField()
    kind = code("source_kind")
    stance = code("stance")
    is_compilation = BooleanField(help_text="Puts other people's reports together.")


class Figure(Shape):
    """A figure as stated; null means not stated, never zero."""

    low = people("As stated.")
    best = people("As stated.")
    high = people("As stated.")
    qualifier = code("qualifier")
    wording = text("The source's own words.")
    interval = text("What low to high is, where the source says so.")
    disordered = BooleanField(help_text="The source printed low, best and high out of order.")


class Bounds(Shape):
    """What the words say about the true number, both ends included."""

    low = IntegerField()
    high = people("Null where there is no upper end.")


class DocumentReference(Shape):
    """A document in short."""

    id = CharField()
    title = CharField()
    publisher = optional_text("The publisher's name.")
    url = optional_text()
    archived_url = optional_text()
    published_on = partial_date("Published on.")


class Citation(Shape):
    """Where a document prints a claim."""

    document = DocumentReference()
    wording = text("The number as this document prints it.")
    quote = text()
    locator = text("Page, paragraph, table or row.")
    via = DocumentReference(allow_null=True, help_text="The document that it got it from.")


class Statement(Shape):
    """What a claim is wherever it is shown."""

    id = CharField()
    url = CharField(help_text="The path of its page on this site.")
    claimant = Claimant()
    figure = Figure()
    bounds = Bounds(allow_null=True, help_text="Null where the words set none.")
    victims_wording = text("Whom the figure counts, in the source's own words.")
    count_basis = code("count_basis")
    claimed_on = partial_date("Claimed on.")
    as_of = day("The day that the figure counts up to.")
    period_start = day("Only where the figure covers another period than the event.")
    period_end = day("Only where the figure covers another period than the event.")
    area = text("Only where the figure covers another area than the event.")
    revises = optional_text("The id of the earlier claim of the same claimant that it replaces.")
    revised_by = optional_text("The id of the later claim that replaces it.")
    state = code("state")
    credibility = optional_code("credibility")
    citations = Citation(many=True)


class ClaimInComparison(Statement):
    """A claim in a comparison; its bounds are those it votes with on the reading asked for."""

    votes = BooleanField(help_text="Whether the numbers of the comparison are taken from it.")


class Comparison(Numbers):
    """A comparison with its claims and their citations."""

    event = EventReference()
    agreement = Stretch(many=True)
    groups = ids("The largest sets of voters that can all be true together.")
    self_disagreements = ids("Claims of one claimant on one day that cannot both be true.")
    rule = Rule(allow_null=True)
    claims = ClaimInComparison(many=True)


class Comparisons(Shape):
    """Every comparison of one event."""

    results = Comparison(many=True)


class Event(Shape):
    """An event in lists."""

    id = CharField()
    title = CharField()
    url = CharField(help_text="The path of its page on this site.")
    aliases = texts("Other names.")
    kind = code("event_kind")
    date_start = partial_date("The first day.")
    date_start_precision = optional_code("date_precision")
    date_end = partial_date("The last day; null while it goes on.")
    date_end_precision = optional_code("date_precision")
    countries = texts("ISO 3166-1 alpha-2 codes.")
    place = text()
    latitude = FloatField(allow_null=True)
    longitude = FloatField(allow_null=True)
    place_precision = code("place_precision")
    parties = Named(many=True)
    parent = EventReference(allow_null=True)
    claim_count = IntegerField()
    headline = Numbers(
        allow_null=True, help_text="The comparison with most voters, then the widest gap."
    )
    checked_on = day("The day an editor last looked for new figures.")


class EventDetail(Event):
    """An event with its parts and its comparisons, up to 200 of each."""

    explanation = text("Why the figures may differ, in the editors' words.")
    children = EventReference(many=True)
    comparisons = Numbers(many=True)


class Claim(Statement):
    """A claim; its bounds are what its words say on the plain reading."""

    event = EventReference()
    measure = code("measure")
    victims = code("victims")
    victims_party = Named(allow_null=True)


class Link(Shape):
    """A claim in its chain of revisions."""

    id = CharField()
    url = CharField()
    figure = Figure()
    claimed_on = partial_date("Claimed on.")


class ClaimDetail(Claim):
    """A claim with the chain of revisions it stands in, oldest first, itself included."""

    chain = Link(many=True)


class Source(Shape):
    """A source."""

    id = CharField()
    page = CharField(help_text="The path of its page on this site.")
    name = CharField()
    aliases = texts("Other names.")
    kind = code("source_kind")
    speaks_for = Named(allow_null=True, help_text="The party that it speaks for.")
    is_compilation = BooleanField(help_text="Puts other people's reports together.")
    url = optional_text("Its own address on the web.")


class Document(Shape):
    """A document."""

    id = CharField()
    page = CharField(help_text="The path of its page on this site.")
    title = CharField()
    publisher = Named(allow_null=True)
    author = text()
    url = optional_text("Its own address on the web.")
    archived_url = optional_text("An archived copy.")
    published_on = partial_date("Published on.")
    published_on_precision = optional_code("date_precision")
    language = optional_text("Code such as en, uk, ar.")


class CarriedClaim(Shape):
    """A claim as one document prints it."""

    claim = Claim()
    wording = text("The number as this document prints it.")
    quote = text()
    locator = text("Page, paragraph, table or row.")


class DocumentDetail(Document):
    """A document with up to 200 claims it carries; `/claims/?document=` has all of them."""

    citations = CarriedClaim(many=True)


class ChangedRecord(Shape):
    """What an entry of the log is about."""

    kind = CharField()
    id = CharField()
    url = CharField(help_text="The path of its page, or tombstone, on this site.")


class ChangedField(Shape):
    """One field before and after a correction."""

    field = CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class Change(Shape):
    """An entry of the public log."""

    at = serializers.DateTimeField()
    kind = code("change_kind")
    record = ChangedRecord()
    target = optional_text("The id of what it went into, replaced, or is cited in.")
    event = EventReference(allow_null=True)
    reason = text()
    fields = ChangedField(many=True)  # type: ignore[assignment]


class MirroredRecord(Shape):
    """A record and what it is now; null where it is not public (any more): drop it."""

    record_id = CharField()
    record = serializers.JSONField(
        allow_null=True,
        help_text="As its list shows it; an event also with `comparisons` and `explanation`, "
        "events and claims with their `key` in files, documents with `is_untitled`.",
    )


class FeedEntry(MirroredRecord):
    """An entry of the feed for mirrors: keep its record, or drop it where that is null."""

    cursor = CharField(help_text="Opaque; `since` takes it.")
    at = serializers.DateTimeField()
    kind = CharField(
        help_text="A code of the vocabulary `change_kind`, or `refreshed`: shown otherwise now, "
        "because of something else or for a reason that is not told."
    )
    record_kind = CharField(help_text="event, claim, citation (of the claim), source, document.")
    target_id = optional_text("The id of what it went into, replaced, or is cited in.")
    reason = text()
    fields = ChangedField(many=True)  # type: ignore[assignment]


class FeedPage(Shape):
    """Entries, oldest first. Without results there is nothing new: ask `next` again later."""

    results = FeedEntry(many=True)
    also = MirroredRecord(
        many=True, help_text="Other records that the entries bear on: kept or dropped alike."
    )
    next = serializers.URLField(help_text="Where to go on; always given.")


class Term(Shape):
    """One code with what it means."""

    code = CharField()
    label = CharField()  # type: ignore[assignment]
    definition = text()


class Vocabulary(Shape):
    """A closed list of codes."""

    name = CharField()
    definition = text()
    terms = Term(many=True)


class Roots(Shape):
    """The addresses to start from."""

    events = CharField()
    comparisons = CharField()
    claims = CharField()
    sources = CharField()
    documents = CharField()
    changes = CharField()
    vocabularies = CharField()
    schema = CharField()
    docs = CharField()


class Problem(Shape):
    """An error after RFC 9457."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField(help_text="What was expected, what was found, what to do.")
    instance = CharField(help_text="The address that was asked.")


class BadParameter(Problem):
    """A parameter that cannot be taken as it stands."""

    parameter = CharField(required=False, help_text="The name of the parameter at fault.")


class Gone(Problem):
    """The tombstone of a withdrawn record."""

    id = CharField()
    state = code("state")
    since = serializers.DateTimeField()
    reason = text()
