"""Whoever watches a journey would notice what must not happen: each kind of it is made to happen once."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.signer import Petition
from tests.journeys.visitor import Visitor

IMAGE = (
    "() => document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/x'}))"
)
ERROR = "() => setTimeout(() => { throw new Error('thrown') })"
TYPED = "() => fetch('/p/none/manifest?name=ada+lovelace')"
FAINT = "() => { document.querySelector('main p').style.color = '#eee'; }"


def noticed(visitor: Visitor) -> bool:
    """Whether looking through it fails; what was made to happen is then forgotten."""
    visitor.page.wait_for_timeout(200)
    try:
        visitor.look_through()
    except AssertionError:
        visitor.problems.clear()
        visitor.requests.clear()
        visitor.responses.clear()
        return True
    return False


def test_journeys_notice_what_must_not_happen(embedded_petition: Petition, visit: Visit) -> None:
    visitor = visit(embedded_petition.stack)
    visitor.typed.add("Ada Lovelace")
    visitor.page.goto(embedded_petition.path())
    assert not noticed(visitor)
    for doing in (IMAGE, ERROR, TYPED):
        visitor.page.evaluate(doing)
        assert noticed(visitor), doing
    visitor.page.evaluate(FAINT)
    with pytest.raises(AssertionError, match="color-contrast"):
        visitor.check_accessibility()
    visitor.page.goto("/accounts/login/")
    assert not noticed(visitor)
    visitor.private = ()
    visitor.page.reload()
    assert noticed(visitor)
