"""A text as a Markdown file and back: the same bytes, so the same hash.

The head holds the parts between two lines of three dashes, each value as JSON (which is YAML too); the body is the
rest of the file. Nothing in it says who wrote it or when.
"""

import json
from dataclasses import dataclass

from organizing.drafting.content import Fields, clean
from organizing.drafting.selectors import Version
from organizing.errors import Malformed

_FENCE = "---"
_LINES = ("title", "addressee", "consent")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file says: its language, the version that it was taken from (0 for none), and the text."""

    language: str
    version: int
    fields: Fields


def write(language: str, version: Version) -> str:
    """The file."""
    fields = version.fields
    demands = [f"  - {_json(line)}" for line in fields["demands"].split("\n")]
    head = [
        _FENCE,
        f"language: {_json(language)}",
        f"version: {version.number}",
        f"sha256: {_json(version.digest)}",
        *(f"{name}: {_json(fields[name])}" for name in _LINES),
        "demands:",
        *demands,
        _FENCE,
    ]
    return "\n".join(head) + f"\n\n{fields['body']}\n"


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read(text: str) -> Imported:
    """The text of a file. Raises Malformed for one that was not written here, or was broken since."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").lstrip("\n").split("\n")
    try:
        end = lines.index(_FENCE, 1)
        if lines[0] != _FENCE:
            raise Malformed
        values, demands = _head(lines[1:end])
        parts = {name: _text(values[name]) for name in _LINES}
        language, version = _text(values["language"]), int(values.get("version", "0"))
    except (ValueError, KeyError) as error:
        raise Malformed from error
    body = clean("\n".join(lines[end + 1 :]))
    fields = {**parts, "demands": "\n".join(demands), "body": body}
    return Imported(language, version, fields)


def _head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    values: dict[str, str] = {}
    demands: list[str] = []
    for line in lines:
        if line.startswith("  - "):
            demands.append(_text(line.removeprefix("  - ")))
        elif line.strip():
            name, _, value = line.partition(":")
            values[name.strip()] = value.strip()
    return values, demands


def _text(value: str) -> str:
    found = json.loads(value)
    if not isinstance(found, str):
        raise Malformed
    return found
