"""Files stay small, excepts narrow, and nothing of one machine is in the tree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import source

MODULE_LINES = 250
FILE_LINES = 400
FUNCTION_LINES = 45
WRITTEN = (".py", ".js", ".mjs", ".html", ".css")
TEXT = (*WRITTEN, ".txt", ".in", ".json", ".toml", ".yml", ".cfg", ".po", ".sh")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py"}
# Put together here, so that this file does not match itself.
MACHINE = re.compile("|".join(["/" + "work/", "/" + "farm/", "/" + "root/", "/" + "tmp/x/"]))
HOSTS = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs"]))
KEYS = re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY-----")
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b")


def relative(path: Path) -> str:
    return str(path.relative_to(source.ROOT))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    files = [path for path in source.our_files(*WRITTEN) if "migrations" not in path.parts]
    assert [relative(path) for path in files if lines(path) > FILE_LINES] == []


def test_no_module_is_longer_than_two_hundred_and_fifty_lines() -> None:
    assert [source.name_of(p) for p in source.app_modules() if lines(p) > MODULE_LINES] == []


@pytest.mark.parametrize("path", source.app_modules(), ids=source.name_of)
def test_functions_are_short(path: Path) -> None:
    functions = (n for n in ast.walk(source.parsed(path)) if isinstance(n, ast.FunctionDef))
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= FUNCTION_LINES]
    assert long == []


@pytest.mark.parametrize("path", source.app_modules(), ids=source.name_of)
def test_no_except_catches_everything(path: Path) -> None:
    handlers = (n for n in ast.walk(source.parsed(path)) if isinstance(n, ast.ExceptHandler))
    caught = [ast.unparse(handler.type) if handler.type else "all" for handler in handlers]
    assert not {"all", "Exception", "BaseException"} & set(caught)


def test_no_file_is_named_for_nothing() -> None:
    assert [relative(p) for p in source.our_files(".py") if p.name in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize(
    "pattern", [MACHINE, HOSTS, KEYS, UNFINISHED], ids=["paths", "hosts", "keys", "unfinished"]
)
def test_nothing_of_one_machine_and_nothing_unfinished_is_in_the_tree(
    pattern: re.Pattern[str],
) -> None:
    found = [
        f"{relative(path)}: {match[0]}"
        for path in source.our_files(*TEXT)
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
