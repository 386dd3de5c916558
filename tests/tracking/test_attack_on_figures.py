"""Representatives put together everything that twelve weeks have shown them: figures, counts, paper, changed trees."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizing.tracking import releases, selectors
from tests.tracking import spying, support
from tests.tracking.spying import K, Story, Told
from tests.tracking.support import NOBODYS, Workplace
from tests.tracking.test_releases import careless
from tests.tracking.workplaces import narrowest

pytestmark = pytest.mark.django_db


def workplace() -> Workplace:
    """Fourteen sites; the first two have departments."""
    work = support.fourteen(K)
    for site in work.sites[:2]:
        for name in ("Day", "Night", "Office", "Yard"):
            work.unit(name, 80, site)
    return work


def told(seed: int) -> Told:
    work = workplace()
    units = list(work.campaign.units.order_by("position"))
    act = work.petition(units)
    first, second, third = (unit.id for unit in work.sites[:3])
    readers = (None, frozenset({first}), frozenset({second, third}))
    leaves = [NOBODYS, *(bytes(unit.key) for unit in units)]
    return Story(work, act, readers, leaves, seed=seed).tell()


def closest(found: Told) -> float:
    return narrowest(spying.attack(found), spying.protected(found), 40, seed=2).width


def test_nothing_small_comes_out_of_twelve_weeks_of_figures() -> None:
    found = told(seed=3)
    assert closest(found) >= K - 1
    shown = {(unit, kind) for unit, kind, *_ in found.blocks}
    assert len([unit for unit, kind in shown if kind == "signed"]) > 10
    assert len([unit for unit, kind in shown if kind == "paper"]) > 3


def test_the_same_attack_succeeds_on_a_weaker_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "tell_apart", careless)
    assert closest(told(seed=3)) < K - 1


def test_what_is_shown_of_a_tree_that_never_changes_is_what_was_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Story, "_change_units", lambda *_: None)
    assert spying.untrue(told(seed=4)) == []


def test_figures_are_read_from_what_was_released_and_from_nothing_that_was_counted() -> None:
    act = support.act_of_six_weeks()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        selectors.figures(act, now=support.end(6))
    asked = " ".join(query["sql"] for query in queries)
    assert "organizing_released" in asked
    for table in ("unitstep", "unittally", "tally", "batch", "signature", "paperentry"):
        assert f"organizing_{table}" not in asked
    assert len(queries) <= 10
