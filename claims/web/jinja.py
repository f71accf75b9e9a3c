"""The templates of pages with long tables: Jinja's, which are compiled and cost a tenth.

Everything is escaped unless the code that made it says that it is markup; a name that a template
misspells is an error, not an empty place. No macros: one that a template defines refers to all that
the page shows and is referred to by it, so that only a search for garbage would free a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from jinja2 import Environment, StrictUndefined

from claims.web import words
from claims.web.addresses import page_address
from claims.web.charts import dotplot, marks, steps
from claims.web.charts.file import hatch
from claims.web.event_page.rows import publisher_link
from claims.web.templatetags import figure_tags

_DEFINITIONS = (
    '<svg class="chart-definitions" width="0" height="0" aria-hidden="true"><defs>'
    f"{marks.DEFINITIONS}{hatch()}</defs></svg>"
)
"""The shapes and the hatching that all charts of a page refer to; once per page."""


def environment(**options: Any) -> Environment:
    """Return Jinja as these pages need it."""
    made = Environment(
        loader=options["loader"],
        auto_reload=options["auto_reload"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "coordinates": figure_tags.coordinates,
        "figure_words": figure_tags.figure_words,
        "label": figure_tags.label,
        "paragraphs": paragraphs,
        "people": figure_tags.people,
        "took_place": figure_tags.took_place,
        "when": figure_tags.when,
    }
    made.globals |= {
        "axis": _markup(dotplot.axis_svg),
        "bands_plot": _markup(dotplot.bands_svg),
        "chart_definitions": SafeString(_DEFINITIONS),
        "counted": words.counted,
        "gap": words.gap,
        "gap_factor": words.gap_factor,
        "grid": _markup(dotplot.grid_svg),
        "legend_mark": _markup(marks.legend_svg),
        "log_entry": figure_tags.log_entry,
        "publisher_link": publisher_link,
        "range_bar": figure_tags.range_bar,
        "sentence": words.sentence,
        "step_plot": _markup(steps.steps_svg),
        "url": page_address,
        "verdict": figure_tags.verdict,
    }
    return made


def _markup(make: Callable[..., str]) -> Callable[..., SafeString]:
    """Return a function whose text is markup already."""

    def made(*args: Any) -> SafeString:
        return SafeString(make(*args))

    return made


def paragraphs(text: str) -> SafeString:
    """Return what people wrote as paragraphs, with whatever looks like markup made plain."""
    return SafeString(linebreaks(text, autoescape=True))
