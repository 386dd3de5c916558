"""Addresses of the units, in the workspace."""

from django.urls import path

from organizing.units import import_views, leaving_views, offer_views, tree_views, unit_views

_UNITS = "c/<uuid:campaign_id>/units/"
_UNIT = f"{_UNITS}<uuid:unit_id>/"
_DRAFT = f"{_UNITS}import/<uuid:import_id>/"

urlpatterns = [
    path(_UNITS, tree_views.tree, name="units"),
    path(f"{_UNITS}new/", tree_views.new, name="units-new"),
    path(f"{_UNITS}people/", tree_views.total, name="units-total"),
    path(f"{_UNITS}history/", tree_views.history, name="units-history"),
    path(f"{_UNITS}import/", import_views.choose, name="units-import"),
    path(_DRAFT, import_views.dry_run, name="units-dry-run"),
    path(f"{_DRAFT}throw-away/", import_views.throw_away, name="units-throw-away"),
    path(f"{_UNITS}example/<slug:file_format>/", import_views.template, name="units-example"),
    path(_UNIT, unit_views.unit, name="units-unit"),
    path(f"{_UNIT}people/", unit_views.count, name="units-count"),
    path(f"{_UNIT}rename/", unit_views.rename, name="units-rename"),
    path(f"{_UNIT}move/", unit_views.move, name="units-move"),
    path(f"{_UNIT}merge/", leaving_views.merge, name="units-merge"),
    path(f"{_UNIT}take-away/", leaving_views.take_away, name="units-take-away"),
    path(f"{_UNIT}split/", unit_views.split, name="units-split"),
    path("petition/<uuid:petition_id>/units/", offer_views.offer, name="units-offer"),
]
