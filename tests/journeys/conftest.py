"""Running sites, and visitors with a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.signer import Petition
from tests.journeys.stack import Stack
from tests.journeys.stacks import Stacks
from tests.journeys.visitor import PATIENCE, Visitor

Visit = Callable[..., Visitor]
# As long as any other step of a page may take, however busy the machine is.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(params=["embedded", "real"])
def stack(stacks: Stacks, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """A running site; an error that it logs while a journey goes on is a failure."""
    running = stacks.get(request.param)
    before = running.troubles()
    yield running
    assert running.troubles() == before, running.logged()


@pytest.fixture
def embedded(stacks: Stacks) -> Iterator[Stack]:
    """The site on SQLite alone, for what does not depend on the database."""
    running = stacks.get("embedded")
    before = running.troubles()
    yield running
    assert running.troubles() == before, running.logged()


def open_petition(stack: Stack) -> Petition:
    """The open petition that most journeys share: made once for each site."""
    if "open" not in stack.petitions:
        stack.petitions["open"] = stack.ask("make_petition")
    return Petition(stack, stack.petitions["open"])


@pytest.fixture
def petition(stack: Stack) -> Petition:
    """An open petition with both kinds of proof."""
    return open_petition(stack)


@pytest.fixture
def embedded_petition(embedded: Stack) -> Petition:
    """The same on SQLite."""
    return open_petition(embedded)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a phone of somebody's own; at the end each one is looked through."""
    visitors: list[Visitor] = []

    def open_visitor(stack: Stack, **options: Any) -> Visitor:
        # The pages are the same on both: once is enough to look at them closely.
        thorough = stack.name == "embedded"
        visitor = Visitor(browser, stack.origin, thorough=thorough, **options)
        visitors.append(visitor)
        return visitor

    yield open_visitor
    try:
        for visitor in visitors:
            visitor.look_through()
    finally:
        for visitor in visitors:
            visitor.context.close()
