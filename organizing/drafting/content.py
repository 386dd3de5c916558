"""The parts of a text as a writer types them, and back."""

from collections.abc import Mapping
from typing import Any

from organizing.drafting.unseen import without
from organizing.petitions.services import ORGANIZERS, TextContent

# In the order in which they are written and compared.
FIELDS = ("title", "addressee", "demands", "body", "consent")

Fields = dict[str, str]

EMPTY: Fields = dict.fromkeys(FIELDS, "")


def clean(text: str) -> str:
    """One kind of line end, and nothing that nobody sees: no such character, and no space at a line's end."""
    lines = without(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def fields_of(content: Mapping[str, Any]) -> Fields:
    """What a writer types, from what is stored. Demands stand one on each line."""
    if not content:
        return dict(EMPTY)
    return {
        "title": content["title"],
        "addressee": content["addressee"],
        "demands": "\n".join(content["demands"]),
        "body": content["body"],
        "consent": content["consent"].get(ORGANIZERS, ""),
    }


def content_of(fields: Mapping[str, str], before: Mapping[str, Any]) -> TextContent:
    """What is stored, from what was typed. Sentences for other audiences stay as they were."""
    demands = (clean(line) for line in fields["demands"].split("\n"))
    return TextContent(
        title=" ".join(without(fields["title"]).split()),
        addressee=" ".join(without(fields["addressee"]).split()),
        demands=[line for line in demands if line],
        body=clean(fields["body"]),
        consent={**before.get("consent", {}), ORGANIZERS: clean(fields["consent"])},
    )
