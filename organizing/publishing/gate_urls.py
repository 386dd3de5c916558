"""Addresses of opening and ending, in the workspace."""

from django.urls import path

from organizing.publishing import ending_views, gate_views

_PETITION = "petition/<uuid:petition_id>/"

urlpatterns = [
    path(f"{_PETITION}first-signers/", gate_views.settings, name="workspace-first-signers"),
    path(f"{_PETITION}open/", gate_views.open_, name="workspace-open"),
    path(f"{_PETITION}close/", ending_views.close, name="workspace-close"),
    path(f"{_PETITION}withdraw/", ending_views.withdraw, name="workspace-withdraw"),
    path(f"{_PETITION}archive/", ending_views.archive, name="workspace-archive"),
    path(f"{_PETITION}new-version/", ending_views.new_version, name="workspace-new-version"),
]
