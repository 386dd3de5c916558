"""Registry of the workspace's addresses: signed in, with a second factor."""

from django.urls import include, path

urlpatterns = [
    path("", include("organizing.campaigns.urls")),
    path("", include("organizing.disclosure.urls")),
    path("", include("organizing.units.urls")),
    path("", include("organizing.api.urls")),
    path("", include("organizing.outreach.urls")),
    path("", include("organizing.oversight.urls")),
    path("", include("organizing.reports.urls")),
    path("", include("organizing.tracking.urls")),
    path("", include("organizing.publishing.gate_urls")),
    path("", include("organizing.publishing.news_urls")),
]
