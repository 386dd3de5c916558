"""Addresses of tokens, in the workspace."""

from django.urls import path

from organizing.api import views

_CAMPAIGN = "c/<uuid:campaign_id>/"

urlpatterns = [
    path(f"{_CAMPAIGN}tokens/", views.tokens, name="api-tokens"),
    path(f"{_CAMPAIGN}tokens/make/", views.make, name="api-make"),
    path(f"{_CAMPAIGN}tokens/<uuid:token_id>/revoke/", views.revoke, name="api-revoke"),
]
