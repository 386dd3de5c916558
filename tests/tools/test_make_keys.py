"""Keys are made for a new database alone: no other key opens what an old one holds."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from organizing import keyring
from tools import make_keys as tool

ROOT = Path(__file__).resolve().parent.parent.parent


def make_keys(data: Path) -> subprocess.CompletedProcess[str]:
    kept = {n: v for n, v in os.environ.items() if not n.endswith("_URL") and n != "KEY_DIR"}
    return subprocess.run(
        [sys.executable, "tools/make_keys.py"],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def migrate(data: Path) -> None:
    """As much of it as tells that there was one."""
    with sqlite3.connect(data / "roundrobin.sqlite3") as database:
        database.execute("CREATE TABLE django_migrations (id integer)")
    database.close()


def test_a_new_site_gets_its_keys_once(tmp_path: Path) -> None:
    assert make_keys(tmp_path).returncode == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert sorted(made) == ["application.key", "django.key"]
    assert not (tmp_path / "roundrobin.sqlite3").exists()
    migrate(tmp_path)
    assert make_keys(tmp_path).returncode == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == made


@pytest.mark.parametrize("lost", [["application"], ["django"], ["application", "django"]])
def test_a_key_that_was_lost_is_named_and_not_made_anew(tmp_path: Path, lost: list[str]) -> None:
    keyring.make_key_files(tmp_path / "keys")
    migrate(tmp_path)
    for name in lost:
        (tmp_path / "keys" / f"{name}.key").unlink()
    before = sorted(tmp_path.rglob("*"))
    answer = make_keys(tmp_path)
    assert answer.returncode != 0
    (line,) = answer.stderr.splitlines()
    assert all(f"{name}.key" in line for name in lost)
    assert "put the very file back" in line
    assert sorted(tmp_path.rglob("*")) == before


def test_a_lost_folder_is_not_made_anew(tmp_path: Path) -> None:
    migrate(tmp_path)
    assert "application.key and django.key" in make_keys(tmp_path).stderr
    assert not (tmp_path / "keys").exists()


def test_a_database_that_does_not_answer_gets_no_key(tmp_path: Path) -> None:
    (tmp_path / "roundrobin.sqlite3").write_text(
        "This is no database, and is longer than a header."
    )
    assert "no key was made" in make_keys(tmp_path).stderr
    assert not (tmp_path / "keys").exists()


@pytest.mark.django_db
def test_it_knows_a_database_in_use_on_every_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}", query="").geturl()
        monkeypatch.setenv("DATABASE_URL", f"{url}?options=-csearch_path%3Dpg_catalog")
        assert not tool.has_tables()
    monkeypatch.setenv("DATABASE_URL", url)
    assert tool.has_tables()
