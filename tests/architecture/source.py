"""The tree as text and syntax, for the tests that hold its shape."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "organizing"
CAPABILITIES = (
    "accounts",
    "petitions",
    "drafting",
    "eligibility",
    "signing",
    "plainform",
    "counting",
    "disclosure",
    "publishing",
    "units",
    "tracking",
    "oversight",
    "outreach",
    "reports",
    "api",
    "campaigns",
)
_LISTING = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def app_modules() -> list[Path]:
    """Every Python module of the app but its migrations."""
    return sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)


@cache
def _listed() -> tuple[Path, ...]:
    """What git has or would take: nothing that is built, installed or ignored."""
    answer = subprocess.run(_LISTING, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(sorted(ROOT / name for name in answer.stdout.split("\0") if name))


def our_files(*suffixes: str) -> list[Path]:
    """Every file with one of these suffixes that somebody here wrote."""
    return [path for path in _listed() if path.suffix in suffixes and path.is_file()]


def name_of(path: Path) -> str:
    """`organizing.signing.services` for the file of that module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def module_names() -> frozenset[str]:
    """Every module of the app, by its dotted name."""
    return frozenset(name_of(path) for path in APP.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a module imports, wherever in it; `from a import b` is `a.b` if that is a module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in module_names() else node.module
