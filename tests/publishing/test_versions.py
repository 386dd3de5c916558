"""Withdrawn, closed, archived, and begun again: another petition, to which nothing is carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.campaigns.services import make_codes
from organizing.crypto import sealing
from organizing.drafting import boxes, translations
from organizing.drafting.access import seat_for
from organizing.drafting.models import LanguageCheck
from organizing.eligibility.models import PaperCode
from organizing.errors import WrongState
from organizing.petitions import ending, freezing, selectors, services
from organizing.petitions.days import End
from organizing.petitions.models import Petition, PetitionKeys, PetitionText, State
from organizing.publishing import versions
from organizing.signing.models import Signature, Tally
from tests import factories
from tests.accounts.people import enter, member
from tests.factories import Wanted
from tests.reference_client.site import Refusal
from tests.stage import Stage

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()
NEW = "There is a new version of this petition."
AGAIN = "The text has changed, so you are asked again."
BEFORE = "This petition follows an earlier version."


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Every page as it is now, not as it was a second ago."""
    yield
    selectors.forget_published()


@pytest.fixture
def campaign(db: None) -> Campaign:
    return factories.campaign(Wanted())


@pytest.fixture
def heron(campaign: Campaign) -> User:
    user = User.objects.create_user("Heron")
    Membership.objects.create(campaign=campaign, user=user, role=Role.ORGANIZER)
    return user


def withdrawn(campaign: Campaign) -> Petition:
    petition = factories.frozen(of=campaign)
    ending.withdraw_petition(petition_id=petition.id, now=NOW)
    return again(petition)


def closed(campaign: Campaign) -> Petition:
    petition = Petition.objects.get(id=factories.opened(of=campaign).id)
    ending.close_petition(petition_id=petition.id, now=NOW)
    return again(petition)


def again(petition: Petition) -> Petition:
    petition.refresh_from_db()
    return petition


def begin(before: Petition, by: User) -> Petition:
    return versions.begin_version(petition_id=before.id, by=by, today=TODAY)


def freeze(petition: Petition) -> Petition:
    key = sealing.public_key_bytes(factories.ORGANIZERS_SEED)
    services.set_audience_key(petition_id=petition.id, slug="organizers", public_key=key)
    services.approve(petition_id=petition.id)
    with mock.patch("organizing.jobs.enqueue"):
        closes = NOW + timedelta(days=9)
        services.start_freezing(petition_id=petition.id, now=NOW, closes=closes)
        freezing.freeze(petition_id=petition.id)
    return again(petition)


def page(pid: str) -> str:
    selectors.forget_published()
    answer = Client().get(f"/p/{pid}/en/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_version_begins_with_the_frozen_texts_and_with_nothing_else(
    campaign: Campaign, heron: User
) -> None:
    before = factories.frozen(of=campaign)
    here = Stage(selectors.published(before.private_id))
    here.paper_code()
    for _ in range(3):
        here.signed()
    here.flush()
    ending.withdraw_petition(petition_id=before.id, now=NOW)
    draft = begin(before, heron)
    assert (draft.state, draft.follows_id) == (State.DRAFT, before.id)
    assert (draft.languages, draft.units) == (["en", "es", "ar"], before.units)
    for code, row in selectors.latest_texts(draft).items():
        old = PetitionText.objects.get(petition=before, language=code, frozen=True)
        assert selectors.open_text(row).data == selectors.open_text(old).data
    assert draft.public_id not in {before.public_id, before.private_id}
    assert not draft.audiences.exclude(public_key=None).exists()
    for model in (Signature, Tally, PaperCode, PetitionKeys):
        assert not model.objects.filter(**owned(model, draft)).exists()


def owned(model: type, petition: Petition) -> dict[str, Petition]:
    return {"batch__petition" if model is PaperCode else "petition": petition}


def test_translations_still_follow_and_one_that_nobody_read_is_to_be_read(
    campaign: Campaign, heron: User
) -> None:
    draft = begin(withdrawn(campaign), heron)
    found = translations.standings(draft)
    assert [each.is_stale for each in found] == [False, False, False]
    assert [each.checked for each in found] == [None, None, None]
    assert {each.text.note.author for each in found} == {"Heron"}


