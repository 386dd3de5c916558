"""Addresses of acts, target lines and paper, in the workspace."""

from django.urls import path

from organizing.tracking import act_views, line_views, paper_views

_ACTS = "c/<uuid:campaign_id>/acts/"
_ACT = f"{_ACTS}<uuid:act_id>/"
_ENTRY = f"{_ACT}paper/<uuid:entry_id>/"
_LINES = "c/<uuid:campaign_id>/lines/"
_LINE = f"{_LINES}<uuid:line_id>/"

urlpatterns = [
    path(_ACTS, act_views.acts, name="tracking-acts"),
    path(f"{_ACTS}new/", act_views.new, name="tracking-act-new"),
    path(_ACT, act_views.edit, name="tracking-act"),
    path(f"{_ACT}remove/", act_views.remove, name="tracking-act-remove"),
    path(f"{_ACT}paper/", paper_views.paper, name="tracking-paper"),
    path(_ENTRY, paper_views.confirm, name="tracking-paper-confirm"),
    path(f"{_ENTRY}discard/", paper_views.discard, name="tracking-paper-discard"),
    path(_LINES, line_views.lines, name="tracking-lines"),
    path(f"{_LINES}preset/", line_views.preset, name="tracking-line-preset"),
    path(_LINE, line_views.edit, name="tracking-line"),
    path(f"{_LINE}remove/", line_views.remove, name="tracking-line-remove"),
]
