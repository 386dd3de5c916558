"""What can be wrong with a file, a row of it, or a change to the tree. Sentences are in `presenting`."""

from dataclasses import dataclass, field
from enum import StrEnum

from organizing.errors import DomainError

MOST_UNITS = 5_000
DEEPEST = 8
MOST_PEOPLE = 10_000_000
CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH = 60, 80, 120


class Problem(StrEnum):
    """Each has its own sentence."""

    OLD_EXCEL = "old excel"
    NOT_A_TABLE = "not a table"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    TOO_WIDE = "too wide"
    NO_HEADINGS = "no headings"
    HEADING_TWICE = "heading twice"
    EMPTY = "empty"
    TOO_MANY_UNITS = "too many units"
    NO_CODE = "no code"
    NO_NAME = "no name"
    LONG_CODE = "long code"
    LONG_NAME = "long name"
    LONG_SOURCE = "long source"
    CODE_TWICE = "code twice"
    CODE_TAKEN = "code taken"
    UNKNOWN_KIND = "unknown kind"
    UNKNOWN_PARENT = "unknown parent"
    UNDER_ITSELF = "under itself"
    TOO_DEEP = "too deep"
    NO_NUMBER = "no number"
    NO_DAY = "no day"
    UNREADABLE_DAY = "unreadable day"
    DAY_AHEAD = "day ahead"
    NO_SOURCE = "no source"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem, in a row of a file (counted from 1, as a spreadsheet shows it; 0 for the whole file)."""

    problem: Problem
    row: int = 0
    facts: dict[str, str | int] = field(default_factory=dict)


class Faulty(DomainError):
    """A file or a change that cannot be taken. Carries the fault."""

    def __init__(self, problem: Problem, **facts: str | int) -> None:
        super().__init__()
        self.fault = Fault(problem, 0, facts)
