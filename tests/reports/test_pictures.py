"""The pictures of reports: one scale, lines drawn and named, nothing hidden drawn as nought."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.utils.safestring import SafeString

from organizing.reports import bars, charts, heat, multiples, scales, unit_rings
from organizing.tracking.figures import Block, Projection, UnitFigure
from tests.reports import samples
from tests.reports.samples import SITES, WEEKS, K, Site

NORTH, HARBOUR, OLD_MILL, NIGHT_HUB = 0, 2, 4, 8
HIDDEN_CLASS = "plot__hatch"
SVG = "{http://www.w3.org/2000/svg}"


def figure(number: int) -> UnitFigure:
    return samples.figure(number, SITES[number])


def small(one: UnitFigure, *, mirrored: bool = False) -> SafeString:
    return multiples.multiple(one, WEEKS, K, 70, mirrored=mirrored)


def paths(svg: str, name: str) -> list[str]:
    return [
        part.attrib.get("d", "")
        for part in ET.fromstring(svg).iter()
        if part.attrib.get("class") == f"plot__{name}"
    ]


def boxes(svg: str, name: str) -> list[dict[str, float]]:
    return [
        {side: float(part.attrib[side]) for side in ("x", "y", "width", "height")}
        for part in ET.fromstring(svg).iter("rect")
        if part.attrib.get("class") == f"plot__{name}"
    ]


def words(svg: str) -> list[str]:
    return [part.text or "" for part in ET.fromstring(svg).iter("text")]


def everything() -> list[SafeString]:
    found = samples.act()
    acts = [(found.day, one) for one in found.units[:3]]
    drawn = [bars.side_by_side(acts, "acts", mirrored=False), unit_rings.strokes()]
    drawn.append(bars.side_by_side([], "no act", mirrored=False))
    for one in (found.total, *found.units):
        drawn += [small(one), unit_rings.unit_ring(one, K), bars.bar(one, 70, mirrored=True)]
        drawn.append(charts.against_lines(one, WEEKS, K, mirrored=True))
        drawn.append(charts.new_signers(one, WEEKS, mirrored=False))
        drawn.append(charts.against_lines(replace(one, blocks=()), (), K, mirrored=False))
    return drawn


def test_every_picture_is_well_formed_carries_no_style_and_is_told_or_decoration() -> None:
    for svg in everything():
        root = ET.fromstring(svg)
        assert not any("style" in part.attrib for part in root.iter())
        assert root.attrib.get("aria-hidden") == "true" or root.findtext("title")


def test_all_small_multiples_have_one_scale() -> None:
    found = samples.act()
    top = scales.share_ceiling(found.units)
    drawn = [multiples.multiple(one, WEEKS, K, top, mirrored=False) for one in found.units]
    assert len({tuple(paths(svg, "line")) for svg in drawn}) == 1
    assert top == 70


def test_the_scale_reaches_over_the_highest_line_and_the_highest_unit() -> None:
    crowded = samples.figure(0, Site("Crowded", 100, [(0, 0, 60)], [(0, 0, 25)]))
    assert scales.share_ceiling([crowded]) == 90
    assert scales.share_ceiling([figure(OLD_MILL)]) == 70


def test_every_target_line_is_drawn_and_named() -> None:
    for svg in (
        small(figure(NORTH)),
        charts.against_lines(figure(NORTH), WEEKS, K, mirrored=False),
    ):
        assert len(paths(svg, "line")) == len(samples.SHARES)
        for share in samples.SHARES:
            assert any(word.startswith(f"{share}%") for word in words(svg))


def test_what_is_not_shown_is_hatched_and_never_drawn_as_nought() -> None:
    svg = small(figure(OLD_MILL))
    assert [paths(svg, name) for name in ("area", "step", "since")] == [[], [], []]
    assert len(paths(svg, "hatch")) == 1
    assert not any(word.strip() == "0%" for word in words(svg))
    assert "fewer than 10, or hidden" in svg


def test_a_unit_without_a_head_count_has_no_height() -> None:
    svg = small(figure(NIGHT_HUB))
    assert paths(svg, "area") == []
    assert "at least 19" in svg


def test_a_block_of_several_weeks_is_one_wide_step() -> None:
    rises = boxes(small(figure(HARBOUR)), "rise")
    week = boxes(small(figure(NORTH)), "rise")[0]["width"]
    assert [round(rise["width"] / week) for rise in rises] == [3, 3]
    (step,) = paths(small(figure(HARBOUR)), "step")
    assert set(re.findall("[A-Za-z]", step)) == {"M", "H", "V"}
    assert step.count("V") == 2


def test_boxes_of_new_signers_are_as_large_as_what_they_add() -> None:
    svg = charts.new_signers(figure(HARBOUR), WEEKS, mirrored=False)
    first, second = boxes(svg, "block")
    assert first["width"] == pytest.approx(second["width"], abs=0.2)
    assert first["height"] / second["height"] == pytest.approx(48 / 31, rel=0.02)
    assert "48 in 3 weeks" in words(svg)


def test_weeks_in_which_more_left_than_came_hang_below_the_axis() -> None:
    svg = charts.new_signers(samples.total(), WEEKS, mirrored=False)
    *_others, lost, last = boxes(svg, "block")
    assert lost["y"] == pytest.approx(last["y"] + last["height"], abs=0.2)
    assert "\u200e-14" in words(svg)


def test_paper_is_told_apart_in_every_picture() -> None:
    one = figure(HARBOUR)
    drawn = [small(one), bars.bar(one, 70, mirrored=False)]
    drawn.append(charts.against_lines(one, WEEKS, K, mirrored=False))
    drawn.append(charts.new_signers(one, WEEKS, mirrored=False))
    drawn.append(bars.side_by_side([(samples.MONDAY, one)], "acts", mirrored=False))
    for svg in drawn:
        assert len(boxes(svg, "paper")) == 1
    assert "ring__use--paper" in unit_rings.unit_ring(one, K)
    assert "ring__use--paper" not in unit_rings.unit_ring(figure(NORTH), K)


def test_an_act_on_paper_alone_is_drawn_in_paper() -> None:
    one = figure(HARBOUR)
    cards = replace(one, on_site=False, blocks=(), signers=None, coverage=None)
    drawn = [small(cards), charts.against_lines(cards, WEEKS, K, mirrored=False)]
    for svg in drawn:
        assert len(paths(svg, "paper")) == 1
        assert paths(svg, "area") == []
        assert "at least 14 of 260 on paper" in svg
    assert len(boxes(charts.new_signers(cards, WEEKS, mirrored=False), "paper")) == 1
    assert unit_rings.looks(cards).count(unit_rings.PAPER) == unit_rings.SLOTS * 14 // 260
    assert "5%" in words(unit_rings.unit_ring(cards, K))
    (row,) = heat.rows([cards], WEEKS, 0, lambda _figure: "#")
    assert (row.paper, row.first) == (True, True)
    nothing = replace(cards, paper=None, paper_blocks=())
    assert set(unit_rings.looks(nothing)) == {unit_rings.HIDDEN}
    assert paths(small(nothing), "paper") == []


def test_the_rings_strokes_are_the_share() -> None:
    looks = unit_rings.looks(figure(HARBOUR))
    assert looks.count(unit_rings.SIGNED) == unit_rings.SLOTS * 30 // 100
    assert set(unit_rings.looks(figure(OLD_MILL))) == {unit_rings.HIDDEN}
    full = samples.figure(0, Site("Full", 20, [(0, 0, 20)], [(0, 0, 15)]))
    assert set(unit_rings.looks(full)) == {unit_rings.SIGNED}


def test_a_projection_is_drawn_as_its_whole_interval() -> None:
    svg = charts.against_lines(figure(NORTH), WEEKS, K, mirrored=False)
    (ahead,) = paths(svg, "ahead")
    start, end = map(float, re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", ahead)[0])
    (now,) = paths(svg, "now")
    assert float(re.findall(r"M([\d.]+)", now)[0]) < start < end
    assert charts.ahead(figure(OLD_MILL), WEEKS) == 0


def test_a_page_from_the_right_has_the_mirror_picture() -> None:
    there, here = (small(figure(NORTH), mirrored=side) for side in (False, True))
    for one, other in zip(boxes(there, "rise"), boxes(here, "rise"), strict=True):
        assert other["x"] == pytest.approx(multiples.WIDTH - one["x"] - one["width"], abs=0.15)
        assert other["y"] == one["y"]
    assert 'direction="rtl"' in here
    assert 'direction="rtl"' not in there


def test_a_name_is_text_and_never_markup() -> None:
    labs = samples.figure(13, SITES[13])
    for svg in (small(labs), unit_rings.unit_ring(labs, K)):
        assert "<b>" not in svg
        assert (ET.fromstring(svg).findtext("title") or "").startswith("<b>Labs</b>")


def reach(svg: str, *, strip: bool) -> list[tuple[float, float]]:
    """From where to where the numbers over the boxes go, or those on the strip below."""
    found = []
    for part in ET.fromstring(svg).iter("text"):
        if part.attrib["class"] == ("plot__inside" if strip else "plot__value"):
            half, middle = len(part.text or "") * 4.5, float(part.attrib["x"])
            found.append((middle - half, middle + half))
    return sorted(found)


def test_numbers_of_half_a_year_do_not_lie_on_one_another() -> None:
    days = tuple(samples.MONDAY + timedelta(weeks=number) for number in range(26))
    rows = tuple(Block(day, day, 600 + number % 7) for number, day in enumerate(days))
    crowded = replace(figure(NORTH), blocks=rows, paper_blocks=rows[:8])
    svg = charts.new_signers(crowded, days, mirrored=False)
    assert len(boxes(svg, "block")) == 26
    row = reach(svg, strip=False)
    assert len(row) > 2
    assert all(one[1] <= other[0] for one, other in pairwise(row))
    # A box on the strip is narrower than its number.
    assert reach(svg, strip=True) == []
    assert len(reach(charts.new_signers(figure(HARBOUR), WEEKS, mirrored=False), strip=True)) == 1
    assert {str(rows[-1].added), "606"} <= set(words(svg))


def test_a_day_that_lies_past_the_picture_is_not_drawn_at_its_edge() -> None:
    (whole,) = paths(charts.against_lines(figure(NORTH), WEEKS, K, mirrored=False), "ahead")
    assert whole.count("V") == 2
    far = WEEKS[-1] + timedelta(weeks=40)
    for days, bars_drawn, ends in (((far, far, far), 0, 0), ((WEEKS[-1], far, far), 1, 1)):
        line = replace(figure(NORTH).lines[2], projected=Projection(*days, 0.8))
        svg = charts.against_lines(replace(figure(NORTH), lines=(line,)), WEEKS, K, mirrored=False)
        drawn = paths(svg, "ahead")
        assert len(drawn) == bars_drawn
        assert sum(one.count("V") for one in drawn) == ends
        assert paths(svg, "middle") == []


def test_no_day_stands_where_the_box_beside_is_called_paper() -> None:
    for place in range(14):
        weeks = tuple(samples.MONDAY + timedelta(weeks=week) for week in range(place + 6))
        svg = charts.against_lines(figure(HARBOUR), weeks, K, mirrored=False)
        under = [part for part in ET.fromstring(svg).iter("text") if float(part.attrib["y"]) > 270]
        *days, paper = sorted(float(part.attrib["x"]) for part in under)
        assert all(paper - day > 80 for day in days)
