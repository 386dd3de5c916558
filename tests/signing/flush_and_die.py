"""Flushes what is due, and is killed at a named step: run as a process of its own.

`python -m tests.signing.flush_and_die STEP SECONDS`: as if SECONDS later. Without dying it ends with 0.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

# Step: where, and whether before or after.
STEPS: dict[str, tuple[str, bool]] = {
    "before the epoch is rotated": ("batches._rotate", False),
    "inside the rotation": ("epochs.add_open", True),
    "before the move": ("batches._move", False),
    "with some records moved": ("batches.Change.apply", True),
    "before the tallies are written": ("batches.Change.finish", False),
    "before the commit of the move": ("batches.Change.finish", True),
    "before the key is destroyed": ("keyring.FileKeyStore.destroy", False),
    "with the key overwritten": ("Path.unlink", False),
    "with the key destroyed": ("keyring.destroy_key", True),
    "before the log is truncated": ("batches.truncate_log", False),
}


def die(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(original: Callable[..., Any], after: bool) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        # A key that is being made has a draft, whose removal is not what is meant.
        if isinstance(args[0] if args else None, Path) and args[0].suffix != ".key":
            return original(*args, **kwargs)
        if not after:
            die()
        original(*args, **kwargs)
        return die()

    return wrapped


def patch(step: str) -> None:
    from organizing import keyring
    from organizing.signing import batches, epochs

    places = {"batches": batches, "epochs": epochs, "keyring": keyring, "Path": Path}
    name, after = STEPS[step]
    owner: Any = places[name.split(".")[0]]
    *inner, last = name.split(".")[1:]
    for part in inner:
        owner = getattr(owner, part)
    setattr(owner, last, dying(getattr(owner, last), after))


def main() -> int:
    import django

    django.setup()
    from django.utils import timezone

    from organizing.signing import batches

    step, seconds = sys.argv[1], int(sys.argv[2])
    if step != "live":
        patch(step)
    batches.flush_due(now=timezone.now() + timedelta(seconds=seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
