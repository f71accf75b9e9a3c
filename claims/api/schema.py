"""The pieces of the OpenAPI schema that every operation is described with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.views import APIView

from claims.api import log_shapes, shapes
from claims.api.files import STYLE_PARAMETERS
from claims.domain.vocabularies import MEASURE, VICTIMS
from claims.exports.formats.geojson import GEOJSON
from claims.exports.tables import Table
from claims.exports.writing import TABLE_FORMATS
from claims.queries.lists import Listing
from claims.queries.paging import LARGEST_SIZE
from claims.queries.parameter_kinds import Parameter, last_day, one_code, one_value

Decorator = Callable[[Any], Any]

PROBLEM = "application/problem+json"
ERRORS = {
    (400, PROBLEM): OpenApiResponse(
        shapes.BadParameter, "A parameter is unknown, repeated or out of range."
    ),
    (405, PROBLEM): OpenApiResponse(shapes.Problem, "Only GET, HEAD and OPTIONS."),
    (406, PROBLEM): OpenApiResponse(shapes.Problem, "None of the types asked for."),
    (429, PROBLEM): OpenApiResponse(
        shapes.Problem, "Too many requests; Retry-After says when to come back."
    ),
    (500, PROBLEM): OpenApiResponse(shapes.Problem, "The tracker failed."),
    (503, PROBLEM): OpenApiResponse(
        shapes.Problem, "The database does not answer; Retry-After says when to come back."
    ),
}
UNCHANGED = {304: OpenApiResponse(description="What `If-None-Match` names still holds.")}
ABSENT = {
    301: OpenApiResponse(description="The record was merged into another one."),
    (404, PROBLEM): OpenApiResponse(shapes.Problem, "No public record has this id."),
    (410, PROBLEM): OpenApiResponse(shapes.Gone, "The record was withdrawn."),
}

COMPARISON_PARAMETERS: tuple[Parameter, ...] = (
    one_code("measure", MEASURE, "What happened to the people counted."),
    one_code("victims", VICTIMS, "Whom the figure counts."),
    last_day("as_of", "Only what had been claimed by this day."),
    one_value(
        "reading",
        ("plain", "strict"),
        "How much a wording is taken to say: as a fair reader understands it (`plain`, the "
        "default) or only what it entails (`strict`).",
    ),
    one_value("compilations", ("0", "1"), "1: compilations vote like other sources."),
)


def described(**operation: Any) -> Decorator:
    """Describe what a view's GET answers; its words are the docstring of the view."""

    def decorator(view: type[APIView]) -> type[APIView]:
        words = "\n\n".join(filter(None, (inspect.getdoc(view), operation.get("description"))))
        get = extend_schema(**{**operation, "description": words})
        return extend_schema_view(get=get)(view)

    return decorator


def documented(parameter: Parameter) -> OpenApiParameter:
    """Return a parameter as the schema describes it."""
    also = f" Also named `{'`, `'.join(parameter.aliases)}`." if parameter.aliases else ""
    return OpenApiParameter(
        parameter.name, dict(parameter.schema), description=parameter.description + also
    )


def list_of(listing: Listing, shape: type[serializers.Serializer]) -> Decorator:
    """Describe the operation that answers one page of a list."""
    return described(
        operation_id=f"list_{listing.name}",
        parameters=[*_asked(listing), *_PAGING],
        responses={200: _page(shape), **UNCHANGED, **ERRORS},
    )


def log_of(listing: Listing) -> Decorator:
    """Describe the operation that answers one page of the log, or of the feed for mirrors."""
    either = PolymorphicProxySerializer(
        "LogOrFeedPage",
        [_page(log_shapes.Change), log_shapes.FeedPage],
        resource_type_field_name=None,
    )
    since = OpenApiParameter(
        "since", str, description="The cursor of an entry: the feed for mirrors from there on."
    )
    return described(
        operation_id=f"list_{listing.name}",
        parameters=[*_asked(listing), *_PAGING, since],
        responses={200: either, **UNCHANGED, **ERRORS},
    )


