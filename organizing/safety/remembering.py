"""What was read a moment ago: however many ask at once, it is read once a second."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

SECONDS = 1.0


class Remembered(Generic[K, V]):
    """Values by key, each for a second. Only for what is the same for everybody: never for a person."""

    def __init__(self) -> None:
        self._kept: dict[K, tuple[float, V]] = {}

    def get(self, key: K, read: Callable[[], V]) -> V:
        """The value; `read` gives it anew, and what that raises is raised."""
        found, now = self._kept.get(key), time.monotonic()
        if found and now < found[0]:
            return found[1]
        if found:
            # Whoever comes while we read goes on with what was known, and does not read too.
            self._kept[key] = (now + SECONDS, found[1])
        return self.refresh(key, read)

    def refresh(self, key: K, read: Callable[[], V]) -> V:
        """The value, read anew."""
        done = False
        try:
            value = read()
            done = True
        finally:
            if not done:
                self._kept.pop(key, None)
        self._kept[key] = (time.monotonic() + SECONDS, value)
        return value

    def forget(self) -> None:
        """Drops everything."""
        self._kept.clear()
