"""Addresses of oversight, in the workspace."""

from django.urls import path

from organizing.oversight import file_views, views

_CAMPAIGN = "c/<uuid:campaign_id>/"

urlpatterns = [
    path(f"{_CAMPAIGN}reads/", views.reads, name="oversight-reads"),
    path(f"{_CAMPAIGN}reads/<uuid:alert_id>/settle/", views.settle, name="oversight-settle"),
    path(f"{_CAMPAIGN}units/file/<slug:file_format>/", file_views.units, name="units-file"),
    path(f"{_CAMPAIGN}my-units/", views.mine, name="oversight-mine"),
    path(f"{_CAMPAIGN}members/<int:membership_id>/units/", views.scope, name="oversight-scope"),
]