_PAGING = (
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": 50}
    ),
    OpenApiParameter("cursor", str, description="Opaque; comes with the `next` link."),
)


def _page(shape: type[serializers.Serializer]) -> Any:
    return inline_serializer(
        f"{shape.__name__}Page",
        {
            "results": shape(many=True),
            "next": serializers.URLField(
                allow_null=True, help_text="The address of the next page, or null on the last."
            ),
        },
    )


def whole_list_of(shape: type[serializers.Serializer], operation_id: str) -> Decorator:
    """Describe the operation that answers a short list as a whole."""
    name = shape.__name__
    body = inline_serializer(
        f"{name}List",
        {
            "results": shape(many=True),
            "next": serializers.URLField(allow_null=True, help_text="Always null."),
        },
    )
    return described(operation_id=operation_id, responses={200: body, **UNCHANGED, **ERRORS})


def one(
    operation_id: str, shape: type[serializers.Serializer], parameters: Iterable[Parameter] = ()
) -> Decorator:
    """Describe the operation that answers one record."""
    return described(
        operation_id=operation_id,
        parameters=[_ID, *map(documented, parameters)],
        responses={200: shape, **UNCHANGED, **ABSENT, **ERRORS},
    )


def table_of(listing: Listing, table: Table) -> Decorator:
    """Describe the operation that answers a whole list as a file."""
    return described(
        operation_id=f"export_{listing.name}",
        tags=["files"],
        description=columns_of(table),
        parameters=[_ENDING, *_asked(listing), *map(documented, STYLE_PARAMETERS)],
        responses={**_files(table), **UNCHANGED, **ERRORS, **_NOT_HERE},
    )


def table(operation_id: str, table: Table, parameters: Iterable[Parameter] = ()) -> Decorator:
    """Describe the operation that answers something else as a file."""
    path = [_ID] if parameters else []
    asked = map(documented, (*parameters, *STYLE_PARAMETERS))
    absent = ABSENT if parameters else {}
    return described(
        operation_id=operation_id,
        tags=["files"],
        description=columns_of(table),
        parameters=[*path, _ENDING, *asked],
        responses={**_files(table), **UNCHANGED, **absent, **ERRORS, **_NOT_HERE},
    )


def map_of(listing: Listing) -> Decorator:
    """Describe the operation that answers a whole list as GeoJSON."""
    features = OpenApiResponse(dict, "A FeatureCollection; the properties are the columns.")
    return described(
        operation_id=f"export_{listing.name}_map",
        tags=["files"],
        parameters=_asked(listing),
        responses={(200, GEOJSON.media_type): features, **UNCHANGED, **ERRORS},
    )


def columns_of(table: Table) -> str:
    """Return the columns of a table in words."""
    columns = "\n".join(f"| `{c.name}` | {c.kind} | {c.description} |" for c in table.columns)
    return f"The same columns in every format:\n\n| column | type | |\n|---|---|---|\n{columns}"


_ENDING = OpenApiParameter(
    "ending",
    {"type": "string", "enum": [made.name for made in TABLE_FORMATS]},
    OpenApiParameter.PATH,
    description="The format of the file.",
)
_NOT_HERE = {
    (501, PROBLEM): OpenApiResponse(shapes.Problem, "Parquet is not installed on this tracker.")
}
_ID = OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="The public id.")


def _asked(listing: Listing) -> list[OpenApiParameter]:
    return [documented(p) for p in (*listing.parameters, listing.order_parameter)]


def _files(table: Table) -> dict[tuple[int, str], Any]:
    header = ",".join(table.header)
    said = OpenApiResponse(bytes, f"The header line of the CSV is `{header}`.")
    return {(200, made.media_type.partition(";")[0]): said for made in TABLE_FORMATS}
