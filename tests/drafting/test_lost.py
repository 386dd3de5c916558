"""What cannot be saved any more is shown to whoever sent it, in full; nothing of it is kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.drafting.models import CoDrafter, Part, WorkingCopy
from organizing.petitions import services
from tests.accounts.people import Person, enter, member
from tests.drafting.cast import Table

pytestmark = pytest.mark.django_db
WORDS = "Typed on the train <b>home</b>"
SHOWN = "Typed on the train &lt;b&gt;home&lt;/b&gt;</textarea>"


@pytest.fixture
def table() -> Table:
    return Table.laid()


def typed(table: Table) -> dict[str, str]:
    return {**table.fields(body=WORDS), "based_on": "1"}


def url(table: Table, name: str) -> str:
    return reverse(f"drafting-{name}", args=[table.petition.id, "en"])


@pytest.mark.parametrize("name", ["write", "comment", "import", "start"])
def test_whoever_is_not_signed_in_any_more_gets_their_words_back(table: Table, name: str) -> None:
    field = {"write": "body", "start": "post"}.get(name, "text")
    answer = Client().post(url(table, name), {field: WORDS})
    assert answer.status_code == 403
    assert SHOWN in answer.content.decode()
    assert f'href="{reverse("account_login")}?next=' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Client().post(url(table, name), {}).status_code == 302


def test_a_text_that_was_approved_meanwhile_takes_nothing_and_loses_nothing(table: Table) -> None:
    wren = enter(member(table.campaign, "Wren", Role.DRAFTER))
    sent = typed(table)
    services.approve(petition_id=table.petition.id)
    answer = wren.post(url(table, "write"), sent)
    assert answer.status_code == 409
    assert SHOWN in answer.content.decode()
    assert table.head().number == 1
    assert wren.get(url(table, "write"))["Location"] == url(table, "read")


def test_whoever_may_only_comment_now_gets_their_words_back(table: Table) -> None:
    user = table.guest(Part.EDIT).user
    CoDrafter.objects.filter(user=user).update(part=Part.COMMENT)
    answer = enter(Person(user, None)).post(url(table, "write"), typed(table))
    assert SHOWN in answer.content.decode()
    assert not WorkingCopy.objects.exists()
