"""Addresses of outreach, in the workspace."""

from django.urls import path

from organizing.outreach import views

_CAMPAIGN = "c/<uuid:campaign_id>/"

urlpatterns = [
    path(f"{_CAMPAIGN}contacts/", views.contacts, name="outreach-contacts"),
    path(f"{_CAMPAIGN}contacts/note/", views.note, name="outreach-note"),
    path(f"{_CAMPAIGN}contacts/<uuid:contact_id>/", views.change, name="outreach-change"),
    path(f"{_CAMPAIGN}mail/", views.mail, name="outreach-mail"),
]
