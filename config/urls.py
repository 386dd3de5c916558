"""All addresses: the public side, which its own door answers, and the account side."""

from django.urls import include, path

urlpatterns = [
    path("", include("organizing.public_urls")),
    path("", include("organizing.api.door_urls")),
    path("accounts/", include("organizing.accounts.urls")),
    path("workspace/", include("organizing.urls")),
    path("drafting/", include("organizing.publishing.drafting_urls")),
    path("drafting/", include("organizing.drafting.urls")),
]
