"""What can be done with records beside editing them: asked about on a page, done one by one.

The page names the records, says what will happen and asks for a reason. Each record is one
service call in a transaction of its own: what is refused is said in a sentence, the others are
done all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin.actor import actor
from claims.admin.ground import DeskGround
from claims.admin.selects import is_key
from claims.services import permissions
from claims.services.refusals import Refused, StaleVersion

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class DeskMove:
    """One thing that can be done with a record.

    ``make`` takes the record, ``by``, ``reason`` and ``expected_version`` and is one service
    call. ``is_open`` says whether a person may do it with a record now.
    """

    name: str
    label: str
    done: str
    definition: str
    permission: str
    make: Callable[..., Any]
    is_open: Callable[[Any, User], bool]
    needs_reason: bool = False
    in_lists: bool = True


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that a person may make now: what the button says and where it leads."""

    label: str
    url: str


@dataclass(slots=True)
class Asked:
    """One record on the page of a move, and why it was refused, if it was."""

    record: Any
    version: int
    refusal: str = ""


def action(move: DeskMove) -> Callable[[Any, HttpRequest, QuerySet], HttpResponse | None]:
    """Return the action of a list that leads to the page of a move."""

    def lead(desk: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(keys) > MOST_AT_ONCE:
            messages.error(
                request, f"At most {MOST_AT_ONCE} at once; narrow the list or tick fewer."
            )
            return None
        return HttpResponseRedirect(desk.move_url(move, keys))

    return lead


def move_page(desk: DeskGround, request: HttpRequest, name: str) -> HttpResponse:
    """Show the page of a move, or make it with every record named."""
    move = next((m for m in desk.moves if m.name == name), None)
    if move is None:
        raise Http404(f"There is no such move as {name}.")
    if not permissions.has(actor(request), move.permission):
        raise PermissionDenied
    asked = _asked(desk, request)
    if not asked:
        raise Http404("None of these records is there.")
    reason = request.POST.get("reason", "").strip()
    problem = ""
    if request.method == "POST":
        if move.needs_reason and not reason:
            problem = "Say why."
        else:
            asked = _made(desk, request, move, asked, reason)
            if not asked:
                return HttpResponseRedirect(_next(desk, request))
    return TemplateResponse(
        request,
        "admin/desk/move.html",
        {
            **desk.admin_site.each_context(request),
            "opts": desk.opts,
            "title": f"{move.label}: {_counted(asked, desk)}",
            "move": move,
            "asked": asked,
            "reason": reason,
            "problem": problem,
            "next": _next(desk, request),
        },
        status=200 if request.method != "POST" else 409 if not problem else 400,
    )


def _asked(desk: DeskGround, request: HttpRequest) -> list[Asked]:
    """Return the records named, with the versions that the person saw."""
    source = request.POST if request.method == "POST" else request.GET
    texts = [text for value in source.getlist("ids") for text in value.split(",")]
    keys = list(dict.fromkeys(int(text) for text in texts if is_key(text)))[:MOST_AT_ONCE]
    found: dict[int, Any] = desk.get_queryset(request).in_bulk(keys)
    return [Asked(found[key], _seen(request, found[key])) for key in keys if key in found]


def _seen(request: HttpRequest, record: Any) -> int:
    text = request.POST.get(f"version-{record.pk}", "")
    return int(text) if is_key(text) else int(record.version)


def _made(
    desk: DeskGround, request: HttpRequest, move: DeskMove, asked: Sequence[Asked], reason: str
) -> list[Asked]:
    """Make the move with each record; return the refused ones, with the reason of refusal."""
    refused: list[Asked] = []
    done: list[Any] = []
    for one in asked:
        try:
            move.make(one.record, by=actor(request), reason=reason, expected_version=one.version)
        except StaleVersion as refusal:
            refused.append(Asked(refusal.current, refusal.current.version, str(refusal)))  # type: ignore[attr-defined]
        except Refused as refusal:
            refused.append(Asked(one.record, one.version, str(refusal)))
        else:
            done.append(one.record)
            desk.log_change(request, one.record, [{"changed": {"name": move.name, "object": ""}}])
    if done:
        messages.success(request, f"{move.done}: {'; '.join(map(str, done[:5]))}{_more(done)}.")
    for one in refused:
        messages.error(request, f"{one.record}: {one.refusal}")
    return refused


def _more(done: Sequence[Model]) -> str:
    return f" and {len(done) - 5} more" if len(done) > 5 else ""


def _counted(asked: Sequence[Asked], desk: DeskGround) -> str:
    many = desk.opts.verbose_name_plural if len(asked) > 1 else desk.opts.verbose_name
    return f"{len(asked)} {many}"


def _next(desk: DeskGround, request: HttpRequest) -> str:
    """Return where to go afterwards: back to where the person came from, on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    source = request.POST if request.method == "POST" else request.GET
    keys = [text for value in source.getlist("ids") for text in value.split(",")]
    if len(keys) == 1 and is_key(keys[0]):
        return reverse(desk.name_of("change"), args=[keys[0]])
    return reverse(desk.name_of("changelist"))
