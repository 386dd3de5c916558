"""Firefox writes what is typed to a file, to restore its tabs; only a field's own attribute keeps it out of there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from tests.accounts.people import enter, member
from tests.drafting.cast import Table

pytestmark = pytest.mark.django_db
_TYPED_IN = re.compile(r'<textarea[^>]*>|<input[^>]*type="(?:text|search|email)"[^>]*>')


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def heron(table: Table) -> Client:
    return enter(member(table.campaign, "Heron", Role.ORGANIZER))


def url(table: Table, name: str, *rest: object) -> str:
    return reverse(f"drafting-{name}", args=[table.petition.id, *rest])


@pytest.mark.parametrize(
    ("name", "rest", "fields"),
    [
        ("write", ("en",), 9),
        ("read", ("en",), 3),
        ("start", ("es",), 1),
        ("import", ("en",), 1),
        ("people", (), 1),
        ("review", (), 1),
    ],
)
def test_no_field_of_a_draft_lets_the_browser_keep_what_is_typed(
    table: Table, heron: Client, name: str, rest: tuple[str, ...], fields: int
) -> None:
    heron.post(url(table, "comment", "en"), {"text": "Who is that?", "based_on": "1"})
    found = _TYPED_IN.findall(heron.get(url(table, name, *rest)).content.decode())
    assert len(found) >= fields
    assert [field for field in found if 'autocomplete="off"' not in field] == []
