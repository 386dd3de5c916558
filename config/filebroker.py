"""Celery's queue in files, for one machine: kombu's own, but no reader ever sees a file that is half written.

kombu opens a file under its final name and then fills it. A worker that looks in between reads nothing, takes that
for an unrecoverable error and ends (kombu issue 1551).
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps

ALIAS = "config.filebroker:Transport"


def write_whole(path: Path, content: str) -> None:
    """Writes beside and moves into place. Raises OSError."""
    # A name with the dot in front belongs to no queue.
    draft = path.parent / f".{uuid4()}.draft"
    try:
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process at a time is inside, for each folder."""
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Channel(filesystem.Channel):
    """Puts messages and exchanges in place whole."""

    _exchange_file: Callable[[str], Path]

    def _put(  # type: ignore[override]  # the two above it differ too
        self, queue: str, payload: dict[str, Any], **_kwargs: Any
    ) -> None:
        # The name sorts by age, as kombu's does.
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        file = self._exchange_file(exchange)
        self.control_folder.mkdir(exist_ok=True)
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with alone(self.control_folder):
            table = self.get_table(exchange)
            if bound not in table:
                write_whole(file, dumps([bound, *table]))


class Transport(filesystem.Transport):
    """`filesystem://`, with these channels."""

    Channel = Channel
