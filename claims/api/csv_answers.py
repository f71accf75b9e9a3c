"""CSV answers: streamed, tagged, offered under the name of the list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api.base import ApiView, dated
from claims.exports.tables import Table
from claims.exports.writing import pieces
from claims.queries.freshness import freshness

CONTENT_TYPE = "text/csv; charset=utf-8"


class CsvRenderer(BaseRenderer):
    """Names the media type for negotiation; the answers are streamed past it."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class CsvView(ApiView):
    """A view that answers with CSV."""

    renderer_classes = (CsvRenderer,)
    throttle_scope = "export"


def csv_answer(request: Request, table: Table, records: Iterable[Any]) -> HttpResponseBase:
    """Return a table as a stream, or 304 where the client has it already.

    The tag is weak: it stands for the address and for the state of all records, since the text
    itself is not known before it is sent. The first piece is made before the answer begins, so
    that what fails early fails with a status.
    """
    now = freshness()
    etag = _etag(request, now.version) if now else None
    unchanged = etag and get_conditional_response(request, etag=etag)
    response: HttpResponseBase
    if unchanged:
        response = unchanged
    else:
        # A stream without pieces for HEAD: no rows are read, and no length is told that is none.
        body = iter(()) if request.method == "HEAD" else _started(pieces(table, "csv", records))
        response = StreamingHttpResponse(body, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    if etag:
        response["ETag"] = etag
    dated(response, now)
    return response


def _started(found: Iterator[bytes]) -> Iterator[bytes]:
    return chain([next(found, b"")], found)


def _etag(request: Request, version: str) -> str:
    text = f"{request.get_full_path()} {version}"
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
