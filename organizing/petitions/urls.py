"""Addresses of petitions as the public sees them; the petition's own page is publishing's."""

from django.urls import path

from organizing.petitions import views

urlpatterns = [
    path("", views.home, {"language": "en"}, name="home"),
    path("es/", views.home, {"language": "es"}, name="home-es"),
    path("ar/", views.home, {"language": "ar"}, name="home-ar"),
    path("p/<str:pid>/", views.choose_language, name="petition-languages"),
    path("p/<str:pid>/manifest", views.manifest, name="petition-manifest"),
    path("p/<str:pid>/<slug:language>/text", views.text, name="petition-text"),
    path("p/<str:pid>/<slug:language>/receipt/", views.receipt, name="petition-receipt"),
]
