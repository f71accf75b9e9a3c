"""The closed lists of words that claims are described with, each with a label and a definition.

Codes are contract: they stand in the database, in the API and in files that people keep. Lists
grow; a code is never renamed or reused. Labels and definitions may be improved at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary, what people read for it, and what it means."""

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered list of terms under one name."""

    name: str
    definition: str
    terms: tuple[Term, ...]
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {term.code: place for place, term in enumerate(self.terms)}
        object.__setattr__(self, "_places", places)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(term.code for term in self.terms)

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) pairs, as form fields and columns want them."""
        return [(term.code, term.label) for term in self.terms]

    def label(self, code: str) -> str:
        """Return what people read for ``code``, or the code itself where it is not known."""
        place = self._places.get(code)
        return code if place is None else self.terms[place].label

    def position(self, code: str) -> int:
        """Return the place of ``code`` in the list; unknown codes come last."""
        return self._places.get(code, len(self.terms))

    def bit(self, code: str) -> int:
        """Return a number with one bit set, so that several codes fit into one number."""
        return 1 << self.position(code)


def _vocabulary(name: str, definition: str, *terms: tuple[str, str, str]) -> Vocabulary:
    return Vocabulary(name, definition, tuple(Term(*term) for term in terms))


MEASURE = _vocabulary(
    "measure",
    "What happened to the people counted. Different measures are never added or compared.",
    ("killed", "killed", "People who died in or directly because of the event."),
    ("injured", "injured", "People wounded or otherwise hurt who were alive when counted."),
    ("missing", "missing", "People whose fate was unknown when counted."),
    ("captured", "captured", "People taken prisoner or hostage."),
    ("displaced", "displaced", "People who had to leave their homes."),
    (
        "killed_or_injured",
        "killed or injured",
        "Killed and injured together, where the source says that both are meant.",
    ),
    (
        "losses_unspecified",
        "losses, not specified",
        "Losses of kinds that the source does not name; may include injured and captured.",
    ),
    ("bodies_recovered", "bodies recovered", "Bodies found, which may be fewer than the killed."),
    ("died_of_wounds", "died of wounds", "People who died later of injuries from the event."),
    (
        "excess_deaths",
        "excess deaths",
        "Deaths above the number expected without the event, whatever their cause.",
    ),
    (
        "indirect_deaths",
        "indirect deaths",
        "Deaths from consequences of the event such as disease, hunger or after-effects.",
    ),
)

VICTIMS = _vocabulary(
    "victims",
    "Whom a figure counts. Some groups contain others: children are part of people.",
    ("people", "people", "Everybody, or people not further described."),
    ("civilians", "civilians", "People who took no direct part in hostilities."),
    (
        "combatants",
        "combatants",
        "Members of armed forces or groups: soldiers, conscripts, militants.",
    ),
    ("children", "children", "People under 18, or children as the source counts them."),
    ("women", "women", "Women, as the source counts them."),
    ("men", "men", "Men, as the source counts them."),
    ("medical_workers", "medical workers", "Doctors, nurses, paramedics and other health staff."),
    ("journalists", "journalists", "Journalists and other media workers."),
    ("aid_workers", "aid workers", "Staff and volunteers of humanitarian organisations."),
    ("detainees", "detainees", "People held by somebody, prisoners of war included."),
    ("police", "police", "Police and other law enforcement officers."),
)

# Every group is part of people; these are part of civilians as well.
PARTS_OF_CIVILIANS = frozenset({"medical_workers", "journalists", "aid_workers"})

COUNT_BASIS = _vocabulary(
    "count_basis",
    "How the number was arrived at. Verified, named, bodies-counted and hospital counts are "
    "partial: floors of the whole, never rivals of it.",
    ("all_reported", "all reported", "Everybody reported or believed to be affected."),
    ("verified", "verified", "Only cases that the claimant has verified one by one."),
    ("identified_by_name", "identified by name", "Only people whose names are known."),
    ("bodies_counted", "bodies counted", "Only bodies that were seen or counted."),
    ("hospital_registered", "registered by hospitals", "Only people registered by hospitals."),
    ("modelled", "modelled", "Estimated by a survey or a statistical model."),
)
PARTIAL_BASES = frozenset(
    {"verified", "identified_by_name", "bodies_counted", "hospital_registered"}
)

