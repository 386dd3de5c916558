"""Figures that do not depend on a coin, for tests that compare them."""

import pytest

from organizing.tracking import releases, releasing


@pytest.fixture(autouse=True)
def _no_coin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "sometimes", releases.never)
