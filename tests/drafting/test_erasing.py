"""A version that says too much is erased: from its row, and from everything that repeats it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from organizing import keyring
from organizing.accounts.models import Role
from organizing.drafting import (
    boxes,
    comments,
    erasing,
    reviewing,
    selectors,
    services,
    suggestions,
)
from organizing.drafting.comments import Words
from organizing.drafting.models import Comment, Part, SealedRow, Suggestion, WorkingCopy
from organizing.drafting.services import Writing
from organizing.errors import Forbidden, NotFound, WrongState
from organizing.petitions import selectors as petitions
from organizing.petitions.models import PetitionText
from tests.accounts.people import enter, member
from tests.drafting.cast import TODAY, Table

CANARY = "Quillfeather"


@pytest.fixture
def table(db: None) -> Table:
    return Table.laid()


def opened() -> Iterator[str]:
    """Everything in the drafting tables that whoever has the application's key can read."""
    for row in PetitionText.objects.all():
        yield petitions.open_text(row).data.decode()
        yield json.dumps(petitions.open_about(row))
    for model in apps.get_app_config("organizing").get_models():
        if issubclass(model, SealedRow):
            yield from (json.dumps(boxes.read(row)) for row in model._default_manager.all())


def columns() -> bytes:
    """Every column of every table, as it lies."""
    found: list[Any] = []
    for model in apps.get_app_config("organizing").get_models():
        found += [value for row in model._default_manager.values_list() for value in row]
    return b"\n".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in found
    )


def planted(table: Table) -> str:
    """Version 2 says too much, with everything that can repeat it, and its hash; version 3 is clean."""
    ada, bo = table.organizer("ada"), table.guest(Part.EDIT, "bo")
    table.save(bo, 1, body=f"Ask {CANARY} about the recording.\n\nWe want it to end.")
    digest = table.head().digest
    table.save(ada, 0, language="es", title="Basta")
    spanish = Writing(1, {**table.head("es").fields, "title": "Basta ya"}, source=digest)
    services.save(seat=ada, language="es", writing=spanish, today=TODAY)
    for quote in (f"Ask {CANARY}", "We want it to end."):
        words = Words("Really?", quote)
        assert comments.comment(seat=bo, language="en", base=2, words=words, today=TODAY)
    fields = table.fields(body=f"Ask {CANARY}, or nobody.")
    suggestions.suggest(seat=bo, language="en", base=2, fields=fields, note="", today=TODAY)
    services.keep_working_copy(seat=bo, language="en", writing=Writing(2, fields), today=TODAY)
    shown = reviewing.review(table.petition).digest
    reviewing.reject(seat=ada, digest=shown, reason="A name", today=TODAY)
    table.save(ada, 2, body="We want it to end.")
    return digest


def test_nothing_of_an_erased_version_is_left_at_rest(table: Table) -> None:
    digest = planted(table)
    before = "\n".join(opened())
    assert before.count(CANARY) >= 5
    assert digest in before
    seat = table.organizer("cy")
    erasing.erase(seat=seat, language="en", number=2, today=TODAY)
    after = "\n".join(opened())
    assert CANARY not in after
    assert digest not in after
    assert CANARY.encode() not in columns()
    assert not WorkingCopy.objects.exists()
    assert not Suggestion.objects.exists()


def test_its_line_stays_and_says_who_erased_it(table: Table) -> None:
    planted(table)
    erasing.erase(seat=table.organizer("cy"), language="en", number=2, today=TODAY)
    lines = selectors.history(table.petition.id, "en")
    assert [line.number for line in lines] == [3, 2, 1]
    assert (lines[1].note.author, lines[1].note.erased_by) == ("bo", "cy")
    assert lines[1].note.erased_on == TODAY
    assert selectors.before(table.petition.id, "en", 3) == 1


