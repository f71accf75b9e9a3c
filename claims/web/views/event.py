"""The event page, the page that the tracker exists for, and its charts as files."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from claims.queries.addresses import NothingThere
from claims.queries.compared import ComparedEvent
from claims.queries.comparisons import compare_claims
from claims.queries.event_dossier import EventDossier, event_dossier
from claims.queries.parameters import BadParameter
from claims.web.addresses import page_address
from claims.web.answers import address_of, refuses_bad_parameters, says_where_records_went
from claims.web.charts.file import chart_file
from claims.web.citations_text import Cited
from claims.web.downloads import files_of
from claims.web.event_page.days import claim_days
from claims.web.event_page.embedding import embeds
from claims.web.event_page.panels import headline, panel, panels
from claims.web.event_page.parts import parts
from claims.web.event_page.questions import others_html, parted, with_question_of_claim
from claims.web.event_page.state import (
    EVERY_QUESTION,
    PageState,
    choice_rows,
    days,
    days_html,
    page_state,
)
from claims.web.json_ld import block, event_nodes
from claims.web.log_entries import event_entries
from claims.web.snippets import snippets

_MAIN = "<!-- main -->"
"""Where the main part goes; no record can say it, since a page escapes what records say."""


@require_safe
@refuses_bad_parameters
@says_where_records_went
def event(request: HttpRequest, public_id: str, slug: str | None = None) -> HttpResponse:
    """Show who said which number about one event, and which of the numbers can be true together."""
    state = page_state(request.GET)
    dossier = event_dossier(public_id)
    if slug != dossier.event.slug:
        address = dossier.event.get_absolute_url()
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    shown = event_context(dossier, state)
    frame = render_to_string("web/event.html", _frame(shown), request)
    main = render_to_string("event/main.html", shown, using="jinja2")
    return HttpResponse(frame.replace(_MAIN, main, 1))


def _frame(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what the frame around the page says of it: texts only.

    Django's templates keep what they are given until a search for garbage comes by, and copy a
    long text many times over; so they get a place for the main part instead of thousands of values.
    """
    headline = shown["headline"]
    return {
        "title": shown["event"].title,
        "summary": headline.summary if headline else "",
        **{name: shown[name] for name in ("address", "feed_address", "json_address", "json_ld")},
        "main_html": SafeString(_MAIN),
    }


def event_context(dossier: EventDossier, state: PageState) -> dict[str, Any]:
    """Return what the templates of the event page show."""
    views = compare_claims(dossier.compared, dossier.claims, state.options)
    state = with_question_of_claim(views, state)
    whole, others = parted(views, state)
    shown = panels(whole, state)
    addresses = _addresses(dossier.compared, state)
    offered_days = days(state, claim_days(dossier.claims))
    offers_log = any(one.offers_log for one in shown)
    of_event = QueryDict(f"event={dossier.event.public_id}")
    return {
        **addresses,
        "event": dossier.event,
        "dossier": dossier,
        "state": state,
        "columns": state.columns,
        "panels": shown,
        "others": others,
        "others_html": others_html(others, addresses["address"]),
        "headline": headline(shown),
        "parts": parts(views),
        "choices": choice_rows(state, offers_log=offers_log),
        "days": offered_days,
        "days_html": days_html(offered_days, addresses["address"]),
        "entries": event_entries(dossier.log),
        "cited": _cited(dossier, state),
        "embeds": embeds(shown, state, dossier.event.title, addresses),
        "json_ld": block(*event_nodes(dossier.event, dossier.claims)),
        "downloads": files_of("claims", of_event),
        "snippets": snippets("claims", of_event),
    }


def _addresses(event: ComparedEvent, state: PageState) -> dict[str, str]:
    """Return the addresses of the page, of what belongs to it and of other views of it."""
    short, api = address_of(event.public_id), f"{page_address('web:home')}api/v1"
    return {
        "address": event.get_absolute_url(),
        "chart_address": f"{short}chart.svg",
        "chart_query": state.with_question("").query.replace("?", "&", 1),
        "feed_address": f"{short}feed.atom",
        "json_address": f"{api}/events/{event.public_id}/comparisons/{state.comparison_query}",
        "every_query": state.with_question(EVERY_QUESTION).query,
        "today_query": state.with_as_of(None).query,
    }


def _cited(dossier: EventDossier, state: PageState) -> Cited:
    return Cited(
        title=dossier.event.title,
        public_id=dossier.event.public_id,
        site=settings.SITE_NAME,
        view=state.words,
        address=f"{settings.SITE_URL}{dossier.compared.get_absolute_url()}{state.query}",
        read_on=timezone.now().date(),
    )


@require_safe
@refuses_bad_parameters
@says_where_records_went
def chart(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with the chart of one comparison as an SVG file, ``question`` being its public id."""
    asked = page_state(request.GET)
    question, state = asked.question, asked.with_question("")
    if question in ("", EVERY_QUESTION):
        raise BadParameter(
            "question", f"“question” is the public id of a comparison (cm_...); got “{question}”."
        )
    dossier = event_dossier(public_id)
    views = compare_claims(dossier.compared, dossier.claims, state.options)
    found = next((view for view in views if view.public_id == question), None)
    if found is None:
        raise NothingThere(f"The event {public_id} has no comparison {question} in this view.")
    shown = panel(found, state).chart
    name = f"{dossier.event.slug or public_id}-{found.question.measure}.svg"
    return HttpResponse(
        chart_file(shown, event=dossier.event.title, source=_cited(dossier, state).text),
        status=HTTPStatus.OK,
        content_type="image/svg+xml; charset=utf-8",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cross-Origin-Resource-Policy": "cross-origin",  # pictures of it stand in other pages
        },
    )
