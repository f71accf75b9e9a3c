"""The addresses of the public pages."""

from django.urls import path, register_converter

from claims.web import converters
from claims.web.views import (
    about,
    changes,
    data,
    documents,
    event,
    events,
    feeds,
    home,
    methods,
    site,
    sources,
)
from claims.web.views import claims as claims_views

register_converter(converters.EventId, "event_id")
register_converter(converters.SourceId, "source_id")
register_converter(converters.ClaimId, "claim_id")
register_converter(converters.DocumentId, "document_id")
register_converter(converters.Slug, "decoration")
register_converter(converters.MapSection, "map_section")
register_converter(converters.SnapshotName, "snapshot_name")

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("events/", events.events, name="events"),
    path("events/<event_id:public_id>-<decoration:slug>/", event.event, name="event"),
    path("events/<event_id:public_id>/", event.event, name="event_moved"),
    path("events/<event_id:public_id>/feed.atom", feeds.event, name="event_feed"),
    path("events/<event_id:public_id>/chart.svg", event.chart, name="event_chart"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<source_id:public_id>-<decoration:slug>/", sources.source, name="source"),
    path("sources/<source_id:public_id>/", sources.source, name="source_moved"),
    path("sources/<source_id:public_id>/feed.atom", feeds.source, name="source_feed"),
    path("feeds/changes.atom", feeds.changes, name="changes_feed"),
    path("feeds/events.atom", feeds.events, name="events_feed"),
    path("claims/<claim_id:public_id>/", claims_views.claim, name="claim"),
    path("documents/<document_id:public_id>/", documents.document, name="document"),
    path("changes/", changes.changes, name="changes"),
    path("data/", data.snapshots, name="data"),
    path("data/latest/", data.latest, name="data_latest"),
    path("data/latest/<str:name>", data.latest, name="data_latest_file"),
    path("data/<snapshot_name:snapshot>/", data.snapshot, name="data_snapshot"),
    path("data/<snapshot_name:snapshot>/<str:name>", data.snapshot_file, name="data_file"),
    path("methods/", methods.methods, name="methods"),
    path("about/", about.about, name="about"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("sitemap-pages.xml", site.sitemap_pages, name="sitemap_pages"),
    path(
        "sitemap-<map_section:section>-<int:number>.xml",
        site.sitemap_section,
        name="sitemap_section",
    ),
]
