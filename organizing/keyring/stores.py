"""Where keys of 32 bytes lie: files in a folder, or a Redis of its own."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import redis

KEY_BYTES = 32
_REWRITE_SECONDS = 60.0


class KeyGone(Exception):
    """The key was destroyed, or never was."""


class KeyStore(Protocol):
    """Holds keys of 32 bytes by name. A key is durable before `create` returns."""

    def create(self, name: str, key: bytes) -> None:
        """Stores a key; raises FileExistsError when the name is taken."""

    def read(self, name: str) -> bytes:
        """The key; raises KeyGone."""

    def destroy(self, *names: str) -> None:
        """Destroys keys, for good before it returns. One already gone is no error."""


class FileKeyStore:
    """One file a key, mode 600, in a folder of mode 700."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def create(self, name: str, key: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written beside and linked into place: a reader never sees half a key.
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, key)
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            os.link(draft, self._path(name))
        finally:
            draft.unlink()
        self._sync_folder()

    def read(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KeyGone(name) from error

    def destroy(self, *names: str) -> None:
        for name in names:
            self._destroy(self._path(name))

    def _destroy(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            # Overwritten first: a freed block can outlive its name.
            handle = os.open(path, os.O_WRONLY)
            os.write(handle, secrets.token_bytes(KEY_BYTES))
            os.fsync(handle)
            os.close(handle)
            path.unlink()
            self._sync_folder()

    def move(self, name: str, to: str) -> None:
        """Gives a key another name, in one step; the key that had that name is gone."""
        self._path(name).replace(self._path(to))
        self._sync_folder()

    def link(self, name: str, also: str) -> None:
        """Gives a key a second name: the same bytes on the disk, so that destroying one destroys both."""
        os.link(self._path(name), self._path(also))
        self._sync_folder()

    def has(self, name: str) -> bool:
        """Whether there is a key of this name."""
        return self._path(name).exists()

    def _sync_folder(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


class RedisKeyStore:
    """Keys in a Redis of their own. A destroyed key leaves the append-only file by a rewrite."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url)

    def create(self, name: str, key: bytes) -> None:
        if not self.client.set(f"key:{name}", key, nx=True):
            raise FileExistsError(name)

    def read(self, name: str) -> bytes:
        key = self.client.get(f"key:{name}")
        if not isinstance(key, bytes):
            raise KeyGone(name)
        return key

    def destroy(self, *names: str) -> None:
        self.client.delete(*(f"key:{name}" for name in names))
        # Also where all were gone: whoever deleted them may have been killed before the file was rewritten.
        if self._persistence()["aof_enabled"]:
            self._rewrite()

    def _rewrite(self) -> None:
        deadline = time.monotonic() + _REWRITE_SECONDS
        # One that already runs may have begun before the deletion: it does not count.
        self._wait_for_rewrite(deadline)
        self.client.bgrewriteaof()
        self._wait_for_rewrite(deadline)

    def _wait_for_rewrite(self, deadline: float) -> None:
        while self._rewriting():
            if time.monotonic() > deadline:
                raise TimeoutError("the append-only file was not rewritten in time")
            time.sleep(0.05)

    def _rewriting(self) -> bool:
        state = self._persistence()
        return bool(state["aof_rewrite_in_progress"] or state["aof_rewrite_scheduled"])

    def _persistence(self) -> dict[str, int]:
        return self.client.info("persistence")
