"""Snapshots of everything: which there are, one of them, and its files."""

from __future__ import annotations

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from claims.exports.snapshots.reading import Snapshot, snapshot_named, snapshots_in
from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters
from claims.web.downloads import whole_lists
from claims.web.json_ld import Node, block, site_dataset, snapshot_dataset
from claims.web.snapshot_words import ShownSnapshot, shown
from claims.web.snippets import snippets

SHOWN = 100


@require_safe
@refuses_bad_parameters
def snapshots(request: HttpRequest) -> HttpResponse:
    """List the snapshots, newest first, and the lists as they are now; asks no database."""
    check_known(request.GET, ())
    found = snapshots_in(settings.SNAPSHOTS_DIR)
    listed = [shown(one) for one in found[:SHOWN]]
    return render(
        request,
        "web/snapshots.html",
        {
            "snapshots": listed,
            "older": len(found[SHOWN:]),
            "lists": whole_lists(),
            "snippets": snippets("claims", QueryDict()),
            "json_ld": block(site_dataset(), *map(_node, listed[:1])),
        },
    )


@require_safe
@refuses_bad_parameters
def snapshot(request: HttpRequest, snapshot: str) -> HttpResponse:
    """Show one snapshot: its files, how to cite it, what changed since the one before."""
    check_known(request.GET, ())
    found = shown(_found(snapshot))
    return render(request, "web/snapshot.html", {"snapshot": found, "json_ld": block(_node(found))})


@require_safe
def latest(request: HttpRequest, name: str = "") -> HttpResponse:
    """Lead to the newest snapshot, or to one of its files."""
    found = snapshots_in(settings.SNAPSHOTS_DIR)
    if not found or (name and found[0].file(name) is None):
        raise Http404
    address = reverse("web:data_snapshot", kwargs={"snapshot": found[0].name})
    return HttpResponseRedirect(address + name)


@require_safe
def snapshot_file(request: HttpRequest, snapshot: str, name: str) -> HttpResponseBase:
    """Answer with a file of a snapshot; only what the snapshot's description names is there."""
    found = _found(snapshot)
    file = found.file(name)
    path = found.folder / (file.name if file else "")
    if file is None or not path.is_file():
        raise Http404
    etag, modified = f'"{file.sha256}"', int(path.stat().st_mtime)
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    answer: HttpResponseBase = unchanged or FileResponse(
        path.open("rb"), content_type=_content_type(file.media_type), filename=file.name
    )
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(modified)
    answer["Cache-Control"] = "public, max-age=86400"
    answer["Accept-Ranges"] = "none"
    return answer


def _node(found: ShownSnapshot) -> Node:
    return snapshot_dataset(found.snapshot, found.address)


def _found(name: str) -> Snapshot:
    found = snapshot_named(settings.SNAPSHOTS_DIR, name)
    if found is None:
        raise Http404
    return found


def _content_type(media_type: str) -> str:
    is_text = media_type.startswith("text/") or media_type.endswith("json")
    return f"{media_type}; charset=utf-8" if is_text else media_type
