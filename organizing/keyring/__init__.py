"""The only reader of key material. Keys live outside the database, its logs, replicas and backups.

Two places: the key folder holds the application's own keys; the *key store* holds those that are
destroyed on schedule (petition, epoch and day keys). The store is the same folder, or, where there are
several hosts, a Redis of its own with `appendfsync always` and `save ""` (docs/protocol.md section 16).
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NewType

from django.conf import settings

from organizing.crypto import issuing
from organizing.keyring.application import (
    ApplicationKey,
    application_key,
    application_keys,
    is_sealed_with_newest,
    seal,
    unseal,
)
from organizing.keyring.stores import (
    KEY_BYTES,
    FileKeyStore,
    KeyGone,
    KeyStore,
    RedisKeyStore,
)

__all__ = [
    "ApplicationKey",
    "DayKey",
    "EpochKey",
    "FileKeyStore",
    "KeyGone",
    "KeyStore",
    "RedisKeyStore",
    "WrappingKey",
    "application_key",
    "application_keys",
    "day_key",
    "destroy_day_keys",
    "destroy_key",
    "django_secret",
    "epoch_key",
    "is_sealed_with_newest",
    "issuer_secrets",
    "key_store",
    "make_key_files",
    "missing_key_files",
    "new_key",
    "read_key_file",
    "seal",
    "unseal",
    "wrapping_key",
]

EpochKey = NewType("EpochKey", bytes)
WrappingKey = NewType("WrappingKey", bytes)
DayKey = NewType("DayKey", bytes)

REMEMBERED_SECONDS = 30.0
_OWN = ("application", "django")


@lru_cache(maxsize=8)
def _store_at(url: str, folder: str) -> KeyStore:
    return RedisKeyStore(url) if url else FileKeyStore(Path(folder))


def key_store() -> KeyStore:
    """Where keys that are destroyed on schedule live."""
    return _store_at(settings.EPOCH_KEYS_URL, str(settings.KEY_DIR))


class _Memory:
    """Keys read lately. Short, so that a destroyed key leaves every process soon after."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: dict[str, tuple[float, bytes]] = {}

    def get(self, name: str) -> bytes:
        now = time.monotonic()
        with self.lock:
            found = self.kept.get(name)
            if found and now - found[0] < REMEMBERED_SECONDS:
                return found[1]
            self.kept = {
                n: entry for n, entry in self.kept.items() if now - entry[0] < REMEMBERED_SECONDS
            }
        key = key_store().read(name)
        with self.lock:
            self.kept[name] = (now, key)
        return key

    def forget(self, name: str) -> None:
        with self.lock:
            self.kept.pop(name, None)


_memory = _Memory()


def new_key(kind: str) -> str:
    """Makes a key of 32 random bytes; returns its name. Durable before it returns."""
    name = f"{kind}-{secrets.token_hex(16)}"
    key_store().create(name, secrets.token_bytes(KEY_BYTES))
    return name


def destroy_key(*names: str) -> None:
    """Destroys keys here and in the store, which takes as long for many as for one."""
    for name in names:
        _memory.forget(name)
        _unwrapped.pop(name, None)
    key_store().destroy(*names)


def epoch_key(name: str) -> EpochKey:
    """The key of one epoch. Raises KeyGone."""
    return EpochKey(_memory.get(name))


def wrapping_key(name: str) -> WrappingKey:
    """The key that wraps one petition's issuer, attestation, tag and code keys. Raises KeyGone."""
    return WrappingKey(_memory.get(name))


def day_key(day: int) -> DayKey:
    """The key under which mail jobs of a day (since 1970, UTC) carry an address; made when missing."""
    name = f"day-{day}"
    try:
        return DayKey(_memory.get(name))
    except KeyGone:
        with suppress(FileExistsError):
            key_store().create(name, secrets.token_bytes(KEY_BYTES))
        return DayKey(_memory.get(name))


def destroy_day_keys(days: Iterable[int]) -> None:
    """Destroys the mail keys of some days."""
    destroy_key(*(f"day-{day}" for day in days))


def read_key_file(folder: Path, name: str) -> bytes:
    """A key of the application's own from the key folder. Raises KeyGone."""
    return FileKeyStore(folder).read(name)


def missing_key_files(folder: Path) -> list[str]:
    """Which of the application's own keys are not there."""
    return [name for name in _OWN if not FileKeyStore(folder).has(name)]


def make_key_files(folder: Path) -> None:
    """Makes the application's own keys where they are missing."""
    for name in _OWN:
        with suppress(FileExistsError):
            FileKeyStore(folder).create(name, secrets.token_bytes(KEY_BYTES))


def django_secret(folder: Path) -> str:
    """Django's SECRET_KEY, from the key folder. Raises KeyGone."""
    return hashlib.sha256(b"roundrobin/django" + read_key_file(folder, "django")).hexdigest()


_unwrapped: dict[str, tuple[float, issuing.IssuerSecrets]] = {}


def issuer_secrets(wrapping_key_name: str, sealed: bytes) -> issuing.IssuerSecrets:
    """One petition's issuer, attestation, tag and code keys. Raises KeyGone once destroyed."""
    now = time.monotonic()
    found = _unwrapped.get(wrapping_key_name)
    if found and now - found[0] < REMEMBERED_SECONDS:
        return found[1]
    for name in [
        n for n, entry in list(_unwrapped.items()) if now - entry[0] >= REMEMBERED_SECONDS
    ]:
        _unwrapped.pop(name, None)
    opened = issuing.unwrap(sealed, wrapping_key(wrapping_key_name))
    _unwrapped[wrapping_key_name] = (now, opened)
    return opened
