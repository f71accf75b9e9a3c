"""Files: whole lists in the format that the address ends in, streamed, tagged, named."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from django.http import QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api.base import ApiView, dated
from claims.exports.formats.format import Format, Style
from claims.exports.formats.parquet import PARQUET, check_installed
from claims.exports.tables import Table
from claims.exports.writing import FORMATS, TABLE_FORMATS, pieces
from claims.queries.freshness import freshness
from claims.queries.parameter_kinds import Parameter, one_value, read_parameters

STYLE_PARAMETERS: tuple[Parameter, ...] = (
    one_value(
        "for",
        ("spreadsheet",),
        "CSV only. `spreadsheet`: text that a spreadsheet would take for a formula has an "
        "apostrophe before it, and a byte order mark stands first.",
    ),
    one_value("hxl", ("1",), "CSV and XLSX only. 1: a row of HXL hashtags under the header."),
)
_STYLES_OF = {"csv": STYLE_PARAMETERS, "xlsx": STYLE_PARAMETERS[1:]}


class EndingConverter:
    """The end of an address, which names the format of the file."""

    regex = "|".join(made.name for made in TABLE_FORMATS)

    def to_python(self, value: str) -> str:
        """Return the name as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name as it stands."""
        return value


class FileView(ApiView):
    """A view that answers with a file of the format that its address names."""

    throttle_scope = "export"
    ending = ""

    @property
    def format_asked(self) -> Format:
        """The format of the file."""
        return FORMATS[self.kwargs.get("ending", self.ending) or "csv"]

    def get_renderers(self) -> list[BaseRenderer]:
        """Name the media type for negotiation; the answers are streamed past it."""
        kwargs = getattr(self, "kwargs", None)
        return [_renderer(self.format_asked if kwargs is not None else FORMATS["csv"])]

    def style_of(self, params: QueryDict) -> Style:
        """Return what is asked of the file beside its rows; raise ``BadParameter``."""
        offered = _STYLES_OF.get(self.format_asked.name, ())
        own = QueryDict(mutable=True)
        for name in {p.name for p in STYLE_PARAMETERS} & set(params):
            own.setlist(name, params.getlist(name))
        asked = read_parameters(own, offered)
        return Style(spreadsheet="for" in asked, hxl="hxl" in asked)


STYLE_NAMES = frozenset(parameter.name for parameter in STYLE_PARAMETERS)


def _renderer(made: Format) -> BaseRenderer:
    media_type = made.media_type.partition(";")[0]
    kind = type("FileRenderer", (BaseRenderer,), {"media_type": media_type, "format": made.name})
    renderer: BaseRenderer = kind()
    return renderer


def file_answer(
    view: FileView, request: Request, table: Table, records: Iterable[Any]
) -> HttpResponseBase:
    """Return a table as a stream, or 304 where the client has it already.

    The tag is weak: it stands for the address and for the state of all records, since the text
    itself is not known before it is sent. The first piece is made before the answer begins, so
    that what fails early fails with a status; what fails later ends without the end of a stream,
    which every client takes for an error.
    """
    made, style = view.format_asked, view.style_of(request.GET)
    if made is PARQUET:
        check_installed()
    now = freshness()
    etag = _etag(request, now.version) if now else None
    unchanged = etag and get_conditional_response(request, etag=etag)
    response: HttpResponseBase
    if unchanged:
        response = unchanged
    else:
        # A stream without pieces for HEAD: no rows are read, and no length is told that is none.
        is_head = request.method == "HEAD"
        body: Iterable[bytes] = (
            () if is_head else Started(pieces(table, made.name, records, style=style))
        )
        response = StreamingHttpResponse(body, content_type=made.media_type)
        response["Content-Disposition"] = f'attachment; filename="{table.name}.{made.name}"'
    if etag:
        response["ETag"] = etag
    dated(response, now)
    return response


class Started:
    """A stream of which the first piece is made already; whoever closes it closes what makes it."""

    def __init__(self, found: Iterator[bytes]) -> None:
        self._found = found
        self._first = next(found, b"")

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        yield from self._found

    def close(self) -> None:
        """Let go of temporary files, at whatever piece the client went away."""
        if isinstance(self._found, Generator):
            self._found.close()


def _etag(request: Request, version: str) -> str:
    text = f"{request.get_full_path()} {version}"
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
