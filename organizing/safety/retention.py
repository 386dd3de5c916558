"""Registry of what is erased, and when. Each capability names its rules in its `retention.py`."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """`removes` says in a sentence what goes, and when; `apply` erases it."""

    name: str
    removes: str
    apply: Callable[[datetime], None]


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Adds a rule; a name twice is a mistake."""
    if rule.name in _rules:
        raise ValueError(f"two retention rules are called {rule.name}")
    _rules[rule.name] = rule


def rules() -> list[Rule]:
    """All rules, by name."""
    return [_rules[name] for name in sorted(_rules)]


def apply_all(*, now: datetime) -> None:
    """Applies all rules. Where one fails the others are applied all the same, and its error is raised at the end."""
    with ExitStack() as every:
        for rule in rules():
            every.callback(rule.apply, now)
