"""One panel of the event page: a comparison with its sentence, chart, rows and remarks."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from claims.domain.dates import PartialDate
from claims.domain.stance import Stance
from claims.domain.vocabularies import COUNT_BASIS, STANCE
from claims.queries import comparisons
from claims.queries.comparisons import ClaimInComparison, ComparisonView
from claims.queries.parameters import ComparisonOptions
from claims.web import sentences, words
from claims.web.charts.dotplot import Band, DotPlot, Row, line_for
from claims.web.charts.marks import SHAPES, Tone, geometry
from claims.web.event_page.drift import Drift, drifts
from claims.web.event_page.questions import about
from claims.web.event_page.reasons import PairReason, pair_reasons
from claims.web.event_page.revisions import RevisionLine, revision_lines
from claims.web.event_page.rooms import WHOLE, Room, rooms
from claims.web.event_page.rows import TableRow, row_html
from claims.web.event_page.state import PageState

MOST_REASONS = 3
LOG_FROM = 20
"""The ratio of the highest to the lowest number from which a logarithmic line is offered."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which claims of how many the table shows; ``last`` is the last of them where more follow."""

    start: int
    end: int
    of: int
    last: str

    @property
    def is_whole(self) -> bool:
        """Whether the table shows every claim."""
        return self.end - self.start == self.of

    @property
    def words(self) -> str:
        """The stretch in words: "Claims 101 to 200 of 512"."""
        return f"Claims {self.start + 1:,} to {self.end:,} of {self.of:,}"


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the page shows of one comparison; ``rows`` are those that its table shows now.

    ``next_query`` leads to the following rows, ``open_query`` to all the page has to say of it.
    ``lines`` is how many of its revisions are shown, ``None`` for all of them; ``drifts`` are
    those of the claims in the table.
    """

    view: ComparisonView
    about: str
    heading: str
    summary: str
    remarks: list[str]
    chart: DotPlot
    rows: list[TableRow]
    stretch: Stretch
    next_query: str
    open_query: str
    revisions: list[RevisionLine]
    drifts: list[Drift]
    lines: int | None
    reasons: list[PairReason]

    @property
    def is_short(self) -> bool:
        """Whether the page has more to say of it once it is opened."""
        return self.lines is not None

    @property
    def offers_log(self) -> bool:
        """Whether the numbers lie far enough apart for a logarithmic line."""
        ratio = self.view.result.spread_ratio
        has_zero = self.view.result.lowest == 0 and bool(self.view.result.highest)
        return has_zero or (ratio is not None and ratio > LOG_FROM)

    @property
    def agreement_share(self) -> str:
        """How many of how many claimants: "4 of 5"."""
        return self.chart.bands[0].share if self.chart.bands else ""

    @property
    def shown_reasons(self) -> list[PairReason]:
        """The pairs that are spelt out at once."""
        return self.reasons[:MOST_REASONS]

    @property
    def further_reasons(self) -> list[PairReason]:
        """The pairs that wait behind a click."""
        return self.reasons[MOST_REASONS:]

    @property
    def has_credibility(self) -> bool:
        """Whether editors assessed any of the claims."""
        return any(shown.claim.credibility for shown in self.view.claims)

    @property
    def rows_html(self) -> SafeString:
        """The rows of the table."""
        has_credibility = self.has_credibility
        return SafeString(
            "".join([row_html(row, has_credibility=has_credibility) for row in self.rows])
        )


def panels(views: Sequence[ComparisonView], state: PageState) -> list[Panel]:
    """Prepare the comparisons that the page shows whole."""
    room = rooms(views, state)
    return [panel(view, state, own) for view, own in zip(views, room, strict=True)]


def panel(view: ComparisonView, state: PageState, room: Room = WHOLE) -> Panel:
    """Prepare one comparison for the page, as much of it as there is room for."""
    asked = about(view.question)
    names = {c.claim.public_id: c.claim.claimant.name for c in view.claims}
    ordered = in_order(view.claims, state)
    summary = sentences.summary(view.result, about=asked, names=names)
    stretch = stretch_after(ordered, state, room.claims)
    shown = ordered[stretch.start : stretch.end]
    return Panel(
        view=view,
        about=asked,
        heading=words.sentence(asked),
        summary=summary,
        remarks=sentences.remarks(view.result, compilations=state.options.compilations),
        chart=dot_plot(
            view,
            state,
            shown,
            most=room.marks,
            title=words.sentence(asked),
            description=summary,
        ),
        rows=[table_row(view, claim, state.options) for claim in shown],
        stretch=stretch,
        next_query=state.query_after(stretch.last) if stretch.last else "",
        open_query=state.with_question(view.public_id).query,
        revisions=revision_lines(view.claims),
        drifts=drifts(shown),
        lines=room.lines,
        reasons=pair_reasons(view),
    )


def headline(panels: Sequence[Panel]) -> Panel | None:
    """Return the panel that the page opens with."""
    first = comparisons.headline(shown.view for shown in panels)
    return next((shown for shown in panels if shown.view is first), None)


def in_order(claims: Sequence[ClaimInComparison], state: PageState) -> list[ClaimInComparison]:
    """Return claims as the address asks; by date, oldest first, unless it says otherwise."""
    if state.sort == "claimant":
        return sorted(claims, key=lambda c: c.claim.claimant.name.casefold())
    if state.sort == "value":
        return sorted(claims, key=lambda c: geometry(c.claim.figure, state.options.reading).order)
    return list(claims)


def stretch_after(ordered: Sequence[ClaimInComparison], state: PageState, most: int) -> Stretch:
    """Return which of the claims in order the table shows: the first, or those after a claim."""
    ids = [shown.claim.public_id for shown in ordered] if state.after else []
    start = ids.index(state.after) + 1 if state.after in ids else 0
    end = min(start + most, len(ordered))
    last = ordered[end - 1].claim.public_id if end < len(ordered) else ""
    return Stretch(start, end, len(ordered), last)


def dot_plot(
    view: ComparisonView,
    state: PageState,
    in_table: Sequence[ClaimInComparison],
    *,
    most: int,
    title: str,
    description: str,
) -> DotPlot:
    """Prepare the chart; with more than the most claims it keeps the newest and counts the rest."""
    newest = view.claims[-most:]
    near = {shown.claim.public_id for shown in in_table}
    rows = [chart_row(view, claim, state.options, near) for claim in in_order(newest, state)]
    voters = len(view.result.voters)
    bands = tuple(
        Band(s.low, s.high, words.stretch(s), f"{s.claimants} of {s.of}")
        for s in view.result.agreement
        if voters > 1 and s.claimants > 1
    )
    return DotPlot(
        title=title,
        description=description,
        rows=tuple(rows),
        bands=bands,
        scale=line_for(rows, is_log=state.is_log),
        left_out=len(view.claims) - len(newest),
    )


def chart_row(
    view: ComparisonView,
    shown: ClaimInComparison,
    options: ComparisonOptions,
    near: Container[str],
) -> Row:
    """Prepare one claim for the chart; those ``near`` stand in the table of the same page."""
    claim = shown.claim
    notes = [STANCE.label(shown.stance)] if shown.stance is not Stance.THIRD_PARTY else []
    if claim.count_basis != "all_reported":
        notes.append(COUNT_BASIS.label(claim.count_basis))
    notes.append(silence(view, shown, options))
    dated = said_on(shown)
    return Row(
        claimant=claim.claimant.name,
        words=words.figure(claim.figure),
        date=dated.label() if dated else "no date",
        geometry=geometry(claim.figure, options.reading),
        shape=SHAPES[shown.stance],
        tone=tone(shown),
        notes=tuple(note for note in notes if note),
        address=f"#{claim.public_id}" if claim.public_id in near else claim.get_absolute_url(),
    )


def said_on(shown: ClaimInComparison) -> PartialDate | None:
    """Return the date of a claim: its own, else that of the first document that carries it."""
    return shown.statement.claimed_on or shown.statement.cited_on


def tone(shown: ClaimInComparison) -> Tone:
    """Return how strongly a claim is drawn."""
    if shown.revised_by is not None:
        return Tone.REVISED
    return Tone.VOTES if shown.votes else Tone.SILENT


def table_row(
    view: ComparisonView, shown: ClaimInComparison, options: ComparisonOptions
) -> TableRow:
    """Prepare one claim for the table."""
    return TableRow(
        shown,
        stance=STANCE.label(shown.stance),
        basis=COUNT_BASIS.label(shown.claim.count_basis),
        silence=silence(view, shown, options),
        victims=view.question.victims,
    )


def silence(view: ComparisonView, shown: ClaimInComparison, options: ComparisonOptions) -> str:
    """Say why a claim does not vote; empty for one that does."""
    if shown.votes:
        return ""
    if shown.revised_by is not None:
        return "revised since"
    if shown.claim.claimant.is_compilation and not options.compilations:
        return "a compilation, does not vote"
    if shown.bounds is None:
        return "sets no bounds, does not vote"
    if shown.statement.scope != view.result.electorate.scope:
        return "another period or area, not compared"
    return "the claimant’s other figure votes"