def test_a_translation_that_a_person_has_read_need_not_be_read_again(
    campaign: Campaign, heron: User
) -> None:
    before = withdrawn(campaign)
    source, spanish, _arabic = translations.standings(before)
    for text in (spanish.text.digest, "other words"):
        code = "es" if text == spanish.text.digest else "ar"
        row = LanguageCheck(petition=before, language=code)
        said = {"by": "Rook", "day": "2026-11-01", "text": text, "source": source.text.digest}
        boxes.fill(row, said)
        row.save()
    found = translations.standings(begin(before, heron))
    assert [each.checked.by if each.checked else "" for each in found] == ["", "Rook", ""]


def test_a_credential_of_the_old_version_signs_nothing_new(campaign: Campaign, heron: User) -> None:
    before = factories.frozen(of=campaign)
    old = Stage(selectors.published(before.private_id))
    signer, credential = old.with_paper()
    waiting, kept = old.with_paper()
    ending.withdraw_petition(petition_id=before.id, now=NOW)
    new = Stage(selectors.published(freeze(begin(before, heron)).private_id))
    body = signer.send_bytes(credential)
    with pytest.raises(Refusal):
        new.site.post(new.site.manifest(), "send", body)
    # Under the old one it can still be sent for seven days, like after a close.
    selectors.forget_published()
    waiting.send(waiting.send_bytes(kept))


def test_whoever_has_the_private_link_of_a_withdrawn_version_is_asked_again(
    campaign: Campaign, heron: User
) -> None:
    before = factories.frozen(of=campaign)
    assert AGAIN not in page(before.private_id)
    ending.withdraw_petition(petition_id=before.id, now=NOW)
    shown = page(before.private_id)
    assert "This version was withdrawn before it opened." in shown
    assert "Sign this petition" not in shown
    assert NEW not in shown
    draft = begin(before, heron)
    assert NEW not in page(before.private_id)
    frozen = freeze(draft)
    shown = page(before.private_id)
    assert NEW in shown
    assert f"/p/{frozen.private_id}/" in shown
    assert AGAIN in page(frozen.private_id)
    assert Client().get(f"/p/{before.public_id}/en/").status_code == 404


def test_the_public_learns_of_a_new_version_once_it_is_open(
    campaign: Campaign, heron: User
) -> None:
    before = closed(campaign)
    new = freeze(begin(before, heron))
    assert NEW not in page(before.public_id)
    assert BEFORE in page(new.private_id)
    ending.open_petition(petition_id=new.id, today=TODAY)
    assert_leads_on(before, new)
    ending.archive_petition(petition_id=before.id, now=NOW + timedelta(days=8))
    assert_leads_on(before, new)
    shown = page(new.public_id)
    assert BEFORE in shown
    assert f"/p/{before.public_id}/" in shown
    assert AGAIN not in shown


def assert_leads_on(before: Petition, new: Petition) -> None:
    feed = Client().get(f"/p/{before.public_id}/en/updates.atom").content.decode()
    assert "A new version of this petition opened." in feed
    assert f"/p/{new.public_id}/" in feed
    shown = page(before.public_id)
    # The fingerprint of the old one is not that of the new one.
    assert not re.search(rf'"/p/{new.public_id}/"[^>]*data-keep-fragment', shown)
    assert NEW in shown
    assert "Signing it is a new signature" in shown
    assert f"/p/{new.public_id}/" in shown


def test_the_oldest_version_leads_to_the_newest(campaign: Campaign, heron: User) -> None:
    first = closed(campaign)
    second = freeze(begin(first, heron))
    ending.withdraw_petition(petition_id=second.id, now=NOW)
    third = freeze(begin(second, heron))
    assert f"/p/{third.private_id}/" in page(second.private_id)
    assert NEW not in page(first.public_id)
    ending.open_petition(petition_id=third.id, today=TODAY)
    for pid in (first.public_id, second.private_id):
        assert f"/p/{third.public_id}/" in page(pid)
    # The public never saw the second one.
    assert second.private_id not in page(third.public_id)


