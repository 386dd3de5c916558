"""A petition from draft to close, by the pages of its organizers."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.crypto import sealing
from organizing.crypto.encoding import b64u
from organizing.drafting import reviewing
from organizing.drafting.access import organizer_seat
from organizing.petitions import freezing, links, selectors, services
from organizing.petitions.models import Audience, Petition, State
from tests import factories
from tests.accounts.people import enter, member
from tests.factories import DOMAIN, Wanted

pytestmark = pytest.mark.django_db


def page(name: str, petition: Petition) -> str:
    return reverse(f"workspace-{name}", args=[petition.id])


def state(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def test_the_old_addresses_lead_to_the_review(campaign: Campaign, organizer: Client) -> None:
    petition = factories.draft(of=campaign)
    review = reverse("drafting-review", args=[petition.id])
    for name in ("approve", "send-back"):
        assert organizer.get(page(name, petition))["Location"] == review
    assert state(petition) == State.DRAFT


def test_a_step_out_of_turn_changes_nothing_and_says_so(
    campaign: Campaign, organizer: Client
) -> None:
    petition = factories.draft(of=campaign)
    for step in ("open", "close"):
        answer = organizer.post(page(step, petition))
        assert answer.status_code == 409
        assert "Nothing has been changed" in answer.content.decode()
    assert state(petition) == State.DRAFT


def test_the_mailbox_is_off_until_it_is_turned_on_with_its_warning(
    campaign: Campaign, organizer: Client
) -> None:
    petition = services.create_petition(campaign=campaign)
    form = organizer.get(page("proofs", petition)).content.decode()
    assert "shut them out" in form
    assert "checked" not in form
    organizer.post(
        page("proofs", petition),
        {"mailbox": "on", "mail_domains": "Other.example", "units": "North\nSouth\nNorth"},
    )
    petition.refresh_from_db()
    assert (petition.mailbox, petition.mail_domains) == (True, ["other.example"])
    assert [unit["name"] for unit in petition.units] == ["North", "South"]
    campaign.refresh_from_db()
    assert campaign.employer_domains == [DOMAIN, "other.example"]


def test_a_unit_that_stays_keeps_its_id(campaign: Campaign, organizer: Client) -> None:
    petition = services.create_petition(campaign=campaign)
    organizer.post(page("proofs", petition), {"units": "North\nSouth"})
    petition.refresh_from_db()
    south = petition.units[1]
    organizer.post(page("proofs", petition), {"units": "South\nWest"})
    petition.refresh_from_db()
    assert petition.units[0] == south


def test_a_mailbox_without_a_domain_is_refused(campaign: Campaign, organizer: Client) -> None:
    petition = services.create_petition(campaign=campaign)
    answer = organizer.post(page("proofs", petition), {"mailbox": "on", "mail_domains": ""})
    assert "Name at least one domain" in answer.content.decode()


def test_the_public_half_of_a_key_is_kept_and_nothing_else_is(
    campaign: Campaign, organizer: Client
) -> None:
    petition = services.create_petition(campaign=campaign)
    key = sealing.public_key_bytes(bytes(32))
    for wrong in ("", "not a key", b64u(key[:-1]), b64u(bytes(1216))[:-1]):
        answer = organizer.post(page("key", petition), {"public_key": wrong})
        assert answer.status_code == 400
        assert "No key arrived" in answer.content.decode()
    organizer.post(page("key", petition), {"public_key": b64u(key)})
    assert bytes(Audience.objects.get().public_key or b"") == key


def test_the_passphrase_fields_have_no_name_to_be_sent_under(
    campaign: Campaign, organizer: Client
) -> None:
    petition = services.create_petition(campaign=campaign)
    form = organizer.get(page("key", petition)).content.decode()
    for field in ("passphrase", "passphrase-again", "understood"):
        [tag] = [part for part in form.split("<input")[1:] if f'id="{field}"' in part.split(">")[0]]
        assert "name=" not in tag.split(">")[0]


def approved(campaign: Campaign) -> Petition:
    """By Heron, whose browser is `organizer`."""
    petition = factories.draft(Wanted(languages=("en",)), of=campaign)
    seat = organizer_seat(User.objects.get(username="Heron"), petition.id)
    digest = reviewing.review(seat.petition).digest
    reviewing.approve(seat=seat, digest=digest, today=timezone.now().date())
    return petition


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_last_day_that_cannot_be_is_refused(
    campaign: Campaign, organizer: Client, days: int
) -> None:
    petition = approved(campaign)
    day = timezone.now().date() + timedelta(days=days)
    answer = organizer.post(
        page("freeze", petition), {"closes_on": day.isoformat(), "understood": "on"}
    )
    assert "Choose a day from tomorrow on" in answer.content.decode()
    assert state(petition) == State.APPROVED


def test_the_last_day_is_a_whole_day_where_the_campaign_is_and_readers_see_that_day(
    campaign: Campaign, organizer: Client
) -> None:
    petition = approved(campaign)
    Campaign.objects.filter(id=campaign.id).update(time_zone="America/New_York")
    day = timezone.now().date() + timedelta(days=30)
    assert "time in New York" in organizer.get(page("freeze", petition)).content.decode()
    organizer.post(page("freeze", petition), {"closes_on": day.isoformat(), "understood": "on"})
    freezing.freeze(petition_id=petition.id)
    petition.refresh_from_db()
    last = datetime.combine(day, time(23, 59, 59), ZoneInfo("America/New_York"))
    assert petition.issuing_ends_at == last + timedelta(seconds=1)
    assert f'"{last.astimezone(UTC) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"' in (
        bytes(petition.manifest or b"").decode()
    )
    words = f"the end of {date_format(day)} (time in New York)"
    assert words in organizer.get(page("petition", petition)).content.decode()
    selectors.forget_published()
    read = Client().get(f"/p/{petition.private_id}/en/").content.decode()
    assert f"Open until {words}." in read


def test_freezing_needs_a_word_of_having_read_it(campaign: Campaign, organizer: Client) -> None:
    petition = approved(campaign)
    day = timezone.now().date() + timedelta(days=30)
    answer = organizer.post(page("freeze", petition), {"closes_on": day.isoformat()})
    assert "Read the text first" in answer.content.decode()
    assert f'value="{day.isoformat()}"' in answer.content.decode()


def test_freezing_shows_how_far_it_is_and_ends_at_the_private_link(
    campaign: Campaign, organizer: Client, representative: Client
) -> None:
    petition = approved(campaign)
    day = timezone.now().date() + timedelta(days=30)
    organizer.post(page("freeze", petition), {"closes_on": day.isoformat(), "understood": "on"})
    assert state(petition) == State.FREEZING
    assert '<progress class="progress" id="freeze-progress" max="4" value="0"' in (
        organizer.get(page("freezing", petition)).content.decode()
    )
    freezing.freeze(petition_id=petition.id)
    assert organizer.get(page("freezing", petition))["Location"] == page("petition", petition)
    petition.refresh_from_db()
    private = f"/p/{petition.private_id}/#m={links.fingerprint(petition)}"
    assert private in organizer.get(page("petition", petition)).content.decode()
    assert private not in representative.get(page("petition", petition)).content.decode()


def test_an_approval_that_does_not_hold_any_more_freezes_nothing(
    campaign: Campaign, organizer: Client
) -> None:
    petition = approved(campaign)
    day = (timezone.now().date() + timedelta(days=30)).isoformat()
    heron = User.objects.get(username="Heron")
    kite = member(campaign, "Kite", Role.ORGANIZER)
    seat = organizer_seat(kite.user, petition.id)
    # Whoever approved is no organizer any more; then one is not enough any more.
    Membership.objects.filter(user=heron).delete()
    client = enter(kite)
    for _ in range(2):
        shown = client.get(page("freeze", petition)).content.decode()
        assert "The approval does not hold any more." in shown
        assert "Freeze it" not in shown
        answer = client.post(page("freeze", petition), {"closes_on": day, "understood": "on"})
        assert (answer.status_code, state(petition)) == (409, State.APPROVED)
        Membership.objects.get_or_create(campaign=campaign, user=heron, role=Role.ORGANIZER)
        reviewing.set_rule(seat=seat, approvals=2, today=timezone.now().date())
    reviewing.send_back(seat=seat, reason="Once more", today=timezone.now().date())
    digest = reviewing.review(seat.petition).digest
    # Heron's approval of these very versions is as good as it was.
    reviewing.approve(seat=seat, digest=digest, today=timezone.now().date())
    client.post(page("freeze", petition), {"closes_on": day, "understood": "on"})
    assert state(petition) == State.FREEZING


def test_opening_shows_the_public_link_and_closing_is_for_good(
    campaign: Campaign, organizer: Client
) -> None:
    petition = factories.frozen(Wanted(), of=campaign)
    factories.count(petition, petition.first_signers)
    organizer.post(page("open", petition))
    shown = organizer.get(page("petition", petition)).content.decode()
    assert f"/p/{petition.public_id}/#m={links.fingerprint(petition)}" in shown
    assert petition.private_id not in shown
    organizer.post(page("close", petition))
    assert state(petition) == State.CLOSED
    assert organizer.post(page("open", petition)).status_code == 409


def test_a_drafter_finds_no_way_to_a_count(campaign: Campaign, drafter: Client) -> None:
    petition = factories.frozen(Wanted(), of=campaign)
    shown = drafter.get(page("petition", petition)).content.decode()
    for name in ("counts", "codes", "close", "open", "export"):
        assert page(name, petition) not in shown


def test_the_private_link_can_be_copied_by_a_button_where_there_is_javascript(
    campaign: Campaign, organizer: Client
) -> None:
    petition = factories.frozen(Wanted(), of=campaign)
    shown = organizer.get(page("petition", petition)).content.decode()
    assert f'id="link">{links.signing_link(petition)}</code>'.replace("&", "&amp;") in shown
    [button] = [tag for tag in shown.split("<button")[1:] if "data-copy" in tag]
    assert " hidden>" in button.partition("</button>")[0]
    assert "js/pages/copy.js" in shown
