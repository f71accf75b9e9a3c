"""The token with which an editor's scripts send documents in: made, replaced, taken back.

It is shown once, when it is made. Whoever has it can draft in the person's name, nothing more:
the one address of the API that takes it only takes documents in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from rest_framework.authtoken.models import Token

from claims.admin.actor import actor
from claims.services import permissions

View = Callable[..., HttpResponse]


def urls(protected: Callable[[View], View]) -> list[URLPattern]:
    """Return the address of the page, open to whoever may draft."""
    return [path("intake/token/", protected(token_view), name="intake_token")]


def token_view(request: HttpRequest) -> HttpResponse:
    """Show whether the person has a token; make a new one, or take it back."""
    person = actor(request)
    if not permissions.has(person, permissions.DRAFTING):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, Token.objects.filter(user=person).first())
    with transaction.atomic():
        Token.objects.filter(user=person).delete()
        made = Token.objects.create(user=person) if "make" in request.POST else None
    if made is not None:
        return _page(request, made, key=made.key)
    messages.success(request, "Your token is taken back; scripts that use it are refused now.")
    return HttpResponseRedirect(reverse("admin:intake_token"))


def _page(request: HttpRequest, token: Token | None, *, key: str = "") -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Your token for scripts",
        "token": token,
        "key": key,
        "address": request.build_absolute_uri(reverse("api:intake")),
    }
    return TemplateResponse(request, "admin/intake/token.html", context)
