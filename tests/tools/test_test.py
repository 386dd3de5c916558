"""What could not run is named loudly at the end, and in CI that is a failure."""

from __future__ import annotations

import pytest

from tests.conftest import MISSING, loud_line
from tools.test import CLOSING, TAP, Outcome, report


@pytest.mark.parametrize(("in_ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_service_is_loud_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", in_ci)
    outcome = Outcome(missing=[f"{MISSING}Redis"], closing=["Embedded: 3 passed in 1.00s"])
    assert report(outcome) == code
    assert f"!!! {MISSING}Redis" in capsys.readouterr().out


def test_a_failure_is_a_failure_everywhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert report(Outcome(failed=["JavaScript"])) == 1
    assert "FAILED: JavaScript" in capsys.readouterr().out


def test_the_closing_line_of_the_first_half_comes_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert report(Outcome(closing=["Embedded: 3 passed in 1.00s", "JavaScript: 2 passed"])) == 0
    assert capsys.readouterr().out.strip().splitlines()[-1] == "Embedded: 3 passed in 1.00s"


def test_the_lines_of_the_runners_are_read() -> None:
    assert CLOSING.match("== 1 failed, 20 passed, 1 skipped in 3.21s ==")
    assert CLOSING.match("=== 20 passed in 63.10s (0:01:03) ===")
    found = TAP.match("ℹ pass 12")
    assert found
    assert found.groups() == ("pass", "12")
    assert TAP.match("# fail 0")


def test_the_reason_of_a_skip_names_what_was_missing() -> None:
    reason = f"('tests/conftest.py', 60, 'Skipped: {MISSING}Chromium (package chromium)')"
    assert loud_line(reason).startswith(f"{MISSING}Chromium (package chromium")
    assert loud_line("('x.py', 3, 'Skipped: another reason')") == ""
