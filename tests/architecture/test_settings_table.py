"""Every setting is read from the environment, and docs/settings.md has each of them and no other."""

from __future__ import annotations

import ast
import re

from tests.architecture import source

SETTINGS = source.ROOT / "config" / "settings.py"
TABLE = source.ROOT / "docs" / "settings.md"
READERS = {"_flag", "_number", "_list", "get", "getenv"}


def read_names() -> set[str]:
    """Names that config/settings.py asks the environment for."""
    calls = (node for node in ast.walk(source.parsed(SETTINGS)) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if ast.unparse(call.func).rsplit(".", 1)[-1] in READERS
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and call.args[0].value.isupper()
    }


def documented_names() -> set[str]:
    """Names in the first column of the table."""
    return set(re.findall(r"^\| `([A-Z_]+)` \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_in_the_table() -> None:
    assert read_names() - documented_names() == set()


def test_the_table_has_no_setting_that_is_not_read() -> None:
    assert documented_names() - read_names() == set()


def test_the_search_finds_settings_at_all() -> None:
    assert {"DATABASE_URL", "KEY_DIR", "WEB_PROCESSES", "DEBUG"} <= read_names()
