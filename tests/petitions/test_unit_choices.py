"""Units as a signer chooses among them."""

from __future__ import annotations

from django.utils import translation

from organizing.petitions.unit_choices import UnitGroup, grouped


def told(names: list[str]) -> list[tuple[str, list[str]]]:
    groups: list[UnitGroup] = grouped([{"id": name, "name": name} for name in names])
    return [(group.name, [choice.label for choice in group.choices]) for group in groups]


def test_a_list_without_parts_stays_as_it_is() -> None:
    assert told(["North", "South"]) == [("", ["North"]), ("", ["South"])]


def test_parts_stand_under_their_top_unit_and_what_is_left_comes_last() -> None:
    names = ["North", "North / Warehouse", "North / Warehouse / Early", "North / Office", "South"]
    with translation.override("en"):
        assert told(names) == [
            (
                "North",
                [
                    "Warehouse / Early",
                    "Another part of Warehouse",
                    "Office",
                    "Another part of North",
                ],
            ),
            ("", ["South"]),
        ]


def test_a_top_unit_without_a_rest_is_only_a_heading() -> None:
    assert told(["North / Early", "North / Late"]) == [("North", ["Early", "Late"])]


def test_every_unit_can_be_chosen_exactly_once() -> None:
    names = [f"{a} / {b} / {c}" for a in "AB" for b in "CD" for c in "EF"] + ["A", "A / C", "G"]
    groups = grouped([{"id": name, "name": name} for name in sorted(names)])
    assert sorted(choice.id for group in groups for choice in group.choices) == sorted(names)
