"""Addresses of the export, in the workspace."""

from django.urls import path

from organizing.disclosure import views

urlpatterns = [
    path("petition/<uuid:petition_id>/export/", views.export, name="workspace-export"),
]
