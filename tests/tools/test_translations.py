"""`make check` fails on a message that is not extracted, not translated, or only guessed at."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tools import translations


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


DONE = polib.POEntry(msgid="Sign", msgstr="Firmar")
OPEN = polib.POEntry(msgid="Read", msgstr="")
GUESSED = polib.POEntry(msgid="Withdraw", msgstr="Retirar", flags=["fuzzy"])
PLURAL = polib.POEntry(msgid="one", msgid_plural="many", msgstr_plural={0: "uno", 1: ""})


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> polib.POFile:
    """What the tree has in Spanish."""
    made = catalogue(DONE, OPEN, GUESSED, PLURAL)
    monkeypatch.setattr(translations, "read", lambda _locale, _language: made)
    return made


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (OPEN, "not translated"),
        (GUESSED, "fuzzy"),
        (PLURAL, "not translated"),
        (polib.POEntry(msgid="New", msgstr=""), "not extracted"),
    ],
)
def test_what_is_not_done_is_named(
    committed: polib.POFile, entry: polib.POEntry, reason: str
) -> None:
    (line,) = translations.complaints({"es": catalogue(entry)})
    assert reason in line
    assert repr(entry.msgid) in line


def test_what_is_done_passes(committed: polib.POFile) -> None:
    assert translations.complaints({"es": catalogue(DONE)}) == []


def test_a_catalogue_compiles_without_gettext(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue(DONE).save(str(path))
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    translations.compile_all()
    (compiled,) = polib.mofile(str(path.with_suffix(".mo")))
    assert compiled.msgstr == "Firmar"
