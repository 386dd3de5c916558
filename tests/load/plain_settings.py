"""The plain side of the comparison: Django with nothing in it, on the same database server."""

import os

import dj_database_url

SECRET_KEY = "nothing is signed here"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.load.plain_site"
MIDDLEWARE: list[str] = []
INSTALLED_APPS = ["tests.load"]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=None)}
USE_TZ = True
LOGGING_CONFIG = None