STANCE = _vocabulary(
    "stance",
    "How the claimant stands to the people counted; computed, never entered.",
    ("own_losses", "own losses", "The claimant speaks for the party the victims belong to."),
    ("enemy_losses", "other side's losses", "The claimant speaks for an opposing party."),
    ("third_party", "third party", "The claimant speaks for none of the parties to the event."),
)

STATE = _vocabulary(
    "state",
    "Where a record stands on its way to the public.",
    ("draft", "draft", "Being written; seen by editors only."),
    ("submitted", "submitted", "Waiting for review by a second person."),
    ("published", "published", "Public."),
    ("withdrawn", "withdrawn", "Taken back; its address says so."),
    ("rejected", "rejected", "Reviewed and not accepted; can be taken up again."),
)

SOURCE_KIND = _vocabulary(
    "source_kind",
    "What kind of body a source is.",
    ("government", "government", "A national government or one of its ministries or agencies."),
    ("military", "military", "Armed forces, including a ministry of defence."),
    ("party_official", "party official", "A political or armed party to the conflict."),
    ("local_authority", "local authority", "A region, city or other local administration."),
    ("health_authority", "health authority", "A ministry of health, hospital or health service."),
    ("emergency_service", "emergency service", "Rescue, fire or civil defence service."),
    ("intergovernmental", "intergovernmental body", "The United Nations and other such bodies."),
    ("ngo", "non-governmental organisation", "A non-governmental or monitoring organisation."),
    ("news_media", "news media", "A newspaper, agency, broadcaster or news site."),
    ("journalist", "journalist", "A journalist or several, named or not."),
    ("academic", "academic", "Researchers and their publications."),
    ("dataset", "dataset", "A published collection of records."),
    ("court", "court", "A court, tribunal or commission of inquiry."),
    ("witness", "witness", "Somebody who was there."),
    ("social_account", "social media account", "An account on a social network or channel."),
    ("other", "other", "None of the above."),
)

EVENT_KIND = _vocabulary(
    "event_kind",
    "What kind of event it is.",
    ("war", "war", "An armed conflict as a whole, or a long part of one."),
    ("campaign", "campaign", "An offensive or a series of operations."),
    ("battle", "battle", "Fighting between armed sides at one place."),
    ("siege", "siege", "A place surrounded or blockaded."),
    ("strike", "strike", "An attack from the air or with missiles or drones."),
    ("shelling", "shelling", "An attack with artillery, rockets or mortars."),
    ("massacre", "massacre", "Killing of many people who could not defend themselves."),
    ("explosion", "explosion", "An explosion, whatever its cause."),
    ("repression", "repression", "Force used by a state against people or a protest."),
    ("terrorism", "terrorism", "An attack on civilians that the sources call terrorism."),
    ("disappearance", "disappearance", "People taken away and not seen again."),
    ("earthquake", "earthquake", "An earthquake and what followed from it."),
    ("flood", "flood", "A flood, tsunami or landslide."),
    ("storm", "storm", "A storm, cyclone or tornado."),
    ("industrial_accident", "industrial accident", "An accident at a plant, mine or works."),
    ("other", "other", "None of the above."),
)

DATE_PRECISION = _vocabulary(
    "date_precision",
    "How precisely a date is known.",
    ("day", "to the day", "The day is known."),
    ("month", "to the month", "Only the month is known."),
    ("year", "to the year", "Only the year is known."),
    ("approximate", "approximate", "The day is an approximation."),
)

