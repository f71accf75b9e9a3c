"""The history of a record for people: what changed from what to what, who did it and why.

A page holds the latest versions, older ones follow by link; a fixed number of queries brings the
names behind keys. Going back to an earlier version is one service call and an edit like others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Field, ForeignKey, Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.actor import actor
from claims.admin.ground import DeskGround
from claims.admin.selects import is_key
from claims.domain.dates import partial
from claims.models import Citation, Claim, Document, Event
from claims.services.history import revert
from claims.services.refusals import Refused

PAGE = 50
_NOT_SHOWN = frozenset({"id", "version", "created_at", "reviewed_at", "public_id"})
_PARTIES = "historicalevent_parties_set"
"""The parties of a version of an event, by the name under which they can be fetched together."""
_FLAGS = ("Out of order", "Review waived", "Compilation")
"""What is not worth saying of a first version while it is not so."""
Names = dict[type[Model], dict[int, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a version, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: when, who, why and what it changed; ``revert_url`` goes back to it."""

    version: Any
    what: str
    differences: list[Difference]
    revert_url: str


def history_page(desk: DeskGround, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show the versions of a record, of a claim with those of its citations, latest first."""
    record = desk.get_object(request, object_id)
    if record is None:
        raise Http404("There is no such record.")
    if not desk.has_view_permission(request, record):
        raise PermissionDenied
    before = request.GET.get("before", "")
    rows = _rows(record, datetime.fromisoformat(before) if _is_time(before) else None)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "object": record,
        "title": f"History: {record}",
        "entries": _entries(desk, request, record, rows[:PAGE], rows),
        "older": rows[PAGE - 1].history_date.isoformat() if len(rows) > PAGE else "",
    }
    return TemplateResponse(request, "admin/desk/history.html", context)


def revert_page(desk: DeskGround, request: HttpRequest, key: int, history_id: int) -> HttpResponse:
    """Show what going back to a version would change, ask why, and do it by the service."""
    owner = get_object_or_404(desk.get_queryset(request), pk=key)
    record = _subject(owner, request)
    version = get_object_or_404(type(record).history, history_id=history_id, id=record.pk)
    if not may_go_back(desk, request, owner):
        raise PermissionDenied
    reason, problem = request.POST.get("reason", "").strip(), ""
    if request.method == "POST":
        try:
            revert(
                record,
                history_id=history_id,
                by=actor(request),
                reason=reason,
                expected_version=_number(request.POST.get("expected_version")),
            )
        except Refused as refusal:
            problem = str(refusal)
            record.refresh_from_db()
        else:
            desk.log_change(request, owner, f"Went back to version {version.version}.")
            messages.success(request, f"Went back to the values of version {version.version}.")
            return HttpResponseRedirect(reverse(desk.name_of("history"), args=[key]))
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "object": owner,
        "record": record,
        "title": f"Go back to version {version.version}: {record}",
        "version": version,
        "differences": [d for d in _between(record, version) if d.label != "State"],
        "reason": reason,
        "problem": problem,
    }
    return TemplateResponse(request, "admin/desk/revert.html", context)


def may_go_back(desk: DeskGround, request: HttpRequest, record: Any) -> bool:
    """Tell whether the person may set the record to an earlier version."""
    return desk.may_edit_now(request, record)


def _subject(owner: Any, request: HttpRequest) -> Any:
    """Return the record itself, or the citation of a claim that the address names."""
    key = _number(request.GET.get("citation"))
    if key is None or not isinstance(owner, Claim):
        return owner
    return get_object_or_404(Citation, pk=key, claim=owner)


def _number(text: str | None) -> int | None:
    return int(text) if text and is_key(text) else None


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _rows(record: Any, before: datetime | None) -> list[Any]:
    """Return the versions of a page, latest first, and those the oldest of them are held to."""
    kinds = [_versions(type(record), before, id=record.pk)]
    if isinstance(record, Claim):
        kinds.append(_versions(Citation, before, claim_id=record.pk))
    rows = [row for kind in kinds for row in kind]
    return sorted(rows, key=lambda row: (row.history_date, row.history_id), reverse=True)


def _versions(model: Any, before: datetime | None, **which: Any) -> list[Any]:
    found = model.history.filter(**which).select_related("history_user")
    if before is not None:
        found = found.filter(history_date__lt=before)
    if model is Event:
        found = found.prefetch_related(f"{_PARTIES}__party")
    return list(found.order_by("-history_date", "-history_id")[: PAGE + 1])


def _entries(
    desk: DeskGround, request: HttpRequest, owner: Any, shown: Sequence[Any], rows: Sequence[Any]
) -> list[Entry]:
    earlier = _each_with_earlier(rows)
    latest = _latest_of_each(rows)
    names = _names(rows)
    can_revert = may_go_back(desk, request, owner)
    found = []
    for row in shown:
        model = type(row.instance)
        url = ""
        if can_revert and row.history_id != latest[model, row.id].history_id:
            url = reverse(desk.name_of("revert"), args=[owner.pk, row.history_id])
            url += f"?citation={row.id}" if model is Citation else ""
        old = earlier.get((model, row.history_id))
        found.append(Entry(row, _what(row, names), _differences(old, row, names), url))
    return found


def _each_with_earlier(rows: Sequence[Any]) -> dict[tuple[type[Model], int], Any]:
    """Return for each version the one before it of the same record."""
    found: dict[tuple[type[Model], int], Any] = {}
    later: dict[tuple[type[Model], int], Any] = {}
    for row in rows:
        key = type(row.instance), row.id
        if key in later:
            found[key[0], later[key].history_id] = row
        later[key] = row
    return found


def _latest_of_each(rows: Sequence[Any]) -> dict[tuple[type[Model], int], Any]:
    return {(type(row.instance), row.id): row for row in reversed(rows)}


def _what(row: Any, names: Names) -> str:
    said = "Added" if row.history_type == "+" else "Changed"
    if type(row.instance) is not Citation:
        return said
    return f"{said} citation: {names.get(Document, {}).get(row.document_id, '')}"


def _between(record: Any, version: Any) -> list[Difference]:
    """Return what differs between a record as it stands and an earlier version."""
    now = type(record).history.filter(id=record.pk).latest("history_id")
    return _differences(now, version, _names([now, version]))


def _differences(old: Any, new: Any, names: Names) -> list[Difference]:
    """Return the fields that differ; for a first version the ones that say something."""
    then = dict(_values(old, names)) if old is not None else dict.fromkeys(_FLAGS, "no")
    return [
        Difference(label, then.get(label, ""), value)
        for label, value in _values(new, names)
        if then.get(label, "") != value
    ]


def _values(row: Any, names: Names) -> Iterator[tuple[str, str]]:
    model = type(row.instance)
    for field in model._meta.concrete_fields:
        if field.name in _NOT_SHOWN or field.name.endswith("_precision"):
            continue
        label = str(field.verbose_name)
        yield label[:1].upper() + label[1:], _shown(row, field, names)
    if model is Event:
        yield "Parties", ", ".join(sorted(str(link.party) for link in getattr(row, _PARTIES).all()))


def _shown(row: Any, field: Field, names: Names) -> str:
    value = getattr(row, field.attname)
    if value is None or value in ("", []):
        return ""
    if isinstance(field, ForeignKey):
        return names.get(field.related_model, {}).get(value, str(value))
    precision = getattr(row, f"{field.name}_precision", None)
    if precision and isinstance(value, date):
        known = partial(value, precision)
        return known.label() if known else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))


def _names(rows: Iterable[Any]) -> Names:
    """Return what people call the rows that versions point to, in one query per table."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        for field in type(row.instance)._meta.concrete_fields:
            value = getattr(row, field.attname)
            if isinstance(field, ForeignKey) and value is not None:
                keys[field.related_model].add(value)
    return {model: _called(model, some) for model, some in keys.items()}


def _called(model: type[Model], keys: set[int]) -> dict[int, str]:
    found = model._default_manager.filter(pk__in=keys)
    if model is Document:
        found = found.select_related("publisher")
    if model is Claim:
        found = found.select_related("claimant")
    return {row.pk: str(row) for row in found}
