"""Compile and check the message catalogues in locale/."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("es", "ar")
SOURCES = ("organizing", "templates", "config")


def compile_all() -> None:
    """Write the .mo file beside every .po file."""
    for catalogue in sorted(LOCALE.rglob("*.po")):
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


def extract(target: Path) -> dict[str, polib.POFile]:
    """Extract messages anew, beginning from a copy of the catalogues, so that the tree is not touched."""
    for name in (*SOURCES, "locale"):
        ignored = shutil.ignore_patterns("node_modules", "vendor", "dist", "__pycache__")
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    wanted = [f"--locale={language}" for language in LANGUAGES]
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        *wanted,
        "--no-obsolete",
        "--no-location",
    ]
    subprocess.run(command, cwd=target, check=True, stdout=subprocess.DEVNULL)
    return {language: read(target / "locale", language) for language in LANGUAGES}


def read(locale: Path, language: str) -> polib.POFile:
    """One language's catalogue; an empty one where nobody has begun."""
    path = locale / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def complaints(fresh: dict[str, polib.POFile]) -> list[str]:
    """One line for each message that is not extracted, not translated, or only guessed at."""
    lines = []
    for language, catalogue in fresh.items():
        known = {
            (entry.msgctxt, entry.msgid) for entry in read(LOCALE, language) if not entry.obsolete
        }
        for entry in catalogue:
            if (entry.msgctxt, entry.msgid) not in known:
                lines.append(f"{language}: not extracted: {entry.msgid[:90]!r}")
            elif entry.fuzzy:
                lines.append(f"{language}: fuzzy: {entry.msgid[:90]!r}")
            elif not entry.translated():
                lines.append(f"{language}: not translated: {entry.msgid[:90]!r}")
    return lines


def check() -> int:
    """Compare the catalogues with the source; 0 when every message is translated."""
    if shutil.which("xgettext") is None:
        print("Translations were NOT checked: install gettext.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        lines = complaints(extract(Path(folder)))
    for line in lines[:40]:
        print(line, file=sys.stderr)
    if lines:
        print(f"Translations: {len(lines)} to mend. `make messages` extracts.", file=sys.stderr)
    return 1 if lines else 0


def main() -> int:
    """Do the one thing that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("compile", "check"))
    if parser.parse_args().action == "check":
        return check()
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
