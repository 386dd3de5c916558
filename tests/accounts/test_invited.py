"""Somebody who comes by an invitation, and is not signed in: told so, and led back to it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts import services
from organizing.accounts.models import Role, User
from organizing.drafting import inviting
from organizing.drafting.models import DraftInvitation, Part
from tests.accounts.people import PASSWORD, enter, make_person
from tests.drafting.cast import Table

pytestmark = pytest.mark.django_db
UNKNOWN = "an-invitation-that-nobody-made"
GOALS = {
    "workspace-join": "You are invited to a campaign.",
    "drafting-join": "You are invited to write on a draft with others.",
}


def made(name: str, table: Table, today: date | None = None) -> str:
    """A link's token."""
    day = today or timezone.now().date()
    if name == "workspace-join":
        return services.invite(campaign=table.campaign, role=Role.DRAFTER, today=day)
    return inviting.invite(seat=table.drafter(), part=Part.EDIT, note="", today=day)


def good(name: str) -> str:
    """The address of a link that works."""
    return reverse(name, args=[made(name, Table.laid())])


def links_of(page: str) -> list[str]:
    return re.findall(r'href="(/accounts/[^"]*)"', page)


@pytest.mark.parametrize(("name", "sentence"), GOALS.items())
def test_the_page_of_signing_in_says_what_the_invitation_is_to(name: str, sentence: str) -> None:
    join, client = good(name), Client(REMOTE_ADDR="198.51.100.201")
    login = client.get(join, follow=True).content.decode()
    assert sentence in login
    [sign_up] = [link for link in links_of(login) if "/signup/" in link]
    assert quote(join, safe="") in sign_up or join in sign_up
    assert sentence in client.get(sign_up).content.decode()


@pytest.mark.parametrize("name", GOALS)
def test_who_makes_an_account_goes_on_to_the_invitation(name: str) -> None:
    join, client = good(name), Client(REMOTE_ADDR="198.51.100.202")
    wrong = {"username": "Heron", "password1": PASSWORD, "password2": "x", "next": join}
    again = client.post(reverse("account_signup"), wrong).content.decode()
    assert GOALS[name] in again
    assert f'value="{join}"' in again
    answer = client.post(reverse("account_signup"), {**wrong, "password2": PASSWORD})
    assert answer["Location"] == join


@pytest.mark.parametrize("name", GOALS)
def test_who_has_an_account_goes_on_to_the_invitation(name: str) -> None:
    User.objects.create_user("Kestrel", password=PASSWORD)
    join, client = good(name), Client(REMOTE_ADDR="198.51.100.203")
    wrong = {"login": "Kestrel", "password": "wrong", "next": join}
    assert GOALS[name] in client.post(reverse("account_login"), wrong).content.decode()
    answer = client.post(reverse("account_login"), {**wrong, "password": PASSWORD})
    assert answer["Location"] == join


def spoilt(name: str, table: Table) -> dict[str, str]:
    """Links that were used, withdrawn and left lying, and one that never was."""
    today = timezone.now().date()
    used, withdrawn = made(name, table), made(name, table)
    late = made(name, table, today - timedelta(days=8))
    user = make_person("Swift", factor=False).user
    if name == "workspace-join":
        services.accept_invitation(user=user, token=used, today=today)
        services.withdraw_invitations(campaign=table.campaign)
        late = made(name, table, today - timedelta(days=8))
    else:
        inviting.accept(user=user, token=used, today=today)
        row = DraftInvitation.objects.get(expires_on__gte=today)
        inviting.revoke(seat=table.drafter(), invitation=row)
    return {"used": used, "withdrawn": withdrawn, "late": late, "unknown": UNKNOWN}


@pytest.mark.parametrize("name", GOALS)
def test_a_link_that_leads_nowhere_says_so_before_an_account_is_made(name: str) -> None:
    tokens = spoilt(name, Table.laid())
    answers = {why: Client().get(reverse(name, args=[token])) for why, token in tokens.items()}
    for why, answer in answers.items():
        assert answer.status_code == 410, why
        assert "This invitation does not work" in answer.content.decode()
    # Alike for all of them: a link that somebody guessed tells nothing.
    pages = {a.content.decode().replace(tokens[why], "") for why, a in answers.items()}
    assert len({re.sub(r'nonce="[^"]*"|value="[^"]*"', "", page) for page in pages}) == 1
    assert len({tuple(sorted(answer.headers)) for answer in answers.values()}) == 1


@pytest.mark.parametrize("name", GOALS)
def test_a_link_that_leads_nowhere_offers_nobody_to_come_in(name: str) -> None:
    answer = enter(make_person("Late")).get(reverse(name, args=[UNKNOWN]))
    assert answer.status_code == 410
    assert "Come in" not in answer.content.decode()


@pytest.mark.parametrize("name", GOALS)
def test_a_good_link_keeps_its_door_and_stays_out_of_caches(name: str) -> None:
    join = good(name)
    for answer in (Client().get(join), Client().post(join)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
        assert "no-store" in answer["Cache-Control"]
    weak = enter(make_person("Weak", factor=False))
    wanted = 302 if name == "workspace-join" else 200
    assert weak.get(join).status_code == wanted


def test_without_an_invitation_nothing_is_said_of_one() -> None:
    for name in ("account_login", "account_signup"):
        for goal in ("", "/workspace/", "https://example.org/", "//"):
            assert (
                "invited"
                not in (
                    Client()
                    .get(reverse(name), {"next": goal})
                    .content.decode()
                    .partition("<main")[2]
                    .partition("quiet")[0]
                )
            )
