"""A table as a page shows it, and as files hold it: the same cells, so that neither says more than the other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import formats

from organizing.reports import wording


class Kind(StrEnum):
    """What stands in a column."""

    NAME = "name"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands under it, and one sentence for the dictionary."""

    heading: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `instead` are the words that stand where a value is not shown; `href` leads to more."""

    kind: Kind
    value: int | str | date | None
    instead: str = ""
    href: str = ""

    @property
    def hidden(self) -> bool:
        """Whether there are words instead of a value."""
        return self.value is None

    @property
    def text(self) -> str:
        """As the page shows it."""
        if self.value is None:
            return self.instead
        if isinstance(self.value, date):
            return formats.date_format(self.value, "DATE_FORMAT")
        if isinstance(self.value, str):
            return self.value
        return wording.share(self.value) if self.kind is Kind.SHARE else wording.number(self.value)

    @property
    def plain(self) -> str:
        """As a machine reads it: no grouping, ISO days, `29%`; the same words where nothing is shown."""
        if self.value is None:
            return self.instead
        if isinstance(self.value, date):
            return self.value.isoformat()
        return f"{self.value}%" if self.kind is Kind.SHARE else str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is that of the sheet, and part of the file's; it never says what stands in it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
