"""What a post says: facts that are the same in every language, and words in some of them."""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from organizing import keyring
from organizing.drafting.unseen import without
from organizing.publishing.models import PostVersion

# What XML 1.0 cannot carry: one of these would break the feed for everybody.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Standing(StrEnum):
    """What an employer says to one demand."""

    MET = "met"
    PARTLY = "partly"
    REFUSED = "refused"
    SILENT = "silent"


class How(StrEnum):
    """How a petition reached whom it is addressed to."""

    BY_HAND = "by hand"
    MEETING = "meeting"
    UNION = "union"
    LETTER = "letter"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Facts:
    """`day` on which it happened; `band` as delivered, such as "all/1000"; `standings` by demand."""

    day: date | None = None
    how: str = ""
    source: str = ""
    band: str = ""
    standings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One language: `body` is Markdown, `demands` are plain words about each demand."""

    title: str = ""
    body: str = ""
    demands: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.title or self.body or any(self.demands))


@dataclass(frozen=True, slots=True)
class Content:
    """A whole post."""

    facts: Facts = field(default_factory=Facts)
    words: dict[str, Words] = field(default_factory=dict)

    def says(self, language: str) -> Words:
        """The words in one language; none where it is not written in it."""
        return self.words.get(language, Words())


@dataclass(frozen=True, slots=True)
class Approval:
    """An organizer who wants everybody to read this very version: the key of the account, its pseudonym, the day."""

    user: int
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Saved:
    """One version: who saved it, on which day, and since when everybody can read it.

    `approvals` are kept where the campaign asks for more than one organizer.
    """

    version: int
    content: Content
    by: str
    day: date
    published_on: date | None
    approvals: tuple[Approval, ...] = ()


def clean(text: str) -> str:
    """One kind of line end, nothing that nobody sees, and nothing that cannot stand in a feed."""
    lines = without(text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", lines).strip()


def fill(
    row: PostVersion,
    content: Content,
    by: str,
    today: date,
    approvals: tuple[Approval, ...] = (),
) -> None:
    """Seals content into a row, which is not saved yet."""
    told = {
        "facts": {**asdict(content.facts), "day": _day(content.facts.day)},
        "words": {code: asdict(words) for code, words in content.words.items() if words},
        "by": by,
        "saved": today.isoformat(),
        "approvals": [[each.user, each.by, each.day.isoformat()] for each in approvals],
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    row.sealed = keyring.seal(data, row.context())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def read(row: PostVersion) -> Saved:
    """What a version says. Raises SealingError or KeyGone."""
    told = json.loads(keyring.unseal(bytes(row.sealed), row.context()))
    words = {code: _words(raw) for code, raw in told["words"].items()}
    content = Content(_facts(told["facts"]), words)
    approvals = (Approval(user, by, date.fromisoformat(on)) for user, by, on in told["approvals"])
    day = date.fromisoformat(told["saved"])
    return Saved(row.version, content, told["by"], day, row.published_on, tuple(approvals))


def _words(raw: dict[str, Any]) -> Words:
    return Words(raw["title"], raw["body"], tuple(raw["demands"]))


def _facts(raw: dict[str, Any]) -> Facts:
    day = date.fromisoformat(raw["day"]) if raw["day"] else None
    return Facts(day, raw["how"], raw["source"], raw["band"], tuple(raw["standings"]))
