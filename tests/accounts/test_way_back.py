"""Whoever is refused a page finds a way back to what is theirs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied

from organizing.accounts.models import Role
from tests import factories
from tests.accounts.people import enter, member

pytestmark = pytest.mark.django_db


def links(answer: Any) -> list[str]:
    """Where the page itself leads, without head and foot."""
    assert answer.status_code == 403
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.findall(r'href="([^"]+)"', main)


@pytest.fixture
def representative() -> Client:
    return enter(member(factories.campaign(), "Kestrel", Role.REPRESENTATIVE))


def test_a_member_whose_role_is_another_one() -> None:
    campaign = factories.campaign()
    mine = enter(member(campaign, "Heron", Role.REPRESENTATIVE))
    found = links(mine.get(reverse("workspace-members", args=[campaign.id])))
    assert found == [reverse("workspace"), reverse("drafting"), reverse("account_logout")]


def test_a_member_whose_form_is_out_of_date(representative: Client) -> None:
    representative.handler.enforce_csrf_checks = True
    found = links(representative.post(reverse("workspace-new"), {"name": "Heron"}))
    assert found == [reverse("workspace"), reverse("drafting")]
    assert {representative.get(address).status_code for address in found} == {200}


def test_somebody_whose_form_for_signing_in_is_out_of_date() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "heron"})
    assert links(answer) == [reverse("account_login")]


def test_somebody_who_has_not_signed_in() -> None:
    request = RequestFactory().get("/")
    assert links(permission_denied(request, PermissionError())) == [reverse("account_login")]
