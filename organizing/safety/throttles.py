"""Throttles keep nothing but counters under HMACs, whose key lives an hour in memory only.

It is made of two halves: an hour's random bytes, which Redis holds for all processes, and the site's own secret,
which Redis never has. So neither a seized Redis nor, an hour later, a seized key folder finds out who asked.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core.cache import cache

from organizing.errors import Busy, Unavailable

HOUR = 3600
_CLOCKS_APART = 60
_REMEMBERED = 100_000
_keys: dict[int, bytes] = {}


@dataclass(slots=True)
class _Count:
    """What this process knows of one subject: hits that all processes know of, and its own since."""

    shared: int = 0
    own: int = 0


_counts: dict[str, _Count] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most `limit` hits an hour for one subject.

    A process counts by itself and tells the others of a hundredth of the limit at a time: nearly every
    network stays below that, costs no round trip, and is never heard of outside this process.
    """

    scope: str
    limit: int

    def hit(self, subject: str) -> None:
        """Counts one. Raises Busy above the limit, with the seconds until the hour is over, or Unavailable."""
        if not self.allows(subject):
            raise Busy(retry_after=HOUR - int(time.time()) % HOUR)

    def allows(self, subject: str) -> bool:
        """Counts one, and says whether it was within the limit."""
        return self._count(keyed(self.scope, subject)) <= self.limit

    def _count(self, name: str) -> int:
        untold = 0
        with _lock:
            count = _counts.get(name) or _remember(name)
            count.own += 1
            if count.own * 100 >= self.limit:
                untold, count.own = count.own, 0
        if untold:
            count.shared = _tell(f"t:{name}", untold)
        return count.shared + count.own


def _remember(name: str) -> _Count:
    if len(_counts) >= _REMEMBERED:
        _counts.clear()
    _counts[name] = count = _Count()
    return count


def _tell(name: str, hits: int) -> int:
    """Adds to what all processes know; returns the sum."""
    with _redis():
        cache.add(name, 0, _rest_of_hour())
        try:
            return int(cache.incr(name, hits))
        except ValueError:
            # A cache that was full has let it go since.
            return hits


@contextmanager
def _redis() -> Iterator[None]:
    """Raises Unavailable where it does not answer: without it nobody knows how many came to the others."""
    try:
        yield
    except redis.RedisError as error:
        raise Unavailable from error


def _rest_of_hour() -> int:
    """Until when anything is kept: the same moment for all, so that what is left does not tell when somebody came."""
    return HOUR - int(time.time()) % HOUR + _CLOCKS_APART


def keyed(scope: str, subject: str) -> str:
    """64 hexadecimal digits that stand for a subject until the hour is over; nobody can go back from them."""
    message = f"{scope}\0{subject}".encode()
    return hmac.digest(_hour_key(int(time.time()) // HOUR), message, hashlib.sha256).hex()


def _new_half() -> bytes:
    return secrets.token_bytes(32)


def _hour_key(hour: int) -> bytes:
    key = _keys.get(hour)
    if key is None:
        with _redis():
            half = cache.get_or_set(f"throttle-key:{hour}", _new_half, timeout=_rest_of_hour())
        if not isinstance(half, bytes):
            raise Unavailable
        key = hmac.digest(settings.SECRET_KEY.encode(), b"throttles\0" + half, hashlib.sha256)
        _keys.clear()
        _keys[hour] = key
        _counts.clear()
    return key


# A canteen of 500 signs behind one address, mistypes, and tries again.
ISSUE = Throttle("issue", 3_000)
CODE_REQUEST = Throttle("code", 2_000)
SEND = Throttle("send", 6_000)
PLAIN = Throttle("plain", 2_000)
MAIL_PER_ADDRESS = Throttle("mail", 3)
