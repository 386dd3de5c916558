"""Addresses of the sending side."""

from django.urls import path

from organizing.signing import views

urlpatterns = [
    path("p/<str:pid>/send", views.send, name="protocol-send"),
    path("p/<str:pid>/status", views.status, name="protocol-status"),
    path("p/<str:pid>/withdraw", views.withdraw, name="protocol-withdraw"),
]