def test_the_archive_is_offered_when_it_takes_a_petition_and_until_then_the_day_is_named(
    campaign: Campaign,
) -> None:
    petition = Petition.objects.get(id=factories.opened(Wanted(), of=campaign).id)
    ending.close_petition(petition_id=petition.id, now=timezone.now())
    petition.refresh_from_db()
    client = enter(member(campaign, "Heron", Role.ORGANIZER))
    page = reverse("workspace-petition", args=[petition.id])
    archive = reverse("workspace-archive", args=[petition.id])
    assert petition.sending_ends_at is not None
    until = End(petition.sending_ends_at, campaign.time_zone).words
    for address in (page, archive):
        assert f"change or withdraw until {until}" in client.get(address).content.decode()
    assert f'href="{archive}"' not in client.get(page).content.decode()
    Petition.objects.filter(id=petition.id).update(sending_ends_at=timezone.now())
    assert f'href="{archive}"' in client.get(page).content.decode()


def test_an_archived_petition_can_be_read_and_nothing_more(campaign: Campaign) -> None:
    petition = closed(campaign)
    with pytest.raises(WrongState):
        ending.archive_petition(petition_id=petition.id, now=NOW + timedelta(days=6))
    ending.archive_petition(petition_id=petition.id, now=NOW + timedelta(days=7))
    assert again(petition).archived_on == (NOW + timedelta(days=7)).date()
    shown = page(petition.public_id)
    assert "This petition is in the archive." in shown
    assert "Sign this petition" not in shown
    assert Client().get(f"/p/{petition.public_id}/manifest").status_code == 200


def test_what_waits_at_a_withdrawn_version_is_counted_at_its_end(campaign: Campaign) -> None:
    petition = factories.frozen(of=campaign)
    here = Stage(selectors.published(petition.private_id))
    here.signed()
    ending.withdraw_petition(petition_id=petition.id, now=NOW)
    here.flush(again(petition).sending_ends_at)
    assert all(tally.final for tally in Tally.objects.filter(petition=petition))
    assert Signature.objects.filter(petition=petition).count() == 1


def test_nobody_gets_a_credential_of_a_version_that_was_withdrawn(campaign: Campaign) -> None:
    petition = factories.frozen(of=campaign)
    here = Stage(selectors.published(petition.private_id))
    here.paper_code()
    ending.withdraw_petition(petition_id=petition.id, now=NOW)
    selectors.forget_published()
    with pytest.raises(Refusal):
        here.with_paper()
    with pytest.raises(WrongState):
        make_codes(petition=again(petition), label="canteen", size=1, today=TODAY)


def test_only_what_is_over_is_followed_and_only_once(campaign: Campaign, heron: User) -> None:
    running = factories.frozen(of=campaign)
    with pytest.raises(WrongState):
        begin(running, heron)
    before = withdrawn(campaign)
    assert begin(before, heron) == begin(before, heron)
    assert Petition.objects.filter(follows=before).count() == 1


def test_the_pages_lead_from_one_version_to_the_next(campaign: Campaign) -> None:
    organizer = enter(member(campaign, "Kite", Role.ORGANIZER))
    drafter = enter(member(campaign, "Wren", Role.DRAFTER))
    petition = factories.frozen(of=campaign)

    def at(name: str, which: Petition = petition) -> str:
        return reverse(f"workspace-{name}", args=[which.id])

    assert at("withdraw") in organizer.get(at("petition")).content.decode()
    assert "Only an open petition" in organizer.get(at("close")).content.decode()
    organizer.post(at("withdraw"))
    shown = organizer.get(at("petition")).content.decode()
    assert at("new-version") in shown
    assert at("new-version") not in drafter.get(at("petition")).content.decode()
    assert (
        "Archived and withdrawn"
        in organizer.get(reverse("workspace-campaign", args=[campaign.id])).content.decode()
    )
    answer = organizer.post(at("new-version"))
    draft = Petition.objects.get(follows=petition)
    assert answer["Location"] == at("petition", draft)
    assert at("petition") in organizer.get(at("petition", draft)).content.decode()
    assert at("petition", draft) in drafter.get(at("petition")).content.decode()
    desk = reverse("drafting-history", args=[draft.id, "en"])
    assert "taken over from the version before" in drafter.get(desk).content.decode()
    assert seat_for(User.objects.get(username="Wren"), draft.id).may_edit
