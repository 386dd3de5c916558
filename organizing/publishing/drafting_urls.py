"""Addresses that stand beside those of a draft. They come before it: a language may be called anything."""

from django.urls import path

from organizing.publishing import gate_views

urlpatterns = [
    path(
        "<uuid:petition_id>/first-signers/",
        gate_views.first_signers,
        name="drafting-first-signers",
    ),
]
