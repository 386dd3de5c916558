"""Key stores: durable before use, gone after destruction."""

from pathlib import Path

import pytest
import redis

from organizing import keyring
from organizing.keyring import FileKeyStore, KeyGone, KeyStore, RedisKeyStore
from tests.services import Service

KEY = bytes(range(32))


def test_a_folder_that_is_a_file_holds_no_key(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()
    with pytest.raises(KeyGone):
        FileKeyStore(tmp_path / "keys").read("django")


@pytest.fixture(params=["file", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    """Each of the two."""
    if request.param == "file":
        return FileKeyStore(tmp_path / "keys")
    service: Service = request.getfixturevalue("durable_redis")
    redis.Redis.from_url(service.url).flushdb()
    return RedisKeyStore(service.url)


def test_a_key_is_read_back_until_it_is_destroyed(store: KeyStore) -> None:
    store.create("epoch-1", KEY)
    assert store.read("epoch-1") == KEY
    store.destroy("epoch-1")
    with pytest.raises(KeyGone):
        store.read("epoch-1")


def test_a_key_is_never_written_over(store: KeyStore) -> None:
    store.create("epoch-1", KEY)
    with pytest.raises(FileExistsError):
        store.create("epoch-1", bytes(32))
    assert store.read("epoch-1") == KEY


def test_destroying_what_is_gone_is_no_error(store: KeyStore) -> None:
    store.destroy("epoch-1")


def test_a_key_file_is_nobody_elses(tmp_path: Path) -> None:
    FileKeyStore(tmp_path / "keys").create("epoch-1", KEY)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "epoch-1.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["epoch-1.key"]


def test_a_destroyed_key_is_in_no_file_of_redis(durable_redis: Service) -> None:
    assert durable_redis.folder is not None
    store = RedisKeyStore(durable_redis.url)
    key = b"a key of thirty-two bytes, plain"
    store.create("epoch-seen", key)
    assert any(key in path.read_bytes() for path in _files(durable_redis.folder))
    store.destroy("epoch-seen")
    assert not any(key in path.read_bytes() for path in _files(durable_redis.folder))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_destroyed_key_leaves_memory_too() -> None:
    name = keyring.new_key("epoch")
    assert keyring.epoch_key(name)
    keyring.destroy_key(name)
    with pytest.raises(KeyGone):
        keyring.epoch_key(name)


def test_a_day_key_is_made_once() -> None:
    assert keyring.day_key(20_000) == keyring.day_key(20_000)
    keyring.destroy_day_keys([20_000])
    assert keyring.day_key(20_000)
    keyring.destroy_day_keys([20_000])


def test_many_keys_are_destroyed_by_one_rewrite_of_the_file(
    durable_redis: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RedisKeyStore(durable_redis.url)
    rewrite, rewrites = store.client.bgrewriteaof, []
    monkeypatch.setattr(store.client, "bgrewriteaof", lambda: rewrites.append(rewrite()))
    for name in ("day-1", "day-2"):
        store.create(name, KEY)
    store.destroy("day-1", "day-2", "day-3")
    assert len(rewrites) == 1
    with pytest.raises(KeyGone):
        store.read("day-2")
