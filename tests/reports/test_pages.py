"""The pages: everything that a file has, for whoever may see it, and each look at it in the log."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from organizing.accounts.models import Role
from organizing.oversight import services as oversight
from organizing.oversight.models import ReadLog
from organizing.oversight.scopes import give_units
from organizing.tracking.figures import UnitFigure
from organizing.units.models import Unit
from tests.accounts.people import enter, join, make_person
from tests.reports import samples
from tests.reports.conftest import Desk
from tests.reports.reading_pages import tables, values

VIEWS = ("", "act", "sites", "rings", "weeks", "stalls", "unit")
HARBOUR = samples.identity(2)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_and_says_how_numbers_are_meant(desk: Desk, view: str) -> None:
    shown = desk.page(view)
    assert "<style" not in shown
    assert " style=" not in shown
    if view:
        assert "Every number is a lower bound" in shown
        assert "never added up" in shown


@pytest.mark.parametrize("view", VIEWS)
def test_every_look_is_written_down_before_it_is_answered(desk: Desk, view: str) -> None:
    desk.page(view)
    names = {
        "": "lined-up",
        "act": "total",
        "sites": "sites",
        "rings": "rings",
        "weeks": "heat",
        "stalls": "stalls",
        "unit": "unit",
    }
    assert ReadLog.objects.get().report == names[view]
    desk.get(view, {"as": "xlsx"})
    assert set(ReadLog.objects.values_list("report", flat=True)) == {names[view], "xlsx"}


def test_fourteen_sites_stand_side_by_side_each_with_its_number(desk: Desk) -> None:
    shown = desk.page("sites")
    assert shown.count('class="plot plot--small"') == 14
    assert "at least 120 of 410" in shown
    assert "and 14 on paper" in shown
    assert "&lt;b&gt;Labs&lt;/b&gt;" in shown
    assert "<b>Labs" not in shown


def test_the_strokes_of_all_rings_are_sent_once(desk: Desk) -> None:
    shown = desk.page("rings")
    assert shown.count('class="ring ring--unit"') == 14
    assert shown.count("<path id=") == 55


def test_a_hidden_unit_shows_no_number_anywhere(desk: Desk) -> None:
    one = desk.page("unit", unit=samples.identity(4))
    rows = values(tables(one)["figures"])
    assert rows[1][1:4] == ["fewer than 10, or hidden", "150", "not shown"]
    assert not re.search(r'<data value="0%?">', one)


def test_the_stall_list_is_in_the_order_of_the_figures(desk: Desk) -> None:
    names = [row[0] for row in values(tables(desk.page("stalls"))["stalls"])[1:]]
    by_id = {unit.unit_id: unit.name for unit in desk.found.units}
    assert names == [by_id[unit] for unit in desk.found.stalls]
    first = values(tables(desk.page("act"))["stalls"])[1:]
    assert [row[0] for row in first] == names[:5]


def test_what_is_missing_to_the_next_line_is_counted_from_what_is_shown(desk: Desk) -> None:
    rows = {row[0]: row for row in values(tables(desk.page("stalls"))["stalls"])}
    # A tenth of 610 is 61; 39 are known.
    assert rows["Riverside"][5:7] == ["10%", "22"]
    assert rows["Old mill"][6] == "not shown"


def test_lines_say_whether_they_are_passed_and_when_they_may_be(desk: Desk) -> None:
    rows = values(tables(desk.page("unit"))["lines"])[1:]
    assert rows[0][1:4] == ["10%", "26", "passed"]
    assert rows[2][3:6] == ["not known", "2026-12-07", "2027-01-18"]
    assert rows[3][3:] == ["not known", "–", "–", "the span would be too wide"]


def on_paper_alone(desk: Desk) -> None:
    """The same act, without a petition."""

    def bare(one: UnitFigure) -> UnitFigure:
        return replace(
            one, on_site=False, blocks=(), signers=None, coverage=None, change=None, as_of=None
        )

    units = tuple(bare(one) for one in desk.found.units)
    desk.found = replace(desk.found, units=units, total=bare(desk.found.total))


def test_an_act_on_paper_alone_says_what_paper_says_and_hides_nothing_else(desk: Desk) -> None:
    on_paper_alone(desk)
    shown = desk.page("unit")
    rows = [row[3:] for row in values(tables(shown)["lines"])[1:]]
    # 14 of 260.
    assert rows[0] == ["not yet seen on paper", "–", "–", "no days are worked out for paper"]
    assert "went up within these weeks" not in shown
    assert "signed on the site, at least" not in shown
    assert "In the last whole week" not in shown
    # The end of the last week of which paper is shown, as for any other figure.
    assert re.search(r'<dt>Known up to</dt><dd><time datetime="2026-11-08">', shown)
    assert "Known up to" not in desk.page("unit", unit=samples.identity(4))
    figures = {row[0]: row for row in values(tables(desk.page("sites"))["figures"])}
    # 22 of 95.
    known = ["on paper alone", "95", "23%", "10%", "–", "22", "2026-11-22"]
    assert figures["Depot 7"][1:] == known
    assert figures["Old mill"][3:] == ["–", "none known", "–", "none shown", "–"]
    assert "none on paper shown" in desk.page("rings")
    desk.found = replace(desk.found, stalls=tuple(samples.identity(place) for place in (4, 6)))
    stalls = {row[0]: row for row in values(tables(desk.page("stalls"))["stalls"])}
    # 30 % of 95 are 29.
    assert stalls["Depot 7"][5:] == ["30%", "7", "22"]
    assert stalls["Old mill"][5:7] == ["10%", "not shown"]


def test_the_share_over_a_column_of_paper_stands_in_the_table_with_its_day(desk: Desk) -> None:
    on_paper_alone(desk)
    desk.found = replace(desk.found, total=replace(desk.found.total, paper=1_080))
    shown = desk.page("")
    (picture,) = re.findall(r'<svg class="plot plot--acts".*?</svg>', shown, re.DOTALL)
    assert ">26%<" in picture
    (row,) = (r for r in values(tables(shown)["acts"]) if r[2] == "on paper alone")
    assert row[3:] == ["4100", "26%", "1080", "2026-11-22"]


def test_a_unit_stands_in_every_act_that_it_is_in(desk: Desk) -> None:
    assert [row[0] for row in values(tables(desk.page("unit"))["acts"])[1:]] == [
        *("Card count", "Stop the recording")
    ]
    alone = desk.page("unit", unit=samples.identity(9))
    assert [row[0] for row in values(tables(alone)["acts"])[1:]] == ["Stop the recording"]


def test_one_level_is_shown_at_a_time(desk: Desk) -> None:
    desk.found = replace(samples.tree(3), act_id=desk.act.id)
    assert desk.page("sites").count("plot--small") == 3
    parts = desk.page("sites", {"in": str(samples.identity(1))})
    assert "Site 1, part 2" in parts
    assert "Site 2, part 0" not in parts


def test_many_units_come_in_pages_that_lead_to_one_another(desk: Desk) -> None:
    desk.found = replace(samples.tree(90, depth=1), act_id=desk.act.id)
    for view in ("sites", "rings", "weeks"):
        shown = desk.page(view, {"page": "2"})
        assert "Page 2 of 3, 90 units" in shown
        assert "?page=1" in shown
        assert "?page=3" in shown
        assert "Site 39<" not in shown
        assert "Site 40<" in shown


def test_more_weeks_than_a_quarter_are_asked_for(desk: Desk) -> None:
    weeks = tuple(
        samples.MONDAY + number * (samples.WEEKS[1] - samples.MONDAY) for number in range(20)
    )
    desk.found = replace(desk.found, weeks=weeks)
    assert len(tables(desk.page("weeks"))["heat"][0]) == 1 + 13
    assert len(tables(desk.page("weeks", {"weeks": "all"}))["heat"][0]) == 1 + 20


def test_before_the_first_week_nothing_breaks(desk: Desk) -> None:
    bare = [
        replace(unit, blocks=(), paper_blocks=(), signers=None, coverage=None)
        for unit in desk.found.units
    ]
    nobody = replace(desk.found.total, blocks=(), paper_blocks=(), signers=None, coverage=None)
    desk.found = replace(desk.found, weeks=(), units=tuple(bare), total=nobody, stalls=())
    for view in VIEWS:
        desk.page(view)
    assert "fewer than 10<" in desk.page("act")


@pytest.mark.parametrize("query", [{"in": "no-unit"}, {"in": str(UUID(int=5))}, {"as": "pdf"}])
def test_what_there_is_not_is_not_found(desk: Desk, query: dict[str, str]) -> None:
    assert desk.get("sites", query).status_code == 404
    assert not ReadLog.objects.exists()


def test_who_reads_too_much_is_shown_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oversight, "READS_MOST", 1)
    assert desk.get("sites").status_code == 200
    for query in ({}, {"as": "xlsx"}, {"as": "csv", "table": "figures"}):
        stopped = desk.get("sites", query)
        assert stopped.status_code == 429
        assert b"North" not in stopped.content


def test_a_representative_sees_their_units_and_the_total(desk: Desk) -> None:
    for number in (2, 3):
        Unit.objects.create(
            id=samples.identity(number), campaign=desk.campaign, code=str(number), name="unit"
        )
    person = make_person("Kestrel")
    seat = join(desk.campaign, person, Role.REPRESENTATIVE)
    give_units(membership=seat, units=frozenset([HARBOUR]))
    desk.client = enter(person)
    assert [row[0] for row in values(tables(desk.page("sites"))["figures"])[1:]] == ["Harbour"]
    assert values(tables(desk.page("act"))["figures"])[1][1] == "1042"
    assert desk.get("unit").status_code == 200
    assert desk.get("unit", unit=samples.identity(3)).status_code == 404
    assert "Airport road" not in desk.page("stalls")


def young(figure: UnitFigure) -> UnitFigure:
    """The same before anything of it is released."""
    bare = replace(figure, blocks=(), paper_blocks=(), signers=None, coverage=None, paper=None)
    return replace(bare, change=None, as_of=None, first_on=FIRST_ON, counted=False)


FIRST_ON = date(2026, 11, 30)


def in_its_first_week(desk: Desk) -> None:
    """Nothing of the act is released, though many may have signed."""
    units = tuple(young(unit) for unit in desk.found.units)
    total = young(desk.found.total)
    desk.found = replace(
        desk.found, weeks=(), units=units, total=total, stalls=(), first_on=FIRST_ON
    )


@pytest.mark.parametrize("view", ["act", "sites", "unit", "rings", "weeks"])
def test_an_act_in_its_first_week_says_so_where_a_picture_would_be_empty(
    desk: Desk, view: str
) -> None:
    in_its_first_week(desk)
    shown = desk.page(view)
    assert "No whole week is over yet; first figures on Nov. 30, 2026." in shown
    assert ">fewer than 10<" not in shown
    assert "not shown<" not in shown.replace('aria-hidden="true"></span>not shown', "")
    assert "not counted by itself" not in shown
    assert "plot--large" not in shown
    assert "plot--small" not in shown
    assert "ring--unit" not in shown or view in ("act", "unit")


@pytest.mark.parametrize(
    ("view", "table"), [("act", "figures"), ("sites", "figures"), ("weeks", "weeks")]
)
def test_a_file_from_the_first_week_says_so_and_claims_nothing_of_k(
    desk: Desk, view: str, table: str
) -> None:
    in_its_first_week(desk)
    content = desk.get(view, {"as": "csv", "table": table}).content.decode()
    assert "first figures on Nov. 30, 2026" in content
    assert "fewer than 10," not in content
    assert "not shown" not in content


@pytest.mark.parametrize("view", ["act", "stalls"])
def test_where_no_unit_can_be_shown_nobody_is_told_that_all_have_grown(
    desk: Desk, view: str
) -> None:
    bare = tuple(replace(one, blocks=(), paper_blocks=(), signers=None) for one in desk.found.units)
    desk.found = replace(desk.found, units=bare, stalls=())
    shown = desk.page(view)
    assert "Nothing can be told yet" in shown
    assert "Nowhere" not in shown
    desk.found = replace(desk.found, units=samples.act().units)
    assert "Nowhere that can be told" in desk.page(view)


def test_a_campaign_that_most_have_left_is_not_said_to_have_fewer_than_k(desk: Desk) -> None:
    left = replace(desk.found.total, signers=None, coverage=None)
    desk.found = replace(desk.found, total=left)
    assert ">fewer than 10<" not in desk.page("act")


def test_fewer_than_k_is_said_of_the_weeks_that_are_over_and_not_of_today(desk: Desk) -> None:
    few = replace(desk.found.total, blocks=(), signers=None, coverage=None)
    desk.found = replace(desk.found, total=replace(few, through=date(2026, 11, 22)))
    shown = desk.page("act")
    assert ">fewer than 10 up to Nov. 22, 2026<" in shown
    assert ">fewer than 10<" not in shown
