"""Lines of HTML that show a chart of an event in somebody else's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.conf import settings

from claims.web.event_page.panels import Panel
from claims.web.event_page.state import PageState

MOST = 5
"""Charts of a page that lines are given for; a page of one question gives those of any other."""


@dataclass(frozen=True, slots=True)
class Embed:
    """The lines for one chart; ``key`` is fit for an id in a page."""

    key: str
    heading: str
    lines: str


def embeds(
    panels: Sequence[Panel], state: PageState, event: str, addresses: Mapping[str, str]
) -> list[Embed]:
    """Return the lines for the charts that a page shows: a picture that leads to the question.

    The picture is made anew whenever it is looked at. ``event`` is the title, ``addresses`` has
    those of the page and of its charts.
    """
    drawn = [panel for panel in panels if panel.chart.has_marks]
    return [_embed(panel, state, event, addresses) for panel in drawn[:MOST]]


def _embed(panel: Panel, state: PageState, event: str, addresses: Mapping[str, str]) -> Embed:
    key = panel.view.public_id
    view = state.with_question(key).query
    page = f"{settings.SITE_URL}{addresses['address']}{view}#{key}"
    chart = f"{settings.SITE_URL}{addresses['chart_address']}{view}"
    lines = (
        f'<a href="{escape(page)}">\n'
        f'  <img src="{escape(chart)}" width="100%"\n'
        f'    alt="{escape(f"{event}. {panel.summary}")}">\n'
        "</a>"
    )
    return Embed(key, panel.heading, lines)
