"""Set up what the two commands need: environment, browser modules, translations. Run again, it does nothing.

Runs under the machine's own Python, before anything is installed: standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
SCRIPTS = ROOT / "organizing" / "static" / "organizing" / "js"


def say(line: str) -> None:
    """Print one line at once, also where the output is a pipe."""
    print(line, flush=True)


def run(*command: str | Path) -> None:
    """Run one step from the root of the tree; a failure ends the set-up with the step's own exit code."""
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env=environment())
    if code:
        sys.exit(
            f"Set-up stopped: `{' '.join(str(part) for part in command)}` failed with exit code {code}."
        )


def environment() -> dict[str, str]:
    """The environment of every step: the virtual environment's programs come first."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "npm_config_update_notifier": "false"}
    return {**os.environ, **quiet, "PATH": path, "PYTHONUTF8": "1"}


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, so that a stamp survives a checkout that only touches times."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(set(paths)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_done(step: str, paths: Iterable[Path], *products: Path) -> bool:
    """Whether the step ran on these inputs before, and what it made still stands."""
    stamp = STAMPS / step
    products_stand = all(product.exists() for product in products)
    return products_stand and stamp.is_file() and stamp.read_text() == fingerprint(paths)


def mark_done(step: str, paths: Iterable[Path]) -> None:
    """Write the step's stamp."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(fingerprint(paths))


def make_environment() -> None:
    """Create the virtual environment, or say in one line what the machine lacks for it."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "Roundrobin needs Python 3.11 or newer: install it, or name it with `make PYTHON=python3.11 …`."
        )
    if PYTHON.exists():
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    hint = f"Python's venv module is missing: run `sudo apt-get install python3-venv` (or python{version}-venv)."
    try:
        import ensurepip  # noqa: F401 - Debian splits it off; its absence is what is being asked
        import venv
    except ImportError:
        sys.exit(hint)
    say("Making the virtual environment .venv …")
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(hint)


def install(name: str, size: str) -> None:
    """Install one compiled requirements file; pip refuses any file whose hash is not in it."""
    locked = ROOT / f"{name}.txt"
    if is_done(name, [locked]):
        return
    say(f"Installing {name}.txt ({size}, each file checked against its hash) …")
    quiet = ["--quiet", "--no-input", "--progress-bar", "off"]
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        *quiet,
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        locked,
    )
    mark_done(name, [locked])


def has_node() -> bool:
    """Whether npm and a Node.js that is new enough are on the path, .venv included."""
    path = environment()["PATH"]
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return found is not None and int(found[1]) >= OLDEST_NODE


def build_browser_modules() -> None:
    """Install the pinned npm packages and bundle them; the bundles stay out of the repository."""
    package, lock = ROOT / "package.json", ROOT / "package-lock.json"
    if not package.exists():
        return
    installed, built = [package, lock, ROOT / ".npmrc"], SCRIPTS.parent / "build"
    if is_done("npm", installed, ROOT / "node_modules") and is_done(
        "browser", build_inputs(), built
    ):
        return
    if not has_node():
        install("requirements-node", "Node.js, since this machine has none")
    if not is_done("npm", installed, ROOT / "node_modules"):
        say("Installing the browser's libraries …")
        run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        mark_done("npm", installed)
    say("Building the browser modules …")
    run("npm", "run", "--silent", "build")
    mark_done("browser", build_inputs())


def build_inputs() -> list[Path]:
    """Everything that can end up in a bundle, and the scripts that build."""
    written = [
        *SCRIPTS.rglob("*.js*"),
        *(SCRIPTS.parent / "css").glob("*.css"),
        *(ROOT / "tools").glob("*.html"),
        *(ROOT / "tools").glob("*.?js"),
        *(ROOT / "tools").glob("*.js"),
    ]
    return [
        ROOT / "package.json",
        ROOT / "package-lock.json",
        *(path for path in written if "vendor" not in path.parts),
    ]


def compile_translations() -> None:
    """Compile each catalogue with polib, so that gettext need not be installed."""
    catalogues = sorted((ROOT / "locale").rglob("*.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    if catalogues and not is_done("translations", catalogues, *compiled):
        run(PYTHON, "tools/translations.py", "compile")
        mark_done("translations", catalogues)


def main() -> None:
    """Bring the tree to where `make run` (or, with --dev, `make test`) can start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--dev", action="store_true", help="also install what tests and checks need"
    )
    arguments = parser.parse_args()
    make_environment()
    install("requirements", "about 40 packages")
    if arguments.dev:
        install("requirements-dev", "tests and checks")
    build_browser_modules()
    compile_translations()


if __name__ == "__main__":
    main()
