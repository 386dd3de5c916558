"""What somebody typed in several tabs: one of them goes on the page, the others are named beside it."""

import secrets
from dataclasses import dataclass
from typing import Self

from organizing.crypto.encoding import b64u
from organizing.drafting import selectors
from organizing.drafting.access import Seat
from organizing.drafting.content import FIELDS
from organizing.drafting.selectors import Version, Working
from organizing.drafting.services import Tab

# In an address, in the place of a page's id: begin with the saved text.
NONE = "none"
WORDS_SHOWN = 12


def new_tab() -> str:
    """The id of a page that is opened now."""
    return b64u(secrets.token_bytes(16))


@dataclass(frozen=True, slots=True)
class Other:
    """What was typed in another tab, and words around the first place that was changed there."""

    working: Working
    words: str

    @classmethod
    def of(cls, working: Working, base: Version) -> Self:
        """Compared with the version that it was begun from."""
        changed = (name for name in FIELDS if working.fields[name] != base.fields[name])
        name = next(changed, FIELDS[0])
        typed, before = working.fields[name].split(), base.fields[name].split()
        same = next((n for n, (a, b) in enumerate(zip(typed, before, strict=False)) if a != b), 0)
        start = max(0, same - WORDS_SHOWN // 4)
        return cls(working, " ".join(typed[start : start + WORDS_SHOWN]))


@dataclass(frozen=True, slots=True)
class Copies:
    """What is not saved yet: on this page, and in other tabs."""

    here: Working | None
    others: list[Other]


def copies(seat: Seat, code: str, saved: Version, wanted: str = "") -> Copies:
    """For a page that is opened: the tab that is asked for, or the first."""
    found = _unsaved(seat, code, saved)
    here = next((copy for copy in found if wanted in ("", copy.tab)), None)
    return _beside(seat, code, found, here)


def copies_of(seat: Seat, code: str, saved: Version, tab: Tab) -> Copies:
    """For a page on which something was just sent."""
    found = _unsaved(seat, code, saved)
    here = next((copy for copy in found if copy.tab in (tab.id, tab.opened)), None)
    return _beside(seat, code, found, here)


def _unsaved(seat: Seat, code: str, saved: Version) -> list[Working]:
    found = selectors.working_copies(seat.user, seat.petition.id, code)
    return [copy for copy in found if copy.fields != saved.fields]


def _beside(seat: Seat, code: str, found: list[Working], here: Working | None) -> Copies:
    others = [
        Other.of(copy, selectors.version(seat.petition.id, code, copy.base))
        for copy in found
        if copy is not here
    ]
    return Copies(here, others)
