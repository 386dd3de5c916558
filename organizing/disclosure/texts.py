"""The opener's sentences: those of the browser's opener, so that both write the same list.

Read from its own file, since the command works without settings.
"""

import gettext
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_STRINGS = Path(__file__).resolve().parent.parent / "static/organizing/js/pages/opener.strings.json"
_LOCALE = _STRINGS.parents[5] / "locale"
DEFAULT = "en"
COLUMNS = (
    *("name", "jobTitle", "site", "verified", "address", "repeated", "class", "language", "day"),
    *("record", "version", "text", "consent"),
)


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(_STRINGS.read_text(encoding="utf-8"))
    return found


def languages() -> list[str]:
    """Languages that the opener speaks."""
    return list(_all())


class Words:
    """What the opener says in one language."""

    def __init__(self, language: str = DEFAULT) -> None:
        self._strings = _all()[language]
        _ = gettext.translation("django", _LOCALE, [language], fallback=True).gettext
        # What only a command can meet with.
        self._own = {
            "csv-exists": _("The file for the list is there already: name another."),
            "csv-unwritable": _("The file for the list cannot be written: name another."),
        }

    def say(self, key: str, **values: object) -> str:
        """One sentence, with its placeholders filled."""
        text = str(self._strings[key])
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def error(self, code: str) -> str:
        """Why a record, a file or a proof is not accepted."""
        return str({**self._own, **self._strings["errors"]}.get(code, code))

    def header(self) -> list[str]:
        """The columns of the list."""
        return [self.say(column) for column in COLUMNS]

    def outcome(self, *, address: str, reason: str) -> str:
        """What stands behind a name: an address, an employment, or nothing for this reason."""
        if reason:
            return f"{self.say('verifiedNone')}: {self.error(reason)}"
        return self.say("verifiedAddress" if address else "verifiedEmployment")
