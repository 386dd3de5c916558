"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402  # apps are ready only now

from organizing import checks  # noqa: E402  # as above

checks.refuse_if_unsafe()
connections.close_all()
