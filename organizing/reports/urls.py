"""Addresses of the reports, in the workspace."""

from django.urls import path

from organizing.reports import level_views, views

_SUPPORT = "c/<uuid:campaign_id>/support/"
_ACT = f"{_SUPPORT}<uuid:act_id>/"

urlpatterns = [
    path(_SUPPORT, views.acts, name="support"),
    path(_ACT, views.act, name="support-act"),
    path(f"{_ACT}sites/", level_views.sites, name="support-sites"),
    path(f"{_ACT}rings/", level_views.rings, name="support-rings"),
    path(f"{_ACT}weeks/", level_views.weeks, name="support-weeks"),
    path(f"{_ACT}stalls/", level_views.stalls, name="support-stalls"),
    path(f"{_ACT}unit/<uuid:unit_id>/", views.unit, name="support-unit"),
]
