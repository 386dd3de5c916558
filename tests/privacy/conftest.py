"""Running sites, as the journeys use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import embedded, stack, visit
from tests.journeys.stack import Stack
from tests.privacy.relay import Relay, open_relay

__all__ = ["embedded", "stack", "visit"]


@pytest.fixture
def relay(embedded: Stack) -> Iterator[Relay]:
    """Something on the way to the site that writes down what goes past."""
    with open_relay(embedded.origin) as found:
        yield found
