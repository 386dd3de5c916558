"""The browser's own modules under Node, asked by JSON (tests/js/interop.mjs)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.conftest import missing
from tests.reference_client.wire import b64u

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = ROOT / "tests" / "js" / "interop.mjs"


def node() -> str:
    """The machine's Node, or the one that set-up brought."""
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    found = shutil.which("node", path=path)
    if found is None:
        missing("Node.js")
    return found


def ask(op: str, **arguments: Any) -> dict[str, Any]:
    """One command; bytes go as base64url, and come back so."""
    plain = {name: _plain(value) for name, value in arguments.items()}
    text = json.dumps({"op": op, **plain})
    command = [node(), str(_SCRIPT)]
    done = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64u(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value
