"""The addresses of the API, version 1."""

from django.urls import URLPattern, URLResolver, path, register_converter

from claims.api import comparisons, details, files, intake, lists, start
from claims.api.quick import quickly

register_converter(files.EndingConverter, "ending")

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.Roots.as_view(), name="roots"),
    path("events/", lists.Events.as_view(), name="events"),
    path("events.<ending:ending>", lists.EventsFile.as_view(), name="events_file"),
    path("events.geojson", lists.EventsMap.as_view(), name="events_map"),
    path("events/<str:public_id>/", details.Event.as_view(), name="event"),
    path(
        "events/<str:public_id>/comparisons/",
        quickly(comparisons.comparisons_answer, comparisons.EventComparisons.as_view()),
        name="event_comparisons",
    ),
    path(
        "events/<str:public_id>/comparisons.<ending:ending>",
        comparisons.EventComparisonsFile.as_view(),
        name="event_comparisons_file",
    ),
    path("comparisons/", lists.Comparisons.as_view(), name="comparisons"),
    path("comparisons.<ending:ending>", lists.ComparisonsFile.as_view(), name="comparisons_file"),
    path("claims/", lists.Claims.as_view(), name="claims"),
    path("claims.<ending:ending>", lists.ClaimsFile.as_view(), name="claims_file"),
    path("claims/<str:public_id>/", details.Claim.as_view(), name="claim"),
    path("sources/", lists.Sources.as_view(), name="sources"),
    path("sources.<ending:ending>", lists.SourcesFile.as_view(), name="sources_file"),
    path("sources/<str:public_id>/", details.Source.as_view(), name="source"),
    path("documents/", lists.Documents.as_view(), name="documents"),
    path("documents.<ending:ending>", lists.DocumentsFile.as_view(), name="documents_file"),
    path("documents/<str:public_id>/", details.Document.as_view(), name="document"),
    path("changes/", lists.Changes.as_view(), name="changes"),
    path("changes.<ending:ending>", lists.ChangesFile.as_view(), name="changes_file"),
    path("vocabularies/", start.Vocabularies.as_view(), name="vocabularies"),
    path(
        "vocabularies.<ending:ending>", start.VocabulariesFile.as_view(), name="vocabularies_file"
    ),
    path("intake/", intake.Intake.as_view(), name="intake"),
    path("schema/", start.Schema.as_view(), name="schema"),
    path("docs/", start.Docs.as_view(), name="docs"),
]
