"""Addresses of the issuing side."""

from django.urls import path

from organizing.eligibility import views

urlpatterns = [
    path("p/<str:pid>/code", views.code, name="protocol-code"),
    path("p/<str:pid>/issue", views.issue, name="protocol-issue"),
]
