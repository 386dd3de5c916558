"""Addresses of signing without JavaScript."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from organizing.plainform import views

_BASE = "p/<str:pid>/<slug:language>/plain/"

# Exempt from the form token: it would differ for each visitor, and there is no session to protect.
urlpatterns = [
    path(_BASE, csrf_exempt(views.start), name="petition-plain"),
    path(f"{_BASE}sign/", csrf_exempt(views.sign), name="petition-plain-sign"),
    path(f"{_BASE}code/", csrf_exempt(views.code), name="petition-plain-code"),
    path(f"{_BASE}done/", views.done, name="petition-plain-done"),
    path(f"{_BASE}receipt/", csrf_exempt(views.receipt), name="petition-plain-receipt"),
    path(f"{_BASE}receipt/held/", views.standing("held"), name="petition-plain-held"),
    path(
        f"{_BASE}receipt/withdrawn/", views.standing("withdrawn"), name="petition-plain-withdrawn"
    ),
    path(f"{_BASE}receipt/unknown/", views.standing("unknown"), name="petition-plain-unknown"),
]
