"""Addresses of what readers are told, in the workspace."""

from django.urls import path

from organizing.publishing import news_views, release_views

_NEWS = "petition/<uuid:petition_id>/news/"
_POST = f"{_NEWS}<uuid:post_id>/"

urlpatterns = [
    path(_NEWS, news_views.news, name="workspace-news"),
    path(f"{_NEWS}release/", release_views.release, name="workspace-news-release"),
    path(f"{_NEWS}new/<slug:kind>/<slug:language>/", news_views.new, name="workspace-news-new"),
    path(_POST, news_views.post, name="workspace-news-post"),
    path(f"{_POST}publish/", news_views.publish, name="workspace-news-publish"),
    path(f"{_POST}discard/", news_views.discard, name="workspace-news-discard"),
    path(f"{_POST}write/<slug:language>/", news_views.write, name="workspace-news-write"),
]
