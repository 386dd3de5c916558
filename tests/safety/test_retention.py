"""Whatever one rule meets with, the others erase what they promise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from organizing.safety import retention
from organizing.safety.retention import Rule

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("failing", ["a", "b", "c"])
def test_a_rule_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    applied: list[str] = []

    def rule(name: str) -> Rule:
        def apply(_now: datetime) -> None:
            if name == failing:
                raise OSError(name)
            applied.append(name)

        return Rule(name, name, apply)

    monkeypatch.setattr(retention, "_rules", {name: rule(name) for name in "abc"})
    with pytest.raises(OSError, match=failing):
        retention.apply_all(now=NOW)
    assert sorted(applied) == sorted({"a", "b", "c"} - {failing})


def test_two_rules_of_one_name_are_a_mistake() -> None:
    known = retention.rules()[0]
    with pytest.raises(ValueError, match=known.name):
        retention.register(known)
