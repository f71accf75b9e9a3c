"""What waits for a person: claims to review, imports to agree to, their own unfinished claims."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.actor import actor
from claims.models import Claim
from claims.queries.import_batches import asking_for_second
from claims.services import permissions

SHOWN = 100
MOST_COUNTED = 99


def to_review(user: Any) -> QuerySet[Claim]:
    """Return the claims by others that wait for review; none for who may not review."""
    if not permissions.has(user, permissions.PUBLISHING):
        return Claim.objects.none()
    waiting = Claim.objects.filter(state="submitted")
    if permissions.is_one_person_desk():
        return waiting
    return waiting.exclude(Q(created_by=user) | Q(submitted_by=user))


def unfinished(user: Any) -> QuerySet[Claim]:
    """Return the person's own drafts and rejected claims."""
    return Claim.objects.filter(created_by=user, state__in=("draft", "rejected"))


def how_much(user: Any) -> str:
    """Return how much waits for the person, "99+" where there is more; two short queries."""
    is_editor = permissions.has(user, permissions.PUBLISHING)
    mine = to_review(user) if is_editor else unfinished(user)
    number = mine.order_by()[: MOST_COUNTED + 1].count()
    if is_editor:
        number += asking_for_second(user).order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def waiting_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, oldest first, with the moves that can be made for the ticked claims."""
    if not permissions.has(actor(request), permissions.DRAFTING):
        raise PermissionDenied
    sections = [
        _section("For your review", to_review(actor(request)), ("publish", "reject"), request),
        _section(
            "Your drafts", unfinished(actor(request)).filter(state="draft"), ("submit",), request
        ),
        _section(
            "Your rejected claims",
            unfinished(actor(request)).filter(state="rejected"),
            ("reopen",),
            request,
        ),
    ]
    is_editor = permissions.has(actor(request), permissions.PUBLISHING)
    if not is_editor:
        del sections[0]
    context = {
        **admin.site.each_context(request),
        "title": "Waiting for you",
        "sections": sections,
        "imports": list(asking_for_second(actor(request))[:SHOWN]) if is_editor else [],
        "shown": SHOWN,
    }
    return TemplateResponse(request, "admin/desk/waiting.html", context)


def _section(
    title: str, claims: QuerySet[Claim], names: tuple[str, ...], request: HttpRequest
) -> dict[str, Any]:
    desk: Any = admin.site.get_model_admin(Claim)
    rows = list(
        claims.select_related("event", "claimant", "victims_party", "created_by").order_by("id")[
            : SHOWN + 1
        ]
    )
    return {
        "title": title,
        "claims": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "moves": [
            {"label": move.label, "url": reverse(desk.name_of("move"), args=[move.name])}
            for move in desk.moves
            if move.name in names
        ],
    }
