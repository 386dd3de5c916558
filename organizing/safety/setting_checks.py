"""Settings that would undo what the site promises. Each check answers with lines that say the way out."""

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings

NEEDED_KEYS = ("application", "django")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_LOCAL_CACHES = ("LocMemCache", "DummyCache")


def key_files() -> Iterator[str]:
    """Keys are there, and for the site's own user alone."""
    folder = Path(settings.KEY_DIR)
    if not folder.is_dir():
        yield f"The key folder {folder} is missing: run tools/make_keys.py, or set KEY_DIR."
        return
    for name in NEEDED_KEYS:
        if not (folder / f"{name}.key").is_file():
            yield (
                f"{name}.key is missing in {folder}: restore it from where you keep it, or run "
                "tools/make_keys.py on a new site."
            )
    if folder.stat().st_mode & _OTHERS:
        yield f"Others can enter the key folder: run `chmod 700 {folder}`."
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stat().st_mode & _OTHERS:
            yield f"Others can read a key: run `chmod 600 {path}`."


def shared_cache() -> Iterator[str]:
    """Throttles count what all processes see together."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.WEB_PROCESSES > 1 and backend.endswith(_LOCAL_CACHES):
        yield (
            f"WEB_PROCESSES is {settings.WEB_PROCESSES}, but each process has a cache of its own: "
            "set REDIS_URL, or WEB_PROCESSES=1."
        )


def hosts() -> Iterator[str]:
    """The site answers only to names that it was given."""
    for host in settings.ALLOWED_HOSTS:
        if host == "*" or host.startswith("."):
            yield f"ALLOWED_HOSTS has {host!r}: name each host."
    if not any(settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS is empty: set SITE_ORIGIN to the address of the site."


def secure_origins() -> Iterator[str]:
    """Everything travels encrypted, but for a trial on one machine."""
    names = ("SITE_ORIGIN", "ISSUING_ORIGIN", "SENDING_ORIGIN")
    for name in names:
        origin = urlsplit(getattr(settings, name))
        if origin.scheme == "https" or origin.hostname in _LOOPBACK or not origin.geturl():
            continue
        yield f"{name} is {origin.geturl()!r}: only https is safe, or http on this machine itself."
    if not settings.SITE_ORIGIN:
        yield "SITE_ORIGIN is empty: set it to the address of the site, such as https://example.org."


def secure_cookies() -> Iterator[str]:
    """An organizer's session never travels in the clear."""
    if urlsplit(settings.SITE_ORIGIN).hostname in _LOOPBACK:
        return
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        if not getattr(settings, name):
            yield f"{name} is off: leave it as config/settings.py has it and use an https SITE_ORIGIN."


def epoch_key_store() -> Iterator[str]:
    """A Redis that holds epoch keys writes each at once and leaves no copy of a destroyed one."""
    if not settings.EPOCH_KEYS_URL:
        return
    try:
        with redis.Redis.from_url(settings.EPOCH_KEYS_URL, decode_responses=True) as client:
            found = client.config_get("appendonly", "appendfsync", "save")
    except redis.RedisError as error:
        yield f"The Redis of EPOCH_KEYS_URL does not answer ({type(error).__name__}): start it."
        return
    for name, wanted in (("appendonly", "yes"), ("appendfsync", "always"), ("save", "")):
        if found.get(name) != wanted:
            yield (
                f"The Redis of EPOCH_KEYS_URL has {name} {found.get(name)!r}: write "
                f"`{name} {wanted or chr(34) * 2}` in its redis.conf."
            )


def mail_on_disk() -> Iterator[str]:
    """Without a relay, mail lies in files: each with an address, a code and the second in which it was written."""
    if not settings.EMAIL_URL and urlsplit(settings.SITE_ORIGIN).hostname not in _LOOPBACK:
        yield (
            f"EMAIL_URL is empty, so mail to workers is kept in {settings.DATA_DIR / 'mail'} with every "
            "address: name your relay, or take proofs on paper alone."
        )


CHECKS = (key_files, shared_cache, hosts, secure_origins, secure_cookies, epoch_key_store)
