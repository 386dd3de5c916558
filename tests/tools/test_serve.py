"""What the processes of a site are started with, and that an unsafe one is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from organizing import keyring
from tools import serve

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("redis", "processes"), [("", "1"), ("redis://127.0.0.1:6379/0", "2")])
def test_without_redis_one_worker_counts_all_mails(
    redis: str, processes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", redis)
    command = serve.commands()["worker"]
    assert command[command.index("--concurrency") + 1] == processes


def test_a_cap_is_kept_however_many_addresses_are_asked_for() -> None:
    local = "django.core.cache.backends.locmem.LocMemCache"
    if settings.CACHES["default"]["BACKEND"] != local:
        pytest.skip("Redis drops nothing by number.")
    cache = caches.create_connection("default")
    cache.clear()
    cache.set("victim", 3)
    for number in range(1_000):
        cache.set(f"other-{number}", 1)
    assert cache.get("victim") == 3
    cache.clear()


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_an_unsafe_setting_ends_each_process_with_one_line(name: str, tmp_path: Path) -> None:
    keyring.make_key_files(tmp_path / "keys")
    kept = {n: v for n, v in os.environ.items() if not n.endswith("_URL") and n != "KEY_DIR"}
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    answer = subprocess.run(
        [sys.executable, "tools/serve.py", name],
        cwd=ROOT,
        env={**kept, **own, "ALLOWED_HOSTS": "*"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode != 0
    (line,) = answer.stderr.splitlines()
    assert "name each host" in line
