"""What is asked before others read it: a file with traces, and the name of a unit that few work in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.drafting.models import Part, Suggestion
from organizing.petitions import services as petitions
from organizing.units.models import HeadCount, Source
from organizing.units.small import small_names
from tests.accounts.people import Person, enter, member
from tests.drafting.cast import TODAY, Table
from tests.oversight.cast import unit

pytestmark = pytest.mark.django_db
TRACE = "Ask Priya Raman about PRIV-40213."


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def drafter(table: Table) -> Client:
    return enter(member(table.campaign, "Wren", Role.DRAFTER))


def url(table: Table, name: str, *rest: object) -> str:
    return reverse(f"drafting-{name}", args=[table.petition.id, *rest])


def file_of(table: Table, client: Client, **changes: str) -> str:
    text = client.get(url(table, "export", "en")).content.decode()
    for old, new in changes.items():
        text = text.replace(old, new)
    return str(text)


def typed(table: Table, **changed: str) -> dict[str, str]:
    return {**table.fields(**changed), "based_on": str(table.head().number)}


def read_file(table: Table, client: Client, text: str, **more: str) -> str:
    answer = client.post(url(table, "import", "en"), {"text": text, **more}, follow=True)
    return str(answer.content.decode())


def count(table: Table, code: str, name: str, people: int) -> None:
    """A unit with a head-count."""
    row = unit(table.campaign, code, name)
    source = Source.objects.create(campaign=table.campaign, sealed=b"")
    HeadCount.objects.create(
        campaign=table.campaign,
        unit=row,
        as_of=TODAY,
        entered_on=TODAY,
        people=people,
        source=source,
    )


NOT_ALL = "is not complete: read the text once more yourself"


def test_every_list_of_what_was_found_says_once_that_it_is_not_complete(
    table: Table, drafter: Client
) -> None:
    write = url(table, "write", "en")
    pages = [
        read_file(table, drafter, file_of(table, drafter, **{"A **body**.": TRACE})),
        drafter.get(write).content.decode(),
        drafter.post(write, {**typed(table, body=TRACE), "check": ""}).content.decode(),
    ]
    empty = Table(petitions.create_petition(campaign=table.campaign))
    start = url(empty, "start", "en")
    pages.append(drafter.get(start).content.decode())
    pages.append(drafter.post(start, {"post": TRACE, "do": "check"}).content.decode())
    assert [page.count(NOT_ALL) for page in pages] == [1] * len(pages)


def test_a_file_with_traces_is_read_only_after_a_question(table: Table, drafter: Client) -> None:
    text = file_of(table, drafter, **{"A **body**.": TRACE})
    asked = read_file(table, drafter, text)
    assert "2 places in the file could give somebody away." in asked
    assert "Ticket or document number" in asked
    # All that was sent stands there still.
    assert TRACE in asked.split('name="text"')[1].split("</textarea>")[0]
    assert table.head().number == 1
    assert "Saved as version 2." in read_file(table, drafter, text, anyway="1")
    assert table.head().fields["body"] == TRACE


def test_what_the_newest_version_says_already_is_not_asked_again(
    table: Table, drafter: Client
) -> None:
    table.save(table.drafter(), 1, body=TRACE)
    text = file_of(table, drafter, **{"The board": "The whole board"})
    assert "Saved as version 3." in read_file(table, drafter, text)


def test_a_file_with_characters_that_nobody_sees_is_read_without_them(
    table: Table, drafter: Client
) -> None:
    text = file_of(table, drafter, **{"A **body**.": "We are wa\u200btched."})
    assert "do not pass that copy on" in read_file(table, drafter, text)
    assert table.head().fields["body"] == "We are watched."


@pytest.fixture
def workplace(table: Table, monkeypatch: pytest.MonkeyPatch) -> Table:
    """A large unit, one of eight people, and one that nobody has counted; fewer than nine are too few."""
    monkeypatch.setattr("organizing.units.selectors.source_texts", lambda _campaign: _NoSource())
    count(table, "WH", "Warehouse", 400)
    count(table, "NB", "night shift B", 8)
    unit(table.campaign, "77", "Lab seven")
    return table


class _NoSource(dict[object, str]):
    def __missing__(self, key: object) -> str:
        return ""


def test_units_that_few_work_in_are_the_small_and_the_uncounted(workplace: Table) -> None:
    found = small_names(workplace.campaign.id, 3, TODAY)
    assert found == ("Lab seven", "NB", "night shift B")
    assert "Warehouse" in small_names(workplace.campaign.id, 200, TODAY)


def test_a_small_unit_is_asked_about_before_it_is_saved(workplace: Table, drafter: Client) -> None:
    write = url(workplace, "write", "en")
    sent = typed(workplace, body="Night shift B is recorded. So is the Warehouse.")
    asked = drafter.post(write, sent).content.decode()
    assert "The text names a small part of the workplace:" in asked
    assert "<q><bdi>Night shift B</bdi></q>" in asked
    assert "Warehouse</bdi>" not in asked
    assert "Night shift B is recorded." in asked
    assert workplace.head().number == 1
    drafter.post(write, {**sent, "anyway": "save"})
    assert workplace.head().number == 2
    # It stands in the history now: saving goes on without a question, and the page still flags it.
    again = drafter.post(write, typed(workplace, title="Another title"), follow=True)
    assert "Saved as version 3." in again.content.decode()
    checked = drafter.post(write, typed(workplace, check="")).content.decode()
    assert "Small part of the workplace" in checked


def test_a_suggestion_is_asked_about_in_the_same_way(workplace: Table, drafter: Client) -> None:
    write = url(workplace, "write", "en")
    sent = typed(workplace, body="Lab seven is recorded.")
    assert "Suggest it with this" in drafter.post(write, {**sent, "suggest": ""}).content.decode()
    assert not Suggestion.objects.exists()
    drafter.post(write, {**sent, "anyway": "suggest"})
    assert Suggestion.objects.count() == 1
    assert workplace.head().number == 1


def test_a_post_and_a_file_that_name_a_small_unit_are_asked_about(
    workplace: Table, drafter: Client
) -> None:
    text = file_of(workplace, drafter, **{"A **body**.": "We of NB know."})
    assert "1 place in the file could give somebody away." in read_file(workplace, drafter, text)
    start = url(workplace, "start", "es")
    asked = drafter.post(start, {"post": "We of NB know.", "starter": "", "do": "start"})
    assert "1 place in the post could give somebody away." in asked.content.decode()


def test_two_questions_are_asked_at_once(workplace: Table, drafter: Client) -> None:
    write, source = url(workplace, "write", "es"), workplace.head()
    sent = {**workplace.fields(demands="Uno", body="NB"), "based_on": "0"}
    sent["follows"] = source.digest
    asked = drafter.post(write, sent).content.decode()
    assert "Here: 1. In the source: 2." in asked
    assert "<q><bdi>NB</bdi></q>" in asked
    asked = drafter.post(write, {**sent, "anyway": "save"}).content.decode()
    assert "Here: 1. In the source: 2." in asked
    assert workplace.head("es").number == 0
    drafter.post(write, {**sent, "anyway": "save", "differ": "1"})
    assert workplace.head("es").number == 1


def test_a_page_names_no_unit_that_its_text_does_not_name(workplace: Table) -> None:
    guest = enter(Person(workplace.guest(Part.EDIT).user, None))
    for client in (guest, enter(member(workplace.campaign, "Heron", Role.ORGANIZER))):
        shown = client.get(url(workplace, "write", "en")).content.decode()
        assert "Lab seven" not in shown
        assert "night shift B" not in shown
