"""Registry of the public side's addresses: no session, no cookie, no user."""

from django.urls import include, path

urlpatterns = [
    path("", include("organizing.petitions.urls")),
    path("", include("organizing.publishing.public_urls")),
    path("", include("organizing.eligibility.urls")),
    path("", include("organizing.signing.urls")),
    path("", include("organizing.plainform.urls")),
    path("", include("organizing.disclosure.public_urls")),
]
