"""Where a client starts: the roots, the vocabularies, the schema and its pages."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import records, shapes
from claims.api.base import ApiView, json_answer
from claims.api.files import STYLE_NAMES, FileView, file_answer
from claims.api.schema import ERRORS, UNCHANGED, described, table, whole_list_of
from claims.domain import vocabularies
from claims.domain.countries import COUNTRIES
from claims.domain.vocabularies import Term, Vocabulary
from claims.exports.lists import VOCABULARIES
from claims.queries.parameters import check_known

COUNTRY = Vocabulary(
    "country",
    "ISO 3166-1 alpha-2 codes with what they are called here; no position on any status or border.",
    tuple(Term(code, name, "") for code, name in COUNTRIES.items()),
)
ALL_VOCABULARIES = (*vocabularies.ALL, COUNTRY)


@described(operation_id="list_roots", responses={200: shapes.Roots, **UNCHANGED, **ERRORS})
class Roots(ApiView):
    """The addresses to start from."""

    names: ClassVar = (
        "events",
        "comparisons",
        "claims",
        "sources",
        "documents",
        "changes",
        "vocabularies",
        "schema",
        "docs",
    )

    def get(self, request: Request) -> Response:
        """Answer the roots."""
        check_known(request.GET, ())
        return json_answer({n: request.build_absolute_uri(reverse(f"api:{n}")) for n in self.names})


@whole_list_of(shapes.Vocabulary, "list_vocabularies")
class Vocabularies(ApiView):
    """Every closed list of codes with what each code means, and the countries."""

    def get(self, request: Request) -> Response:
        """Answer the vocabularies."""
        check_known(request.GET, ())
        lists = [records.vocabulary_record(vocabulary) for vocabulary in ALL_VOCABULARIES]
        return json_answer({"results": lists, "next": None})


@table("export_vocabularies", VOCABULARIES)
class VocabulariesFile(FileView):
    """Every code with what it means, as a file."""

    def get(self, request: Request, ending: str) -> HttpResponseBase:
        """Stream a row per code."""
        check_known(request.GET, STYLE_NAMES)
        return file_answer(self, request, VOCABULARIES, ALL_VOCABULARIES)


class OnceMadeGenerator(SchemaGenerator):
    """Makes the schema once per process: it changes with the code only."""

    def get_schema(self, request: Request | None = None, public: bool = False) -> Any:
        """Return the schema of the public API."""
        return _public_schema()


@cache
def _public_schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


class Schema(SpectacularAPIView, ApiView):
    """The OpenAPI 3 schema, as YAML or JSON by content negotiation."""

    generator_class = OnceMadeGenerator

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters, none of which would be heeded."""
        super().initial(request, *args, **kwargs)
        check_known(request.GET, ())


@method_decorator(csp_update({"style-src": [UNSAFE_INLINE], "img-src": ["data:"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView, ApiView):
    """Swagger UI, which writes styles inline and draws its icons; nothing else of the site may."""

    url_name = "api:schema"
