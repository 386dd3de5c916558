"""A representative of some units sees those; of the others, nothing but the names above their own."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organizing.accounts.models import Role
from organizing.units import headcounts, regrouping, selectors, services
from organizing.units.headcounts import NewCount
from organizing.units.services import Named
from organizing.units.trees import narrowed
from tests.accounts.people import enter, member
from tests.oversight.cast import give
from tests.units.trees import OCTOBER, TODAY, Yard

pytestmark = pytest.mark.django_db
# Numbers, codes and sources that stand nowhere else on a page.
ROWS = (
    "kqx-n,Northgate,site,,4111,2026-10-01,the northern council\n"
    "kqx-w,Warehouse,department,kqx-n,3222,2026-10-01,the northern council\n"
    "kqx-e,Earlybirds,shift,kqx-w,1333,2026-10-01,payroll of October\n"
    "kqx-p,Postroom,shift,kqx-w,1444,2026-10-01,the northern council\n"
    "kqx-o,Officewing,department,kqx-n,555,2026-10-01,the northern council\n"
    "kqx-s,Southgate,site,,2666,2026-10-01,the southern council\n"
)
OWN = ("Earlybirds", "kqx-e", "1,333", "payroll of October")
ABOVE = ("Northgate", "Warehouse")
HIDDEN = (
    *("kqx-n", "kqx-w", "kqx-p", "kqx-o", "kqx-s"),
    *("Postroom", "Officewing", "Southgate"),
    *("4,111", "3,222", "1,444", "555", "2,666", "council"),
)


@dataclass
class Place:
    """A tree of six units, one of which was given to whoever looks."""

    yard: Yard
    client: Client

    def at(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"campaign_id": self.yard.campaign.id, **more})

    def unit_at(self, code: str) -> str:
        return self.at("units-unit", unit_id=self.yard.node(code).id)

    def page(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200
        return str(answer.content.decode())


@pytest.fixture
def place() -> Place:
    yard = Yard()
    assert yard.take(ROWS)
    morgan = member(yard.campaign, "Morgan", Role.REPRESENTATIVE)
    give(morgan.user, yard.campaign, yard.unit("kqx-e"))
    return Place(yard, enter(morgan))


def main(page: str) -> str:
    """What a page is about, without what every page has."""
    return re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])


def shown(page: str, words: tuple[str, ...]) -> list[str]:
    # A number by itself: an id or a token may hold the same digits by chance.
    bounds = {word: r"\b" if word.isdigit() else "" for word in words}
    return [
        word for word in words if re.search(bounds[word] + re.escape(word) + bounds[word], page)
    ]


def test_the_tree_holds_ones_own_units_under_the_names_above_them(place: Place) -> None:
    page = place.page(place.at("units"))
    assert shown(page, HIDDEN) == []
    assert shown(page, OWN[:3]) == list(OWN[:3])
    assert "Northgate / Warehouse / Earlybirds" in page
    assert "You see the units that you were given" in page
    assert "6,777 people" in page, "the head-count of the whole campaign"
    assert re.search(r"<dt>Units</dt><dd>1</dd>", page)


@pytest.mark.parametrize("words", ["gate", "council", "kqx", "ware", "kqx-s", "Postroom"])
def test_a_search_finds_nothing_else(place: Place, words: str) -> None:
    page = place.page(place.at("units") + f"?q={words}")
    found = main(page).replace(f"Found for “{words}”", "").replace(f'value="{words}"', "")
    assert shown(found, HIDDEN) == []


def test_what_lies_above_is_named_and_leads_nowhere(place: Place) -> None:
    page = place.page(place.unit_at("kqx-e"))
    assert shown(page, HIDDEN) == []
    assert shown(page, (*OWN, *ABOVE)) == [*OWN, *ABOVE]
    for code in ("kqx-n", "kqx-w"):
        assert str(place.yard.node(code).id) not in page


@pytest.mark.parametrize("code", ["kqx-n", "kqx-w", "kqx-p", "kqx-s"])
@pytest.mark.parametrize("name", ["units-unit", "units-history"])
def test_another_unit_answers_as_one_that_never_was(place: Place, name: str, code: str) -> None:
    answers = []
    for unit_id in (place.yard.node(code).id, "00000000-0000-4000-8000-000000000000"):
        if name == "units-unit":
            answers.append(place.client.get(place.at(name, unit_id=unit_id)))
        else:
            answers.append(place.client.get(place.at(name), {"unit": str(unit_id)}))
    theirs, none = answers
    assert theirs.status_code == none.status_code == 404
    assert theirs.content == none.content


def test_files_have_the_rows_of_the_page_and_no_code_of_what_lies_above(place: Place) -> None:
    csv = place.client.get(place.at("units-file", file_format="csv")).content.decode()
    assert shown(csv, HIDDEN) == []
    assert csv.splitlines()[1:] == ["kqx-e,Earlybirds,shift,,1333,2026-10-01,payroll of October"]
    xlsx = place.client.get(place.at("units-file", file_format="xlsx")).content
    rows = list(load_workbook(io.BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["code", "kqx-e"]


def test_the_history_is_that_of_ones_own_units(place: Place) -> None:
    yard = place.yard
    for code in ("kqx-e", "kqx-s"):
        count = NewCount(yard.unit(code).id, 70, OCTOBER, f"recount of {code}")
        services.count_people(campaign=yard.campaign, count=count, user=yard.user, today=TODAY)
    page = place.page(place.at("units-history"))
    assert "recount of kqx-e" in page
    assert "recount of kqx-s" not in page
    assert "A file was taken over" not in page


def test_where_a_unit_once_lay_is_not_told(place: Place) -> None:
    yard = place.yard
    for parent in ("kqx-o", "kqx-w"):
        services.move_unit(unit=yard.unit("kqx-e"), parent=parent, user=yard.user, today=TODAY)
    for url in (place.at("units-history"), place.unit_at("kqx-e")):
        page = place.page(url)
        assert "“Earlybirds” was moved." in page
        assert "“Earlybirds” was moved under “Warehouse”." in page
        assert "Officewing" not in page
    made = services.add_unit(
        campaign=yard.campaign,
        named=Named("kqx-new", "Newcomers"),
        parent="kqx-o",
        user=yard.user,
        today=TODAY,
    )
    services.move_unit(unit=made, parent="kqx-e", user=yard.user, today=TODAY)
    assert "“Newcomers” was added." in place.page(place.at("units-history"))


def test_a_unit_that_is_gone_is_not_there_and_what_took_its_place_neither(place: Place) -> None:
    yard, gone = place.yard, place.unit_at("kqx-e")
    regrouping.merge_unit(unit=yard.unit("kqx-e"), into="kqx-p", user=yard.user, today=TODAY)
    assert place.client.get(gone).status_code == 404
    assert enter(yard.person).get(gone).status_code == 200
    page = place.page(place.at("units"))
    assert shown(page, (*HIDDEN, *ABOVE, "Earlybirds")) == []
    assert "You have been given no unit yet" in page


def test_a_lead_representative_sees_all_of_it(place: Place) -> None:
    lapwing = enter(member(place.yard.campaign, "Lapwing", Role.LEAD))
    page = lapwing.get(place.at("units")).content.decode()
    assert shown(page, ("Northgate", "Southgate", "4,111", "2,666")) != []
    assert "You see the units that you were given" not in page
    assert lapwing.get(place.unit_at("kqx-s")).status_code == 200


def test_units_given_in_several_places_keep_apart(place: Place) -> None:
    tree = place.yard.tree()
    codes = ("kqx-e", "kqx-o", "kqx-s")
    seen = narrowed(tree, frozenset(tree.by_code[code].id for code in codes))
    assert [node.code for node in seen.children(None)] == list(codes)
    assert [node.code for node in seen.subtree(tree.by_code["kqx-e"].id)] == ["kqx-e"]
    whole = narrowed(tree, frozenset({tree.by_code["kqx-n"].id, tree.by_code["kqx-e"].id}))
    assert [node.depth for node in whole.nodes] == [0, 1, 2, 2, 1]
    assert narrowed(tree, None) is tree
    assert selectors.tree(place.yard.campaign.id, TODAY) == tree
    assert headcounts.of_unit(place.yard.campaign.id, None) == []