def test_comments_on_it_stay_and_move_to_the_newest_text(table: Table) -> None:
    planted(table)
    seat = table.organizer("cy")
    erasing.erase(seat=seat, language="en", number=2, today=TODAY)
    found = comments.threads(seat, "en", table.head().fields)
    assert sorted(thread.quote for thread in found) == ["", "We want it to end."]
    assert Comment.objects.count() == 2


def test_whoever_began_the_draft_may_erase_and_nobody_else_who_writes(table: Table) -> None:
    starter, other = table.drafter("starter"), table.drafter()
    row = PetitionText.objects.get(petition=table.petition, version=1)
    context = petitions.about_context(table.petition.id, "en", 1)
    row.sealed_about = keyring.seal(b'{"by":"starter"}', context)
    row.save()
    table.save(other, 1, title="Newer")
    for seat in (other, table.guest(Part.EDIT)):
        with pytest.raises(Forbidden):
            erasing.erase(seat=seat, language="en", number=1, today=TODAY)
    erasing.erase(seat=starter, language="en", number=1, today=TODAY)
    assert selectors.starter(table.petition) == "starter"


def test_the_newest_an_approved_and_an_erased_version_stay(table: Table) -> None:
    ada, bo = table.organizer(), table.organizer()
    with pytest.raises(WrongState):
        erasing.erase(seat=ada, language="en", number=1, today=TODAY)
    reviewing.set_rule(seat=ada, approvals=2, today=TODAY)
    digest = reviewing.review(table.petition).digest
    reviewing.approve(seat=bo, digest=digest, today=TODAY)
    table.save(ada, 1, title="Two")
    table.save(ada, 2, title="Three")
    with pytest.raises(WrongState):
        erasing.erase(seat=ada, language="en", number=1, today=TODAY)
    erasing.erase(seat=ada, language="en", number=2, today=TODAY)
    with pytest.raises(WrongState):
        erasing.erase(seat=ada, language="en", number=2, today=TODAY)
    with pytest.raises(NotFound):
        services.restore(seat=ada, language="en", number=2, head=3, today=TODAY)
    with pytest.raises(NotFound):
        erasing.erase(seat=ada, language="en", number=9, today=TODAY)


def test_what_was_typed_on_a_version_that_is_erased_meanwhile_is_not_lost(table: Table) -> None:
    ada, bo = table.organizer(), table.guest(Part.SUGGEST)
    typed = table.fields(title="My title")
    table.save(ada, 1, body="Clean")
    erasing.erase(seat=ada, language="en", number=1, today=TODAY)
    writing = Writing(1, typed)
    saved = services.save(seat=ada, language="en", writing=writing, today=TODAY)
    assert saved.conflicts
    assert selectors.working_copies(ada.user, table.petition.id, "en")[0].fields == typed
    assert suggestions.suggest(seat=bo, language="en", base=1, fields=typed, note="", today=TODAY)
    assert suggestions.open_suggestions(bo, "en")[0].base == 2


def test_a_version_is_erased_on_its_page_after_a_question(table: Table) -> None:
    heron = enter(member(table.campaign, "Heron", Role.ORGANIZER))
    planted(table)
    address = reverse("drafting-erase", args=[table.petition.id, "en", 2])
    history = reverse("drafting-history", args=[table.petition.id, "en"])
    assert address in _page(heron, history)
    assert "for good" in _page(heron, address)
    answer = heron.post(address, follow=True).content.decode()
    assert "Version 2 is erased." in answer
    assert "by <bdi>Heron</bdi>" in answer
    assert address not in answer
    compare = reverse("drafting-compare", args=[table.petition.id, "en"])
    assert "One of them was erased" in _page(heron, f"{compare}?from=2&to=3")
    assert "Version 1 and version 3" in _page(heron, f"{compare}?to=3")
    assert (
        "stays: it is the newest"
        in heron.post(
            reverse("drafting-erase", args=[table.petition.id, "en", 3]), follow=True
        ).content.decode()
    )


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())
