"""The charts of the event page, piece by piece, for the template that lays them out."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from claims.web.charts import dotplot, steps
from claims.web.charts.file import hatch
from claims.web.charts.marks import DEFINITIONS, legend_svg
from claims.web.charts.scale import Scale

register = template.Library()


@register.simple_tag
def chart_definitions() -> SafeString:
    """Return the shapes and the hatching that all charts of a page refer to; once per page."""
    return SafeString(
        '<svg class="chart-definitions" width="0" height="0" aria-hidden="true"><defs>'
        f"{DEFINITIONS}{hatch()}</defs></svg>"
    )


@register.simple_tag
def bands_plot(chart: dotplot.DotPlot) -> SafeString:
    """Return the row with the stretches that most claimants allow."""
    return SafeString(dotplot.bands_svg(chart.bands, chart.scale))


@register.simple_tag
def grid(scale: Scale) -> SafeString:
    """Return the upright lines behind all rows."""
    return SafeString(dotplot.grid_svg(scale))


@register.simple_tag
def axis(scale: Scale) -> SafeString:
    """Return the numbers under the rows."""
    return SafeString(dotplot.axis_svg(scale))


@register.simple_tag
def step_plot(points: Sequence[steps.Step], description: str) -> SafeString:
    """Return the step line of one claimant."""
    return SafeString(steps.steps_svg(points, description))


@register.simple_tag
def legend_mark(kind: str) -> SafeString:
    """Return one small mark of the legend: a shape, or what a tone or line means."""
    return SafeString(legend_svg(kind))
