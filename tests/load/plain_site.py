"""Two views without middleware: one inserts a row, one answers bytes that never change."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.load.plain_settings")
application = get_wsgi_application()

from tests.load.models import PlainRow  # noqa: E402  # apps are ready only now

PAGE = Path(os.environ["PLAIN_PAGE"])
_page = PAGE.read_bytes() if PAGE.exists() else b""


def insert(request: HttpRequest) -> HttpResponse:
    """Reads what was posted and inserts one row."""
    PlainRow(text=str(len(request.body))).save(force_insert=True)
    return HttpResponse(b"{}", "application/json")


def page(request: HttpRequest) -> HttpResponse:
    """The bytes of the petition page."""
    return HttpResponse(_page)


urlpatterns = [path("insert", insert), path("page", page)]
