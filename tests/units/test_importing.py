"""A file shown before it is taken over: every bad row has its sentence, and nothing is written unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from organizing.errors import NotFound
from organizing.safety import retention
from organizing.units import changes, importing, presenting, tables
from organizing.units.models import HeadCount, ImportDraft, Source, Unit
from organizing.units.problems import Problem
from organizing.units.wishes import Defaults
from tests.units.trees import HEAD, OCTOBER, SMALL, TODAY, Yard, file_for, small

pytestmark = pytest.mark.django_db


def sentences(yard: Yard, rows: str) -> list[tuple[int, str]]:
    with translation.override("en"):
        return [(fault.row, presenting.say(fault)) for fault in yard.plan(rows).faults]


def test_a_file_becomes_a_tree_with_dated_head_counts_and_their_source() -> None:
    tree = small().tree()
    assert [node.path for node in tree.nodes] == [
        *("North", "North / Warehouse", "North / Warehouse / Early", "North / Warehouse / Night"),
        *("North / Office", "South"),
    ]
    night = tree.by_code["N-W-2"]
    assert (night.people, night.people_as_of, night.people_source) == (40, OCTOBER, "council")
    assert (tree.people, tree.summed) == (300, True)
    assert [node.code for node in tree.subtree(tree.by_code["N-W"].id)] == ["N-W", "N-W-1", "N-W-2"]
    assert [node.code for node in tree.ancestors(night.id)] == ["N", "N-W"]
    assert Source.objects.count() == 1


def test_a_dry_run_writes_nothing_but_the_sealed_rows() -> None:
    yard = Yard()
    plan = yard.plan(SMALL)
    assert (len(plan.made), len(plan.counted), plan.faults) == (6, 6, ())
    assert (Unit.objects.count(), HeadCount.objects.count(), Source.objects.count()) == (0, 0, 0)
    assert b"Warehouse" not in bytes(ImportDraft.objects.get().sealed)
    assert changes.history(yard.campaign.id) == []


def test_each_bad_row_is_named_with_its_number_and_its_reason() -> None:
    rows = (
        ",North,site,,1,2026-10-01,council\n"
        "A,,site,,1,2026-10-01,council\n"
        "B,B,planet,,1,2026-10-01,council\n"
        "C,C,site,,many,2026-10-01,council\n"
        "D,D,site,,1,,council\n"
        "E,E,site,,1,10/01/2026,council\n"
        "F,F,site,,1,2027-01-01,council\n"
        "G,G,site,,1,2026-10-01,\n"
        "H,H,site,nowhere,,,\n"
        "I,I,site,,,,\n"
    )
    found = sentences(Yard(), rows)
    assert [row for row, _text in found] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert [text for _row, text in found] == [
        "The code is missing.",
        "“A” has no name.",
        "“planet” is no kind. Write site, department, shift or other.",
        "“many” is not a whole number of people.",
        "The head-count of “D” has no day. Fill in as_of, or name one day for the whole file.",
        "“10/01/2026” is not a day. Write it like this: 2026-11-30",
        "A head-count cannot be of a day to come (2027-01-01).",
        "The head-count of “G” has no source. Fill it in, or name one for the whole file.",
        "No unit has the code “nowhere”.",
    ]


def test_a_code_twice_a_circle_and_a_chain_too_long_are_named() -> None:
    yard = Yard()
    assert sentences(yard, "A,A,,,,,\nA,B,,,,,\n") == [(3, "Row 2 has the code “A” already.")]
    assert sentences(yard, "A,A,,B,,,\nB,B,,A,,,\n") == [
        (2, "“A” would lie under itself."),
        (3, "“B” would lie under itself."),
    ]
    chain = "".join(f"c{n},c{n},,{f'c{n - 1}' if n else ''},,,\n" for n in range(9))
    assert sentences(yard, chain) == [(10, "“c8” would lie deeper than 8 levels.")]


def test_everything_that_is_wrong_with_a_file_is_said_at_once() -> None:
    rows = (
        "A,A,planet,nowhere,many,10/01/2026,council\n"
        "B,B,site,,,,\n"
        "B,C,site,elsewhere,,,\n"
        "D,D,site,nowhere,,,\n"
    )
    yard = Yard()
    assert sentences(yard, rows) == [
        (2, "“planet” is no kind. Write site, department, shift or other."),
        (2, "“many” is not a whole number of people."),
        (2, "“10/01/2026” is not a day. Write it like this: 2026-11-30"),
        (2, "No unit has the code “nowhere”."),
        (4, "No unit has the code “elsewhere”."),
        (4, "Row 3 has the code “B” already."),
        (5, "No unit has the code “nowhere”."),
    ]
    assert [wish.name for wish in yard.plan(rows).made] == ["B"]


def test_a_row_under_a_bad_row_is_not_bad_for_that() -> None:
    assert [row for row, _text in sentences(Yard(), "A,A,planet,,,,\nB,B,,A,,,\n")] == [2]


def test_more_than_five_thousand_units_are_refused_as_a_whole() -> None:
    rows = "".join(f"{n},u,,,,,\n" for n in range(5_001))
    assert sentences(Yard(), rows) == [(0, "With this there would be more than 5000 units.")]


def test_one_day_and_one_source_hold_for_rows_that_leave_them_open() -> None:
    defaults = Defaults(OCTOBER, "the council's list")
    plan = Yard().plan("N,North,site,,40,,\nS,South,site,,50,2026-09-01,payroll\n", defaults)
    assert [(w.as_of, w.source) for w in plan.counted] == [
        (OCTOBER, "the council's list"),
        (date(2026, 9, 1), "payroll"),
    ]


def test_the_same_file_again_changes_nothing() -> None:
    yard = small()
    before = changes.history(yard.campaign.id)
    plan = yard.take(SMALL)
    assert plan is not None
    assert plan.empty
    assert (plan.unchanged, HeadCount.objects.count()) == (6, 6)
    assert changes.history(yard.campaign.id) == before


def test_a_later_file_renames_moves_counts_and_leaves_what_it_does_not_name() -> None:
    yard = small()
    plan = yard.take("N-O,Offices,department,S,25,2026-11-01,council\nW,West,site,,,,\n")
    assert plan is not None
    assert [(c.renamed, c.moved) for c in plan.changed] == [(True, True)]
    assert len(plan.absent) == 5
    assert yard.node("N-O").path == "South / Offices"
    assert yard.node("N-O").people == 25
    assert yard.tree(OCTOBER).by_code["N-O"].people == 20
    told = [presenting.tell(line) for line in changes.history(yard.campaign.id)]
    assert told[:3] == [
        "A file was taken over: 1 unit added · 1 unit changed · 1 head-count added.",
        "“Offices” was moved under “South”.",
        "“Office” is called “Offices” now.",
    ]


def test_a_file_without_a_column_of_parents_moves_nothing() -> None:
    yard = small()
    plan = yard.take("N-W,Storehouse\n", head="code,name\n")
    assert plan is not None
    assert yard.node("N-W").path == "North / Storehouse"


def test_a_corrected_head_count_takes_the_place_of_the_one_for_the_same_day() -> None:
    yard = small()
    assert yard.take("S,South,site,,66,2026-10-01,council\n")
    assert yard.node("S").people == 66
    assert list(HeadCount.objects.filter(unit__code="S").values_list("people", flat=True)) == [
        60,
        66,
    ]


def test_nothing_is_written_when_the_units_changed_since_the_dry_run() -> None:
    yard = small()
    table = tables.read((HEAD + "S,South Gate,site,,,,\n").encode())
    draft = importing.keep(campaign=yard.campaign, table=table, defaults=Defaults(), today=TODAY)
    seen = importing.dry_run(draft=draft, today=TODAY).digest
    assert yard.take("S,South Hall,site,,,,\n")
    assert importing.take_over(draft=draft, digest=seen, user=yard.user, today=TODAY) is None
    assert yard.node("S").name == "South Hall"
    now = importing.dry_run(draft=draft, today=TODAY).digest
    assert importing.take_over(draft=draft, digest=now, user=yard.user, today=TODAY)
    with pytest.raises(NotFound):
        importing.take_over(draft=draft, digest=now, user=yard.user, today=TODAY)


def test_a_file_with_a_bad_row_is_not_taken_over_in_part() -> None:
    yard = small()
    assert yard.take("A,A,site,,,,\nB,B,planet,,,,\n") is None
    assert "A" not in yard.tree().by_code


def test_a_file_that_was_read_is_erased_after_a_day() -> None:
    yard = Yard()
    yard.plan(SMALL)
    for now, left in (
        (datetime(2026, 11, 25, 23, tzinfo=UTC), 1),
        (datetime(2026, 11, 26, tzinfo=UTC), 0),
    ):
        next(rule for rule in retention.rules() if rule.name == "unit imports").apply(now)
        assert ImportDraft.objects.count() == left


def test_every_problem_has_a_sentence() -> None:
    assert set(presenting.SENTENCES) == set(Problem)


def test_what_breaks_off_in_the_middle_is_written_not_at_all_and_can_be_done_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yard = Yard()
    draft = file_for(yard.campaign)
    digest = importing.dry_run(draft=draft, today=TODAY).digest

    broken = "the disk is full"

    def break_off(*_args: object) -> None:
        raise OSError(broken)

    with monkeypatch.context() as patch:
        patch.setattr(changes, "write", break_off)
        with pytest.raises(OSError, match=broken):
            importing.take_over(draft=draft, digest=digest, user=yard.user, today=TODAY)
    assert (Unit.objects.count(), HeadCount.objects.count(), Source.objects.count()) == (0, 0, 0)
    assert importing.take_over(draft=draft, digest=digest, user=yard.user, today=TODAY)
    assert Unit.objects.count() == 6


def test_a_circle_of_others_above_a_row_ends_the_search() -> None:
    found = sentences(Yard(), "A,A,,B,,,\nB,B,,A,,,\nC,C,,A,,,\n")
    assert [row for row, _text in found] == [2, 3, 4]
