"""The shapes of the JSON, for the schema and for the test that holds every answer to them."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, FloatField, IntegerField

from claims.api.shape_fields import (
    Shape,
    code,
    day,
    ids,
    optional_code,
    optional_text,
    partial_date,
    people,
    text,
    texts,
)


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
