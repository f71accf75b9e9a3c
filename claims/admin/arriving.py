"""A new document at the desk: pasted, uploaded or fetched, looked at, kept, read for figures.

A pasted text is kept at once, with what the editor says of it. What a machine read from a page
is shown first, to be mended: publisher and date decide who a figure is claimed by and when.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin.actor import actor
from claims.admin.arriving_forms import ArrivingForm, DetailsForm, details_of
from claims.admin.sealing import sealed, unsealed
from claims.domain.intake import Origin
from claims.intake import arrivals
from claims.intake.arrivals import Arrival
from claims.models import StoredText
from claims.queries.source_names import source_named, source_suggestions
from claims.queries.stored_texts import text_kept, text_kept_from
from claims.services import permissions
from claims.services.refusals import Refused

SALT = "claims.admin.arriving"
SHOWN = 1500
"""Characters of a read text that are shown before it is kept."""

View = Callable[..., HttpResponse]


def urls(protected: Callable[[View], View]) -> list[URLPattern]:
    """Return the address of the page, open to whoever may draft."""
    return [path("intake/new/", protected(new_view), name="intake_new")]


def new_view(request: HttpRequest) -> HttpResponse:
    """Show the form, what was read from a page, or lead to the document that was kept."""
    if not permissions.has(actor(request), permissions.DRAFTING):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, ArrivingForm(initial={"url": request.GET.get("url", "")}))
    if "read" in request.POST:
        return _keep_read(request)
    form = ArrivingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        return _arrived(request, form)
    except Refused as refusal:
        return _page(request, form, problem=str(refusal), status=409)


def _arrived(request: HttpRequest, form: ArrivingForm) -> HttpResponse:
    """Keep a pasted text; show what was read from anything else."""
    data = form.cleaned_data
    if data["text"]:
        arrival = arrivals.arrival_of_text(data["text"])
    elif data["file"]:
        arrival = arrivals.arrival_of_file(data["file"].read(), name=data["file"].name)
    elif known := text_kept_from(data["url"]):
        return _known(request, known)
    else:
        arrival = arrivals.arrival_of_address(data["url"], fetcher=arrivals.configured_fetcher())
    if text_kept(arrival.text):
        # Only what a person said fills in what is empty: the rest nobody has looked at.
        return _keep(request, Arrival(text=arrival.text, **form.known()))
    arrival = replace(arrival, **form.known())
    return _look(request, arrival) if arrival.is_page else _keep(request, arrival)


def _keep_read(request: HttpRequest) -> HttpResponse:
    """Keep what was read from a page, with the details as they were mended."""
    try:
        arrival = _opened(unsealed(request, request.POST["read"], salt=SALT))
    except (signing.BadSignature, ValueError):
        problem = "What was read is more than an hour old, or not yours. Give the page again."
        return _page(request, ArrivingForm(), problem=problem, status=400)
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return _look(request, arrival, form, status=400)
    mended = dict.fromkeys(DetailsForm.base_fields, "") | {"published_on": None} | form.known()
    try:
        return _keep(request, replace(arrival, **mended))
    except Refused as refusal:
        return _look(request, arrival, form, problem=str(refusal), status=409)


def _keep(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    arrived = arrivals.take_arrival(arrival, by=actor(request))
    if not arrived.is_new:
        return _known(request, arrived.stored)
    found = arrived.reading.new if arrived.reading else 0
    figures = {0: "No figure was read", 1: "One figure was read"}.get(
        found, f"{found} figures were read"
    )
    messages.success(request, f"“{arrived.document}” is kept. {figures} in it.")
    return HttpResponseRedirect(reverse("admin:intake_reading", args=[arrived.stored.pk]))


def _known(request: HttpRequest, stored: StoredText) -> HttpResponse:
    """Lead to what is there already."""
    messages.info(
        request,
        f"This is here already: “{stored.document}”, kept on {stored.stored_at:%-d %B %Y}. If its "
        "text has changed since, paste the new text.",
    )
    return HttpResponseRedirect(reverse("admin:intake_reading", args=[stored.pk]))


# --- What is carried from one step to the next ----------------------------------------------------
def _carried(arrival: Arrival) -> dict[str, Any]:
    return {
        "text": arrival.text,
        "origin": str(arrival.origin),
        "address": arrival.address,
        "final_address": arrival.final_address,
        "retrieved_at": arrival.retrieved_at.isoformat() if arrival.retrieved_at else None,
        "content_type": arrival.content_type,
        "warc": b64encode(arrival.warc).decode("ascii") if arrival.warc else None,
    }


def _opened(carried: dict[str, Any]) -> Arrival:
    at, warc = carried["retrieved_at"], carried["warc"]
    return Arrival(
        **carried
        | {
            "origin": Origin(carried["origin"]),
            "retrieved_at": datetime.fromisoformat(at) if at else None,
            "warc": b64decode(warc) if warc else None,
        }
    )


# --- The pages -----------------------------------------------------------------------------------
def _look(
    request: HttpRequest,
    arrival: Arrival,
    form: DetailsForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what was read from a page before it is kept."""
    shown = form or DetailsForm(initial=details_of(arrival))
    publisher = str(shown["publisher"].value() or "")
    paragraphs = arrival.text[:SHOWN].split("\n\n")
    context = {
        **admin.site.each_context(request),
        "title": "Look at what was read",
        "form": shown,
        "problem": problem,
        "read": sealed(request, _carried(arrival), salt=SALT),
        "arrival": arrival,
        "paragraphs": paragraphs,
        "left_out": max(0, len(arrival.text) - SHOWN),
        "is_fetched": arrival.origin is Origin.FETCHED,
        "publisher_known": source_named(publisher),
        "publishers_like_it": source_suggestions({"": publisher})[""],
    }
    return TemplateResponse(request, "admin/intake/look.html", context, status=status)


def _page(
    request: HttpRequest, form: ArrivingForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "New document",
        "form": form,
        "problem": problem,
    }
    return TemplateResponse(request, "admin/intake/new.html", context, status=status)
