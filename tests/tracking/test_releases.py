"""No figure below k can be worked out from all that was ever shown, and none says more than is true."""

import random
from collections.abc import Mapping

import pytest

from organizing.tracking import releases
from organizing.tracking.releases import Release, Rule, covered, release, tell_apart
from organizing.tracking.sums import Tree, Unit
from tests.tracking.workplaces import K, narrowest, overstated, small, told, workplace

FOURTEEN, FOURTEEN_BY_THREE, FIVE_HUNDRED = (14, 0), (14, 3), (50, 9)


@pytest.mark.parametrize(
    ("shape", "weeks", "batches", "rate", "leaving"),
    [
        ((3, 0), 4, 2, 3, 0.0),
        ((3, 3), 4, 2, 3, 0.05),
        ((6, 4), 12, 1, 6, 0.0),
        ((3, 2), 12, 1, 6, 0.05),
        (FOURTEEN, 12, 1, 12, 0.0),
        (FOURTEEN, 12, 2, 6, 0.02),
        (FOURTEEN_BY_THREE, 12, 1, 4, 0.0),
        (FOURTEEN_BY_THREE, 12, 1, 6, 0.03),
        (FIVE_HUNDRED, 12, 1, 1, 0.0),
        (FIVE_HUNDRED, 12, 1, 2, 0.02),
    ],
)
def test_twelve_weeks_of_figures_pin_nothing_small(
    shape: tuple[int, int], weeks: int, batches: int, rate: float, leaving: float
) -> None:
    work = workplace(shape, weeks, batches, rate, leaving, seed=sum(shape))
    chance = random.Random(3)
    released = work.week_by_week(Rule(K), lambda: chance.random() < 0.2)
    tries = 15 if shape == FIVE_HUNDRED else 60
    found = narrowest(told(work, released), list(small(work, K)), tries)
    assert found.width >= K - 1, found
    assert len({block.unit for block in released}) > 1, "what shows nothing protects nothing"


def test_parts_are_summed_up_over_what_is_known_of_the_unit_and_not_between() -> None:
    """A site is hidden in one week. Its departments, told apart later, must not give that week away."""
    tree = Tree("all", {"all": ["s", "t", "u"], "s": ["a", "b"]})
    steps = [
        {"a": 8, "b": 9, "t": 40, "u": 40},
        {"a": 3, "b": 1, "t": 40, "u": 40},
        {"a": 9, "b": 8, "t": 40, "u": 40},
    ]
    found = {(b.unit, b.first, b.last): b for b in release(tree, steps, Rule(K, enough=0))}
    assert ("s", 1, 1) not in found
    assert found["a", 0, 2].total == 8 + 9
    assert found["b", 0, 2].total == 9 + 8
    assert covered(tree, found.values())[found["a", 0, 2]] == (0, 2)


def careless(
    totals: Mapping[Unit, int], k: int, barred: frozenset[Unit] = frozenset(), *_before: object
) -> list[Unit]:
    """The rule without its better half: it hides what is small, and nothing beside it."""
    return [unit for unit, total in totals.items() if total >= k and unit not in barred]


def test_the_same_attack_succeeds_where_nothing_hides_beside_what_is_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(releases, "tell_apart", careless)
    work = workplace(FOURTEEN, 12, 1, 12, seed=14)
    found = narrowest(told(work, work.week_by_week(Rule(K))), list(small(work, K)), 60)
    assert found.width < K - 1


def test_the_same_attack_succeeds_where_blocks_are_too_small() -> None:
    work = workplace(FOURTEEN, 12, 1, 12, seed=14)
    found = narrowest(told(work, work.week_by_week(Rule(4))), list(small(work, K)), 60)
    assert found.width < K - 1


@pytest.mark.parametrize("leaving", [0.02, 0.1])
@pytest.mark.parametrize("shape", [FOURTEEN, FOURTEEN_BY_THREE])
def test_a_figure_never_says_more_than_was_true_on_its_day(
    shape: tuple[int, int], leaving: float
) -> None:
    for seed in range(5):
        work = workplace(shape, 12, 1, 6, leaving, seed=seed)
        assert overstated(work, work.week_by_week(Rule(K))) == []


