"""Make the site's own keys where they are missing: KEY_DIR (default DATA_DIR/keys), folder 700, files 600.

Only for a new database. Where there are tables, the keys that belong to them were lost: others would not open them.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from organizing import keyring  # noqa: E402 - the path comes first


def data_folder() -> Path:
    """Where settings look too; they cannot be asked, since they refuse to load without keys."""
    return Path(os.environ.get("DATA_DIR", ROOT / "var")).resolve()


def key_folder() -> Path:
    """As settings have it."""
    return Path(os.environ.get("KEY_DIR", data_folder() / "keys")).resolve()


def has_tables() -> bool:
    """Whether the database was ever migrated. Raises psycopg.Error or sqlite3.Error where it does not say."""
    url = os.environ.get("DATABASE_URL", f"sqlite:///{data_folder() / 'roundrobin.sqlite3'}")
    found = dj_database_url.parse(url)
    if found["ENGINE"].endswith("sqlite3"):
        return _sqlite_has_tables(Path(found["NAME"]))
    return _postgres_has_tables(dict(found))


def _postgres_has_tables(found: dict[str, Any]) -> bool:
    names = {
        "dbname": "NAME",
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
    }
    where = {name: found[key] for name, key in names.items() if found.get(key)}
    with psycopg.connect(**where, **found.get("OPTIONS", {})) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    return bool(row and row[0])


def _sqlite_has_tables(path: Path) -> bool:
    # Looking must not make the file.
    if not path.is_file():
        return False
    connection = sqlite3.connect(path)
    try:
        asked = "SELECT count(*) FROM sqlite_master WHERE name = 'django_migrations'"
        return bool(connection.execute(asked).fetchone()[0])
    finally:
        connection.close()


def refuse_for_a_database_in_use(folder: Path, missing: list[str]) -> None:
    """End with one line, before anything is made, unless the database is new."""
    files = " and ".join(f"{name}.key" for name in missing)
    try:
        if not has_tables():
            return
    except (psycopg.Error, sqlite3.Error) as error:
        sys.exit(
            f"{folder} is without {files}, and whether the database is new cannot be seen "
            f"({type(error).__name__}): no key was made."
        )
    sys.exit(
        f"The database is there, but {folder} is without {files}: put the very file back, from where you keep a "
        "copy. No key was made: a new one does not open what is sealed in the database. To begin afresh, name "
        "another database or DATA_DIR."
    )


def main() -> None:
    """Make what is missing; existing keys are never touched."""
    folder = key_folder()
    if not (missing := keyring.missing_key_files(folder)):
        return
    refuse_for_a_database_in_use(folder, missing)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"The key folder {folder} cannot be made: {error.strerror}.")
    keyring.make_key_files(folder)


if __name__ == "__main__":
    main()
