"""Addresses of the interface: no session, no cookie, a token instead."""

from django.urls import include, path, re_path

from organizing.api.describing import described
from organizing.api.door import unknown

urlpatterns = [
    path("api/1/", include(described())),
    re_path(r"^api/(?P<rest>.*)$", unknown, name="api-unknown"),
]