def test_a_figure_would_say_too_much_if_those_who_left_were_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(releases._Releasing, "_is_barred", lambda *_: False)
    works = [workplace(FOURTEEN, 12, 1, 6, 0.02, seed=seed) for seed in range(5)]
    assert any(overstated(work, work.week_by_week(Rule(K))) for work in works)


def test_what_was_released_is_never_taken_back() -> None:
    work = workplace(FOURTEEN_BY_THREE, 12, 1, 4, seed=7)
    steps, known = work.steps(), set[Release]()
    for length in range(1, 13):
        now = release(work.tree, steps[:length], Rule(K), known)
        assert not known & set(now)
        known |= set(now)
    spans = {(block.unit, step) for block in known for step in range(block.first, block.last + 1)}
    assert len(spans) == sum(block.last - block.first + 1 for block in known)
    assert set(release(work.tree, steps, Rule(K))) == known


def test_what_is_known_stays_when_head_counts_fall() -> None:
    work = workplace(FOURTEEN, 12, 1, 12, seed=3)
    steps = work.steps()
    known = release(work.tree, steps[:6], Rule(K))
    smaller = Tree(work.tree.root, work.tree.children, dict.fromkeys(work.leaves, 0))
    new = release(smaller, steps, Rule(K), known)
    assert {block.unit for block in new} == {work.tree.root}
    assert all(block.first >= 6 for block in new)


@pytest.mark.parametrize(
    ("totals", "shown"),
    [
        ({"a": 12, "b": 15}, ["a", "b"]),
        ({"a": 12, "b": 15, "c": 3}, ["b"]),
        ({"a": 12, "b": 15, "c": 0}, ["b"]),
        ({"a": 14, "b": 35, "c": -3}, ["b"]),
        ({"a": 12, "b": 35, "c": -4, "d": -40}, []),
        ({"a": 12, "c": 6, "d": 7}, ["a"]),
        ({"a": 12, "c": 3}, []),
        ({"c": 6, "d": 7}, []),
    ],
)
def test_a_small_part_never_stands_alone(totals: dict[str, int], shown: list[str]) -> None:
    assert tell_apart(totals, K) == shown


def test_what_is_barred_never_stands_alone_either() -> None:
    assert tell_apart({"a": 50, "b": 15, "c": 20}, K, frozenset({"a"})) == ["c"]
    assert tell_apart({"a": 50, "b": 15}, K, frozenset({"a"})) == []


def test_the_one_that_loses_least_hides_with_the_small_ones() -> None:
    totals = {"small": 2, "young": 12, "old": 20, "large": 60}
    assert tell_apart(totals, K, before={"old": 200}) == ["young", "large"]


def test_nobody_is_shown_where_nearly_all_have_signed() -> None:
    tree = Tree("all", {"all": ["a", "b", "c"]}, {"a": 30})
    steps = [{"a": 25, "b": 30, "c": 30}, {"a": 12, "b": 30, "c": 30}]
    shown = {(block.unit, block.first) for block in release(tree, steps, Rule(K, enough=0))}
    assert ("a", 0) in shown
    assert ("a", 1) not in shown
    assert len([unit for unit, first in shown if first == 1 and unit != "all"]) == 1


def test_who_left_is_made_up_for_before_a_unit_is_shown_again() -> None:
    tree = Tree("all", {"all": ["a", "b", "c"]})
    steps = [
        {"a": 20, "b": 20, "c": 20},
        {"a": -5, "b": 30, "c": 40},
        {"a": 12, "b": 30, "c": 40},
        {"a": 12, "b": 30, "c": 40},
    ]
    shown = {(b.unit, b.first): b.total for b in release(tree, steps, Rule(K, enough=0))}
    assert shown["a", 0] == 20
    assert not {("a", 1), ("a", 2)} & shown.keys()
    assert shown["a", 3] == 12
