"""Addresses of the offline opener's page."""

from django.urls import path

from organizing.disclosure import public_views

urlpatterns = [
    path("opener/<slug:language>/", public_views.opener, name="opener"),
]
