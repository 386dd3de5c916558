"""Addresses of a petition's page and of what is told about it: the same bytes for everyone."""

from django.urls import path

from organizing.publishing import public_views as views

_HERE = "p/<str:pid>/<slug:language>/"

urlpatterns = [
    path(_HERE, views.petition, name="petition"),
    path(f"{_HERE}updates/", views.updates, name="petition-updates"),
    path(f"{_HERE}updates.atom", views.feed, name="petition-feed"),
    path(f"{_HERE}updates/<int:number>/", views.update, name="petition-update"),
]
