"""Compile the short lists of direct dependencies to hashed ones, without any index or folder of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP_TOOLS = "pip-tools==7.6.2"
LOCAL = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT")
FLAGS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--annotation-style=line",
)


def main() -> None:
    """Compile all three files; --upgrade is passed on."""
    # A machine's own pip settings (mirrors, constraints) must not reach files that others install from.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(LOCAL)}
    environment["PIP_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder) / "bin"
        subprocess.run(
            [tools / "pip", "install", "--quiet", PIP_TOOLS], check=True, env=environment
        )
        for name in ("requirements", "requirements-node", "requirements-dev"):
            files = ["--output-file", f"{name}.txt", f"{name}.in"]
            command = [str(tools / "pip-compile"), *FLAGS, *sys.argv[1:], *files]
            subprocess.run(command, check=True, cwd=ROOT, env=environment)


if __name__ == "__main__":
    main()
