"""The columns of a file of units, and what may stand in their cells."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from organizing.units.models import Kind
from organizing.units.problems import MOST_PEOPLE

COLUMNS = ("code", "name", "kind", "parent", "people", "as_of", "source")
# As organizers head them in Spanish and Arabic; anything else is no heading of ours.
_HEADINGS = {
    "code": "code codigo id الرمز رمز الكود",
    "name": "name nombre unit unidad الاسم اسم",
    "kind": "kind type tipo clase النوع نوع",
    "parent": "parent under padre superior الأعلى يتبع",
    "people": "people headcount head_count count personas plantilla empleados العدد عدد",
    "as_of": "as_of asof day date dia fecha اليوم التاريخ تاريخ",
    "source": "source fuente origen المصدر مصدر",
}
_KINDS = {
    Kind.SITE: "site sites sede centro planta موقع",
    Kind.DEPARTMENT: "department dept departamento seccion قسم إدارة",
    Kind.SHIFT: "shift turno وردية مناوبة",
    Kind.OTHER: "other otro otra أخرى آخر",
}
_LONGEST_HEADING = 100
_SPACE = re.compile(r"\s+")
_SLASH = re.compile(r" */ *")
# Marks that turn the direction of what follows: in a name they could make one unit look like another.
_TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"}
_AS_TEXT = re.compile(r"'[=+\-@]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+\Z")
_DAYS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z"),
    re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z"),
)


def clean(text: str) -> str:
    """One line, composed, without what cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        " " if unicodedata.category(c) == "Cc" else c for c in composed if c not in _TURNING
    )
    line = _SPACE.sub(" ", seen).strip()
    # What our own export put before a cell that a spreadsheet would have calculated.
    return line[1:] if _AS_TEXT.match(line) else line


def clean_name(text: str) -> str:
    """A name without the separator of paths: “IT / Admin” becomes “IT/Admin”."""
    return _SLASH.sub("/", clean(text))


def _plain(text: str) -> str:
    """Without accents and case, for comparing."""
    parts = unicodedata.normalize("NFKD", clean(text).casefold())
    return re.sub(r"[\s\-]+", "_", "".join(c for c in parts if not unicodedata.combining(c)))


def _words(table: dict[str, str]) -> dict[str, str]:
    return {_plain(word): name for name, words in table.items() for word in words.split()}


_HEADING_OF = _words(_HEADINGS)
_KIND_OF = _words({str(kind): words for kind, words in _KINDS.items()})


def named(row: Iterable[str]) -> list[str]:
    """The column that each heading names; empty for one that is none of ours."""
    return [
        _HEADING_OF.get(_plain(text), "") if len(text) <= _LONGEST_HEADING else "" for text in row
    ]


def kind_of(text: str) -> Kind | None:
    """The kind that a cell names, or None."""
    found = _KIND_OF.get(_plain(text))
    return Kind(found) if found else None


def number_of(text: str) -> int | None:
    """A whole number, its thousands grouped or not; None for anything else."""
    digits = re.sub(r"[\s\u00a0\u202f'’٬]", "", text)
    if _GROUPED.match(digits):
        digits = re.sub(r"[.,]", "", digits)
    if not digits.isdecimal() or len(digits) > len(str(MOST_PEOPLE)):
        return None
    return int(digits) if int(digits) <= MOST_PEOPLE else None


def day_of(text: str) -> date | None:
    """A day as 2026-11-30 or 30.11.2026; None for anything else, such as 11/30/2026, which others read otherwise."""
    head = re.split("[ T]", text, maxsplit=1)[0]
    for pattern, forward in zip(_DAYS, (1, -1), strict=True):
        found = pattern.match(head)
        if found:
            return _date([int(number) for number in found.groups()][::forward])
    return None


def _date(numbers: list[int]) -> date | None:
    try:
        return date(*numbers)
    except ValueError:
        return None
