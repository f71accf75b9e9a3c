"""The addresses of the API, version 1."""

from django.urls import URLPattern, URLResolver, path

from claims.api import comparisons, details, intake, lists, start
from claims.api.quick import quickly

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.Roots.as_view(), name="roots"),
    path("events/", lists.Events.as_view(), name="events"),
    path("events.csv", lists.EventsCsv.as_view(), name="events_csv"),
    path("events/<str:public_id>/", details.Event.as_view(), name="event"),
    path(
        "events/<str:public_id>/comparisons/",
        quickly(comparisons.comparisons_answer, comparisons.EventComparisons.as_view()),
        name="event_comparisons",
    ),
    path(
        "events/<str:public_id>/comparisons.csv",
        comparisons.EventComparisonsCsv.as_view(),
        name="event_comparisons_csv",
    ),
    path("comparisons/", lists.Comparisons.as_view(), name="comparisons"),
    path("comparisons.csv", lists.ComparisonsCsv.as_view(), name="comparisons_csv"),
    path("claims/", lists.Claims.as_view(), name="claims"),
    path("claims.csv", lists.ClaimsCsv.as_view(), name="claims_csv"),
    path("claims/<str:public_id>/", details.Claim.as_view(), name="claim"),
    path("sources/", lists.Sources.as_view(), name="sources"),
    path("sources.csv", lists.SourcesCsv.as_view(), name="sources_csv"),
    path("sources/<str:public_id>/", details.Source.as_view(), name="source"),
    path("documents/", lists.Documents.as_view(), name="documents"),
    path("documents.csv", lists.DocumentsCsv.as_view(), name="documents_csv"),
    path("documents/<str:public_id>/", details.Document.as_view(), name="document"),
    path("changes/", lists.Changes.as_view(), name="changes"),
    path("changes.csv", lists.ChangesCsv.as_view(), name="changes_csv"),
    path("vocabularies/", start.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies.csv", start.VocabulariesCsv.as_view(), name="vocabularies_csv"),
    path("intake/", intake.Intake.as_view(), name="intake"),
    path("schema/", start.Schema.as_view(), name="schema"),
    path("docs/", start.Docs.as_view(), name="docs"),
]
