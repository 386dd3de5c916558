"""The queue in files: a message is there whole or not at all."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.filebroker import ALIAS, Transport

MESSAGES = 300


def connect(folder: Path) -> Connection:
    """A connection to a queue in this folder."""
    places = {"data_folder_in": str(folder / "queue"), "data_folder_out": str(folder / "queue")}
    options = {**places, "control_folder": str(folder / "control"), "store_processed": False}
    return Connection(transport=ALIAS, transport_options=options)


def put_many(folder: Path, writer: int) -> None:
    """Another process that writes as fast as it can."""
    with connect(folder) as connection, connection.SimpleQueue("work") as queue:
        for number in range(MESSAGES):
            queue.put({"writer": writer, "number": number})


def take_all(folder: Path, processes: list[multiprocessing.Process]) -> list[tuple[int, int]]:
    """Reads while they write, and what is left once they have ended."""
    found: list[tuple[int, int]] = []
    with connect(folder) as connection, connection.SimpleQueue("work") as queue:
        while True:
            running = any(process.is_alive() for process in processes)
            try:
                message = queue.get(block=False)
            except Empty:
                if not running:
                    return found
                continue
            message.ack()
            found.append((message.payload["writer"], message.payload["number"]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty queue; what is being read lies in the same file system."""
    for name in ("queue", "control", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path


def test_reader_beside_two_writers_gets_every_message_once(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=put_many, args=(folder, writer)) for writer in (1, 2)]
    for process in processes:
        process.start()
    found = take_all(folder, processes)  # type: ignore[arg-type]  # a spawned process is a process
    assert sorted(found) == [(writer, number) for writer in (1, 2) for number in range(MESSAGES)]


def test_half_written_message_is_seen_by_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    move = Path.replace

    def look_first(draft: Path, target: Path) -> Path:
        seen.append([path.name for path in target.parent.glob("*.msg")])
        return move(draft, target)

    with connect(folder) as connection, connection.SimpleQueue("watched") as queue:
        monkeypatch.setattr(Path, "replace", look_first)
        queue.put({"number": 1})
        assert seen == [[]]
        message = queue.get(block=False)
        message.ack()
        assert message.payload == {"number": 1}
    assert list((folder / "queue").iterdir()) == []


def test_celery_uses_it_where_there_is_no_redis() -> None:
    from config.celery import app

    with app.connection_for_write("filesystem://localhost/") as connection:
        assert isinstance(connection.transport, Transport)
