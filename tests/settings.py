"""The site's own settings, on a data folder that lasts as long as one test process.

TEST_BACKENDS=real takes the database of TEST_DATABASE_URL and the Redis of TEST_REDIS_URL; otherwise everything
runs embedded: SQLite, a cache in memory, a broker in files. What the shell names for a real site is not read.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from organizing import keyring
from tests import services

REAL = os.environ.get("TEST_BACKENDS") == "real"
_FOLDER = Path(tempfile.mkdtemp(prefix="roundrobin-test-"))
_OF_A_REAL_SITE = (
    *("DATA_DIR", "KEY_DIR", "DATABASE_URL", "REDIS_URL", "EPOCH_KEYS_URL", "SITE_ORIGIN", "PORT"),
    *("ALLOWED_HOSTS", "ISSUING_ORIGIN", "SENDING_ORIGIN", "DEBUG", "EMAIL_URL", "MAIL_FROM"),
    *("TRUSTED_PROXIES", "WEB_PROCESSES"),
)

atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in _OF_A_REAL_SITE:
    os.environ.pop(_name, None)
# Set in the environment, so that a server or worker that a test starts is set up in the same way.
os.environ["DATA_DIR"] = str(_FOLDER)
# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
if REAL:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["REDIS_URL"] = services.claim_database(os.environ["TEST_REDIS_URL"])
for _part in ("keys", "mail", "static", "broker/queue", "broker/control"):
    (_FOLDER / _part).mkdir(mode=0o700, parents=True)
keyring.make_key_files(_FOLDER / "keys")

from config.settings import *  # noqa: E402, F403 - the environment comes first; all of them are meant
from config.settings import DATABASES  # noqa: E402 - named, so that types are known

WHITENOISE_USE_FINDERS = True
# Otherwise each test client lists every static file there is, before its first request.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file for SQLite: a live server's threads and a worker's process see the same database.
_name = f"test_roundrobin_{os.getpid()}" if REAL else str(_FOLDER / "test.sqlite3")
DATABASES["default"]["TEST"] = {"NAME": _name}
