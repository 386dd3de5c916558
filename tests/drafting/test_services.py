"""Saving: every version is kept, and nobody's words are written over."""

from __future__ import annotations

import pytest

from organizing.drafting import merging, selectors, services
from organizing.drafting.models import Part, WorkingCopy
from organizing.errors import Forbidden, NotFound, WrongState
from organizing.petitions import services as petitions
from organizing.petitions.models import PetitionText
from tests.drafting.cast import TODAY, Table

pytestmark = pytest.mark.django_db
LONG = "First we say why.\n\nThen we say what.\n\nLast we say when."


@pytest.fixture
def table() -> Table:
    return Table.laid()


def test_every_version_is_kept_with_its_author_and_day(table: Table) -> None:
    ada, bo = table.drafter("ada"), table.drafter("bo")
    assert table.save(ada, 1, body=LONG).version == 2
    assert table.save(bo, 2, title="Another title").version == 3
    lines = selectors.history(table.petition.id, "en")
    assert [(line.number, line.note.author, line.note.day) for line in lines] == [
        (3, "bo", TODAY),
        (2, "ada", TODAY),
        (1, "", None),
    ]
    assert selectors.version(table.petition.id, "en", 2).fields["title"] != "Another title"


def test_two_who_write_at_once_both_keep_their_words(table: Table) -> None:
    ada, bo = table.drafter(), table.drafter()
    table.save(ada, 1, body=LONG)
    table.save(ada, 2, body=LONG.replace("why", "plainly why"))
    saved = table.save(bo, 2, body=LONG.replace("when", "when at the latest"), title="Now")
    assert saved.merged
    assert not saved.conflicts
    body = table.head().fields["body"]
    assert "plainly why" in body
    assert "when at the latest" in body
    assert table.head().fields["title"] == "Now"


def test_a_conflict_saves_nothing_and_keeps_what_was_typed(table: Table) -> None:
    ada, bo = table.drafter(), table.drafter()
    table.save(ada, 1, body=LONG)
    table.save(ada, 2, body=LONG.replace("why", "our reasons"))
    saved = table.save(bo, 2, body=LONG.replace("why", "what hurts"))
    assert (saved.version, saved.conflicts) == (3, 1)
    assert "our reasons" in table.head().fields["body"]
    kept = selectors.working_copy(bo.user, table.petition.id, "en")
    assert kept is not None
    assert "what hurts" in kept.fields["body"]
    assert selectors.working_copy(ada.user, table.petition.id, "en") is None


@pytest.mark.parametrize(
    ("choice", "there", "absent"),
    [
        ("both", ["our reasons", "what hurts"], []),
        ("theirs", ["our reasons"], ["what hurts"]),
        ("mine", ["what hurts"], ["our reasons"]),
    ],
)
def test_a_person_puts_a_conflict_together(
    table: Table, choice: str, there: list[str], absent: list[str]
) -> None:
    ada, bo = table.drafter(), table.drafter()
    table.save(ada, 1, body=LONG)
    table.save(ada, 2, body=LONG.replace("why", "our reasons"))
    table.save(bo, 2, body=LONG.replace("why", "what hurts"))
    merged = services.pending_merge(seat=bo, language="en")
    assert merged is not None
    (number,) = [n for n, stretch in enumerate(merged["body"]) if stretch.is_conflict]
    choices = {f"body-{number}": choice}
    assert services.settle_conflicts(seat=bo, language="en", head=3, choices=choices, today=TODAY)
    kept = selectors.working_copy(bo.user, table.petition.id, "en")
    assert kept is not None
    writing = services.Writing(kept.base, kept.fields)
    assert not services.save(seat=bo, language="en", writing=writing, today=TODAY).conflicts
    body = table.head().fields["body"]
    assert all(words in body for words in there)
    assert not any(words in body for words in absent)
    assert not WorkingCopy.objects.exists()


def test_choices_that_were_made_about_another_version_do_nothing(table: Table) -> None:
    ada, bo = table.drafter(), table.drafter()
    table.save(ada, 1, title="One")
    table.save(bo, 1, title="Two")
    table.save(ada, 2, title="Three")
    settled = services.settle_conflicts(seat=bo, language="en", head=2, choices={}, today=TODAY)
    assert not settled


def test_saving_what_is_there_makes_no_version(table: Table) -> None:
    assert table.save(table.drafter(), 1).version == 1
    assert table.save(table.drafter(), 1, body="A **body**.  \r\n").version == 1


def test_an_earlier_version_is_restored_as_a_new_one(table: Table) -> None:
    ada = table.drafter()
    before = table.head()
    table.save(ada, 1, body=LONG)
    number = services.restore(seat=ada, language="en", number=1, head=2, today=TODAY)
    assert number == 3
    assert table.head().digest == before.digest
    assert table.head().note.how == "restored"
    assert PetitionText.objects.filter(petition=table.petition).count() == 3


def test_restoring_over_a_version_that_nobody_has_seen_does_nothing(table: Table) -> None:
    ada = table.drafter()
    table.save(ada, 1, body=LONG)
    assert services.restore(seat=ada, language="en", number=1, head=1, today=TODAY) == 0
    assert table.head().number == 2


def test_a_base_that_never_was_is_refused(table: Table) -> None:
    writing = services.Writing(7, table.fields())
    with pytest.raises(NotFound):
        services.save(seat=table.drafter(), language="en", writing=writing, today=TODAY)


@pytest.mark.parametrize("part", [Part.SUGGEST, Part.COMMENT])
def test_who_may_not_edit_saves_no_version(table: Table, part: Part) -> None:
    with pytest.raises(Forbidden):
        table.save(table.guest(part), 1, title="Mine")


def test_an_approved_text_is_not_changed(table: Table) -> None:
    ada = table.drafter()
    petitions.approve(petition_id=table.petition.id)
    with pytest.raises(WrongState):
        table.save(ada, 1, title="Late")


def test_a_working_copy_is_its_owners_alone(table: Table) -> None:
    ada, bo = table.drafter(), table.drafter()
    fields = table.fields(title="Half a tho")
    services.keep_working_copy(
        seat=ada, language="en", writing=services.Writing(1, fields), today=TODAY
    )
    found = selectors.working_copy(ada.user, table.petition.id, "en")
    assert found is not None
    assert found.fields["title"] == "Half a tho"
    assert selectors.working_copy(bo.user, table.petition.id, "en") is None
    services.forget_working_copy(seat=ada, language="en")
    assert not WorkingCopy.objects.exists()


def test_both_keeps_every_word_of_either() -> None:
    (stretch,) = merging.merge_words("", "one two", "three four")
    assert stretch.settled(merging.Choice.BOTH) == "one two three four"
