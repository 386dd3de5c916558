"""Weeks in blocks and between them; one level of the tree at a time; figures in words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizing.errors import NotFound
from organizing.reports import heat, wording
from organizing.reports.course import runs, treads
from organizing.reports.frame import hatch, spread
from organizing.reports.levels import MOST, level, paged, picked, trail
from tests.reports import samples
from tests.reports.samples import SITES, WEEKS, K, Site, identity


@given(st.lists(st.integers(0, 5), max_size=6, unique=True))
def test_every_week_is_in_one_run(edges: list[int]) -> None:
    ordered = sorted(edges)
    rows = [(a, b, 10) for a, b in zip(ordered[::2], ordered[1::2], strict=False)]
    found = runs(samples.blocks(rows), WEEKS)
    places = [place for run in found for place in range(run.first, run.last + 1)]
    assert places == list(range(len(WEEKS)))
    assert sum(run.added or 0 for run in found) == 10 * len(rows)


def test_a_run_that_began_earlier_stays_whole() -> None:
    found = runs(samples.blocks([(0, 3, 14), (4, 4, 12)]), WEEKS, since=2)
    assert [(run.first, run.last, run.added) for run in found] == [
        *((0, 3, 14), (4, 4, 12)),
        (5, 5, None),
    ]


def test_a_tread_knows_the_sum_so_far() -> None:
    steps = treads(samples.blocks([(0, 1, 30), (4, 4, 12)]), WEEKS)
    assert [(step.weeks, step.total, step.weekly) for step in steps] == [(2, 30, 15), (1, 42, 12)]


def test_the_top_level_is_what_has_no_parent_among_what_is_shown() -> None:
    found = samples.tree(3)
    assert [unit.name for unit in level(found, None).units] == ["Site 0", "Site 1", "Site 2"]
    only = replace(found, units=tuple(u for u in found.units if u.parent_id == identity(1)))
    assert [unit.name for unit in level(only, None).units] == [
        f"Site 1, part {number}" for number in range(3)
    ]
    assert level(only, None).trail == ()


def test_a_level_has_the_parts_of_one_unit_and_the_way_to_it() -> None:
    found = samples.tree(3)
    parts = level(found, identity(2))
    assert {unit.parent_id for unit in parts.units} == {identity(2)}
    assert [unit.name for unit in parts.trail] == ["Site 2"]
    assert [u.name for u in trail(found, parts.units[0].unit_id)] == ["Site 2", "Site 2, part 0"]
    assert identity(2) in level(found, None).folds


def test_five_thousand_units_side_by_side_come_in_pages() -> None:
    found = samples.tree(5_000, depth=1)
    first, last = level(found, None), level(found, None, 999)
    assert (len(first.units), first.pages, first.number) == (MOST, 125, 5_000)
    assert last.page == 125
    assert paged(found.units, 2).start == MOST + 1


def test_a_unit_that_is_not_shown_is_not_found() -> None:
    for unseen in (UUID(int=7), identity(99)):
        with pytest.raises(NotFound):
            level(samples.act(), unseen)
        with pytest.raises(NotFound):
            picked(samples.act(), [unseen])


def test_a_share_is_a_lower_bound_and_never_rounded_up() -> None:
    one = samples.figure(0, Site("One", 1000, [(0, 0, 299)]))
    assert wording.percent(one) == 29
    exact = samples.figure(0, Site("Exact", 100, [(0, 0, 29)]))
    assert wording.percent(exact) == 29


def test_a_number_is_said_to_be_a_lower_bound() -> None:
    north = samples.figure(0, SITES[0])
    assert wording.at_least(north, K) == "at least 120 of 410"
    assert wording.told(north, K) == "North: at least 120 of 410, 29%"
    assert wording.at_least(replace(north, people=None, coverage=None), K) == "at least 120"


def test_what_is_not_shown_is_said_as_truly_as_it_can_be() -> None:
    hidden = replace(samples.figure(0, SITES[0]), signers=None, coverage=None)
    assert wording.at_least(hidden, K) == "fewer than 10, or hidden"
    assert wording.at_least(replace(hidden, unit_id=None, blocks=()), K) == "fewer than 10"
    # Twenty, less eighteen, and up to nine more since.
    assert wording.at_least(replace(hidden, unit_id=None), K) == "not shown"
    assert wording.at_least(replace(hidden, fallen=True, below=30), K) == "fewer than 30"
    assert wording.at_least(replace(hidden, counted=False), K) == "not counted by itself"
    assert wording.percent(hidden) is None


def test_the_heat_of_a_wide_cell_is_its_average() -> None:
    one = samples.figure(0, Site("One", 100, [(0, 0, 12), (1, 3, 12)]))
    (row,) = heat.rows([one], WEEKS, 0, lambda _figure: "#")
    assert [(cell.span, cell.text, cell.band) for cell in row.cells] == [
        (1, "12", 5),
        (3, "12 in 3 weeks", 4),
        (2, "not shown", None),
    ]


def test_bands_have_a_key_that_names_each() -> None:
    assert [words for _place, words in heat.legend()] == [
        *("under 1%", "1% to 2%", "2% to 4%", "4% to 8%", "8% and more")
    ]
    lost = runs(samples.blocks([(0, 0, -14)]), WEEKS)[0]
    assert heat.band(lost, 100) == 0
    assert heat.band(lost, None) is None


def test_paper_has_a_row_of_its_own_in_the_heat_table() -> None:
    found = heat.rows([samples.figure(2, SITES[2])], WEEKS, 0, lambda _figure: "#")
    assert [(row.words, row.paper) for row in found] == [("on the site", False), ("on paper", True)]


def test_a_narrow_window_cuts_the_cell_and_keeps_its_number() -> None:
    long = samples.figure(0, Site("Long", 100, [(0, 4, 40)]))
    (row,) = heat.rows([long], WEEKS, 3, lambda _figure: "#")
    assert [(cell.span, cell.text) for cell in row.cells] == [
        (2, "40 in 5 weeks"),
        (1, "not shown"),
    ]


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([100, 95, 20], [103.5, 91.5, 20]),
        # Around the middle of all three, in the order in which they came.
        ([50, 60, 55], [43, 67, 55]),
        ([100, 80, 20], [100, 80, 20]),
        # Not past an edge, however many stand there.
        ([118, 119], [108, 120]),
        ([1, 0, 2], [12, 0, 24]),
        ([0, 0], [12, 0]),
        ([7], [7]),
        ([], []),
    ],
)
def test_labels_that_would_lie_on_one_another_are_moved_apart_a_little(
    places: list[float], moved: list[float]
) -> None:
    assert sorted(spread(places, 12, (0, 120))) == sorted(moved)
    order = sorted(range(len(places)), key=lambda one: places[one])
    assert sorted(order, key=lambda one: spread(places, 12, (0, 120))[one]) == order


def test_more_labels_than_there_is_room_for_share_it() -> None:
    assert spread([30, 20, 10, 0], 12, (0, 30)) == [30, 20, 10, 0]


def test_hatching_stays_in_its_field() -> None:
    numbers = [
        float(n) for n in hatch((30, 10), (5, 25)).replace("M", " ").replace("L", " ").split()
    ]
    assert numbers
    assert all(10 <= x <= 30 for x in numbers[::2])
    assert all(5 <= y <= 25 for y in numbers[1::2])
