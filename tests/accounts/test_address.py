"""The address of an account: never at the employer of a campaign of one's own; of others, nothing is told."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from organizing.accounts import services
from organizing.accounts.access import role_in
from organizing.accounts.models import Campaign, Role
from organizing.accounts.tasks import mail_reset
from organizing.drafting import inviting
from organizing.drafting.access import seat_for
from organizing.drafting.models import CoDrafter, Part
from organizing.petitions.models import Petition
from tests import factories
from tests.accounts.people import Person, enter, make_person, member

pytestmark = pytest.mark.django_db
AT_WORK = f"heron@mail.{factories.DOMAIN}"


@pytest.fixture
def campaign() -> Campaign:
    return factories.campaign()


def ask_for(person: Person, email: str) -> str:
    page = enter(person).post(reverse("account_email"), {"email": email}, follow=True)
    person.user.refresh_from_db()
    return page.content.decode()


@pytest.mark.parametrize("domain", [factories.DOMAIN, f"mail.{factories.DOMAIN}"])
def test_an_address_at_the_employer_of_an_own_campaign_is_refused(
    campaign: Campaign, domain: str
) -> None:
    heron = member(campaign, "Heron", Role.DRAFTER)
    assert "belongs to an employer" in ask_for(heron, f"heron@{domain.upper()}")
    assert heron.user.email == ""


def test_of_a_campaign_of_others_nothing_is_told(campaign: Campaign) -> None:
    heron = make_person("Heron")
    assert "belongs to an employer" not in ask_for(heron, AT_WORK)
    assert heron.user.email == AT_WORK


def test_a_domain_that_only_ends_like_the_employers_is_accepted(campaign: Campaign) -> None:
    heron = member(campaign, "Heron", Role.DRAFTER)
    ask_for(heron, f"heron@not{factories.DOMAIN}")
    assert heron.user.email == f"heron@not{factories.DOMAIN}"


def test_nobody_comes_into_a_campaign_with_an_address_at_its_employer(campaign: Campaign) -> None:
    heron = make_person("Heron")
    services.set_email(user=heron.user, email=AT_WORK)
    token = services.invite(campaign=campaign, role=Role.ORGANIZER, today=timezone.now().date())
    join = reverse("workspace-join", args=[token])
    answer = enter(heron).post(join)
    assert answer.status_code == 409
    assert reverse("account_email") in answer.content.decode()
    assert role_in(heron.user, campaign) is None
    services.set_email(user=heron.user, email="")
    assert enter(heron).post(join).status_code == 302
    assert role_in(heron.user, campaign) == Role.ORGANIZER


def test_nor_to_the_table_where_a_text_is_written(campaign: Campaign) -> None:
    petition = Petition.objects.create(campaign=campaign, languages=["en"])
    wren = member(campaign, "Wren", Role.DRAFTER)
    seat, today = seat_for(wren.user, petition.id), timezone.now().date()
    heron = make_person("Heron")
    services.set_email(user=heron.user, email=AT_WORK)
    token = inviting.invite(seat=seat, part=Part.EDIT, note="", today=today)
    join = reverse("drafting-join", args=[token])
    assert enter(heron).post(join).status_code == 409
    assert not CoDrafter.objects.exists()


def test_nobody_begins_a_campaign_at_the_employer_that_reads_their_mail() -> None:
    heron = make_person("Heron")
    services.set_email(user=heron.user, email=AT_WORK)
    new = {"name": "Hall B", "employer_domains": factories.DOMAIN}
    answer = enter(heron).post(reverse("workspace-new"), new)
    assert "The address of your own account" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_no_link_to_a_new_password_goes_to_what_has_become_the_employers(
    campaign: Campaign,
) -> None:
    heron = member(campaign, "Heron", Role.DRAFTER)
    services.set_email(user=heron.user, email="heron@private.test")
    mail_reset(heron.user.pk)
    assert len(mail.outbox) == 1
    services.edit_campaign(campaign=campaign, name="Hall B", employer_domains=["private.test"])
    mail_reset(heron.user.pk)
    assert len(mail.outbox) == 1


def test_a_campaign_of_others_takes_nobodys_address_away(campaign: Campaign) -> None:
    heron = make_person("Heron")
    services.set_email(user=heron.user, email="heron@private.test")
    services.edit_campaign(campaign=campaign, name="Bait", employer_domains=["private.test"])
    assert "belongs to an employer" not in ask_for(heron, "other@private.test")
    mail_reset(heron.user.pk)
    assert len(mail.outbox) == 1
