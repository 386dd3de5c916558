"""One person in two tabs: what is typed in the one never pushes aside what is typed in the other."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.drafting import boxes, selectors, services
from organizing.drafting.access import Seat
from organizing.drafting.models import WorkingCopy
from organizing.drafting.services import MOST_TABS, Tab, Writing
from organizing.errors import WrongState
from tests.accounts.people import enter, member
from tests.at_once import at_once
from tests.drafting.cast import TODAY, Table

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(tab|opened|based_on)"[^>]*value="([^"]*)"')


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def drafter(table: Table) -> Client:
    return enter(member(table.campaign, "Wren", Role.DRAFTER))


class Page:
    """A tab on the writer's page, as it was opened."""

    def __init__(self, table: Table, client: Client, query: str = "") -> None:
        self.table, self.client = table, client
        self.html = client.get(self.url("write") + query).content.decode()
        hidden = dict(HIDDEN.findall(self.html))
        self.fields = {**table.head().fields, "opened": "", **hidden}

    def url(self, name: str) -> str:
        return reverse(f"drafting-{name}", args=[self.table.petition.id, "en"])

    def keep(self, **changed: str) -> int:
        """What the page does by itself while somebody types."""
        self.fields |= changed
        return self.client.post(self.url("keep"), self.fields).status_code

    def press(self, button: str, **changed: str) -> str:
        self.fields |= changed
        answer = self.client.post(self.url("write"), {**self.fields, button: ""}, follow=True)
        return answer.content.decode()


def kept_titles() -> list[str]:
    rows = WorkingCopy.objects.all()
    return sorted(boxes.read(row)["fields"]["title"] for row in rows)


def test_two_tabs_that_began_alike_are_kept_side_by_side(table: Table, drafter: Client) -> None:
    first, second = Page(table, drafter), Page(table, drafter)
    assert first.keep(title="From the first") == 204
    assert second.keep(title="From the second") == 204
    first.keep(title="From the first tab")
    assert kept_titles() == ["From the first tab", "From the second"]
    third = Page(table, drafter)
    assert "You typed something else in another tab" in third.html
    assert all(words in third.html for words in ("From the first tab", "From the second"))


def test_a_tab_that_was_closed_is_gone_on_with_in_the_next(table: Table, drafter: Client) -> None:
    Page(table, drafter).keep(title="Half a th")
    again = Page(table, drafter)
    assert "Half a th</textarea>" in again.html
    again.keep(title="Half a thought")
    assert kept_titles() == ["Half a thought"]
    assert "another tab" not in again.html


def test_the_older_tab_goes_on_beside_the_one_that_took_its_text_over(
    table: Table, drafter: Client
) -> None:
    first = Page(table, drafter)
    first.keep(title="Begun")
    second = Page(table, drafter)
    second.keep(title="Begun, and gone on with")
    first.keep(title="Begun, and changed here")
    assert kept_titles() == ["Begun, and changed here", "Begun, and gone on with"]


def test_saving_one_tab_leaves_what_the_other_typed(table: Table, drafter: Client) -> None:
    first, second = Page(table, drafter), Page(table, drafter)
    first.keep(title="First title")
    second.keep(addressee="The works council")
    desk = first.press("save")
    assert table.head().fields["title"] == "First title"
    assert "The works council" in desk
    assert "First title</textarea>" in desk
    # Saved after it, the other is put together with it word by word.
    second.press("save")
    head = table.head().fields
    assert (head["title"], head["addressee"]) == ("First title", "The works council")
    assert kept_titles() == []


def test_what_another_tab_typed_is_opened_or_thrown_away(table: Table, drafter: Client) -> None:
    first, second = Page(table, drafter), Page(table, drafter)
    first.keep(title="From the first")
    second.keep(title="From the second")
    opened = Page(table, drafter, f"?copy={second.fields['tab']}")
    assert "From the second</textarea>" in opened.html
    answer = drafter.post(opened.url("forget"), {"copy": first.fields["tab"]}, follow=True)
    assert kept_titles() == ["From the second"]
    assert "From the first" not in answer.content.decode()


def test_two_conflicts_of_one_person_are_put_together_one_by_one(
    table: Table, drafter: Client
) -> None:
    first, second = Page(table, drafter), Page(table, drafter)
    table.save(table.drafter(), 1, title="Theirs")
    assert "Put two texts together" in first.press("save", title="Mine in one tab")
    merge = second.press("save", title="Mine in another tab")
    assert "Mine in another tab" in merge
    assert "Mine in one tab" not in merge
    assert kept_titles() == ["Mine in another tab", "Mine in one tab"]


def test_a_conflict_names_who_saved_and_oneself_as_oneself(table: Table, drafter: Client) -> None:
    first, second, third = (Page(table, drafter) for _ in range(3))
    first.press("save", title="Saved in the first")
    alone = second.press("save", title="Typed in the second")
    assert "by you yourself on another page, where you saved version 2" in alone
    assert "Theirs" not in alone
    assert "What you saved" in alone
    for number, name in enumerate(("Robin", "Heron"), start=2):
        table.save(table.drafter(name), number, title=f"By {name}")
    shared = third.press("save", title="Typed in the third")
    assert "in what <bdi>Heron, Robin</bdi> saved meanwhile. The newest version is 4." in shared
    assert "Wren" not in shared.partition("<h1>")[2]
    assert "Theirs" in shared


def test_showing_a_text_keeps_its_page(table: Table, drafter: Client) -> None:
    first = Page(table, drafter)
    first.keep(title="Half")
    shown = first.press("show", title="Half a")
    assert f'value="{first.fields["tab"]}"' in shown
    assert "another tab" not in shown


def test_no_more_than_twelve_tabs_are_kept(table: Table) -> None:
    seat = table.drafter()
    for number in range(MOST_TABS):
        keep(table, seat.user.username, seat, str(number))
    with pytest.raises(WrongState):
        keep(table, "one more", seat, "more")
    keep(table, "again", seat, "0")


def keep(table: Table, title: str, seat: Seat, tab: str) -> None:
    writing = Writing(1, table.fields(title=title), tab=Tab(tab))
    services.keep_working_copy(seat=seat, language="en", writing=writing, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_ten_tabs_at_the_same_moment_lose_nothing(table: Table) -> None:
    seat = table.drafter()
    at_once([lambda n=n: keep(table, f"From tab {n}", seat, f"tab-{n}") for n in range(10)])  # type: ignore[misc]  # bound now
    found = selectors.working_copies(seat.user, table.petition.id, "en")
    assert {copy.fields["title"] for copy in found} == {f"From tab {n}" for n in range(10)}
