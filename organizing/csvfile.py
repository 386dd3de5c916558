"""CSV that spreadsheets read as text: RFC 4180, UTF-8 with a byte order mark, no cell that is a formula."""

import re
from collections.abc import Sequence

BOM = "\ufeff"
# White space as browsers know it, so that their opener writes the same file.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_FORMULA = re.compile(f"[{_SPACE}\u200b-\u200f]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_QUOTED = re.compile(f'[",\r\n]|^[{_SPACE}]|[{_SPACE}]\\Z')


def cell(value: str | int) -> str:
    """One cell: an apostrophe before what a spreadsheet would calculate, quoted where it must be. A number is none."""
    if isinstance(value, int):
        return str(value)
    text = f"'{value}" if _FORMULA.match(value) else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def line(cells: Sequence[str | int]) -> str:
    """One record with its line end."""
    return ",".join(map(cell, cells)) + "\r\n"