PLACE_PRECISION = _vocabulary(
    "place_precision",
    "How precisely a place is known; after the precision codes that conflict datasets use.",
    ("exact", "exact", "The spot itself is known."),
    ("settlement", "settlement", "The town, village or city district is known."),
    ("district", "district", "The second-level administrative unit is known."),
    ("region", "region", "The first-level administrative unit is known."),
    ("country", "country", "Only the country is known."),
    ("unknown", "unknown", "The place is not known or does not apply."),
)

QUALIFIER = _vocabulary(
    "qualifier",
    "How the wording bounds the number.",
    ("exactly", "exactly", "The number as it stands."),
    ("at_least", "at least", "The number or more."),
    ("more_than", "more than", "Above the number."),
    ("at_most", "up to", "The number or fewer."),
    ("fewer_than", "fewer than", "Below the number."),
    ("nearly", "nearly", "The number or a little below it."),
    ("about", "about", "The number, rounded or estimated."),
    ("between", "between", "A range with two ends."),
    ("order", "order of size", "A word for an order of size, such as dozens or hundreds."),
    ("unknown", "unknown", "The source says that the number is not known."),
)

CREDIBILITY = _vocabulary(
    "credibility",
    "How credible editors hold the statement to be, on the information credibility scale of the "
    "NATO system (AJP-2.1); empty where nobody has assessed it.",
    ("confirmed", "confirmed by other sources", "Confirmed by independent sources."),
    ("probable", "probably true", "Consistent with other information, not confirmed."),
    ("possible", "possibly true", "Reasonable, agrees with some other information."),
    ("doubtful", "doubtful", "Possible but not logical, no other information on it."),
    ("improbable", "improbable", "Contradicted by other information."),
    ("cannot_be_judged", "truth cannot be judged", "There is no basis to assess it."),
)

VERDICT = _vocabulary(
    "verdict",
    "What the voters of a comparison say taken together.",
    ("single", "single claimant", "Fewer than two claimants have a figure with bounds."),
    (
        "contradictory",
        "contradictory",
        "At least two claimants give figures that cannot both be true.",
    ),
    (
        "developing",
        "developing",
        "Figures differ only from counts of the first days, when counting may have been going on.",
    ),
    ("agree", "agree", "All claimants give the same bounds."),
    (
        "compatible",
        "compatible",
        "Figures differ in wording or width but can all be true in pairs.",
    ),
    (
        "not_comparable",
        "not comparable",
        "Several claimants speak, but never about one period and area.",
    ),
)

RELATION = _vocabulary(
    "relation",
    "How two claims on one question stand to each other.",
    (
        "not_comparable",
        "not comparable",
        "They cover different periods or areas, or one has no bounds on this reading.",
    ),
    ("compatible", "compatible", "Both can be true."),
    (
        "first_days",
        "first days",
        "The smaller is a count from the first days of the event and not later than the larger.",
    ),
    ("contradictory", "contradictory", "They cannot both be true."),
)

READING = _vocabulary(
    "reading",
    "How much a wording is taken to say.",
    ("plain", "plain", "As a fair reader understands the words; the default."),
    ("strict", "strict", "Only what the words entail."),
)

CHANGE_KIND = _vocabulary(
    "change_kind",
    "What an entry of the public log records.",
    ("added", "added", "A record was published for the first time."),
    ("revised", "revised", "The same claimant gave a new figure; the old claim stays."),
    ("corrected", "corrected", "A mistake of ours was mended."),
    ("withdrawn", "withdrawn", "A record was taken back."),
    ("merged", "merged", "Two records turned out to be one."),
    ("split", "split", "One record turned out to be two."),
)

ALL: tuple[Vocabulary, ...] = (
    MEASURE,
    VICTIMS,
    COUNT_BASIS,
    STANCE,
    STATE,
    SOURCE_KIND,
    EVENT_KIND,
    DATE_PRECISION,
    PLACE_PRECISION,
    QUALIFIER,
    CREDIBILITY,
    VERDICT,
    RELATION,
    READING,
    CHANGE_KIND,
)
