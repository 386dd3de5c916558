"""Characters that nobody sees, and spaces of odd widths: either can tell whose copy a text was.

The twin of compileClean in js/core/flags.js; both read flag_rules.json. Marks of direction go too: each text has one
direction, and the page sets it.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

RULES = Path(__file__).parents[1] / "static" / "organizing" / "js" / "core" / "flag_rules.json"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    classes = json.loads(RULES.read_text(encoding="utf-8"))["classes"]
    return re.compile(classes["UNSEEN"]), re.compile(f"[{classes['SPACES']}]")


def without(text: str) -> str:
    """The text with nothing but what a reader sees. Joiners inside an emoji stay."""
    unseen, spaces = _patterns()
    return spaces.sub(" ", unseen.sub("", text))


def count(text: str) -> int:
    """How many characters `without` would take out; odd spaces are not counted."""
    return sum(1 for _ in _patterns()[0].finditer(text))
