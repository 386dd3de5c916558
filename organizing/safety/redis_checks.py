"""The Redis of REDIS_URL may forget everything, and must: what it writes to disk can be seized later.

For an hour it holds who asked how often, under keys made with a key that it holds too. A snapshot of that hour
would let whoever carries the disk away try every address.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import redis
from django.conf import settings

MUST_BE = {"save": "", "appendonly": "no"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One line with the way out. What is not `certain` is only to be read."""

    line: str
    certain: bool


def shared_redis() -> list[Finding]:
    """What this Redis writes to disk, or why nobody can tell."""
    if not settings.REDIS_URL:
        return []
    try:
        found = _ask(settings.REDIS_URL)
    except redis.ResponseError:
        return [_doubt("does not say whether it writes to disk, as managed ones do not")]
    except redis.RedisError as error:
        return [_doubt(f"does not answer ({type(error).__name__})")]
    # On the machine itself nobody signs in earnest, and its Redis may be there for something else.
    certain = urlsplit(settings.SITE_ORIGIN).hostname not in _LOOPBACK
    wrong = [name for name, wanted in MUST_BE.items() if found.get(name, wanted) != wanted]
    return [Finding(_refusal(name, found[name]), certain) for name in wrong]


def _ask(url: str) -> dict[str, str]:
    limits = {"socket_connect_timeout": _PATIENCE_SECONDS, "socket_timeout": _PATIENCE_SECONDS}
    with redis.Redis.from_url(url, decode_responses=True, **limits) as client:
        found: dict[str, str] = client.config_get(*MUST_BE)
    return found


def _refusal(name: str, value: str) -> str:
    return (
        f"The Redis of REDIS_URL has {name} {value!r}, and so writes to disk who asked: write "
        f"`{name} {MUST_BE[name] or chr(34) * 2}` in its redis.conf, and delete the files it has written."
    )


def _doubt(why: str) -> Finding:
    return Finding(
        f"The Redis of REDIS_URL {why}: make sure yourself that it has no snapshots, no append-only "
        'file and no backup (`save ""`, `appendonly no`).',
        certain=False,
    )
