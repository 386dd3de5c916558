"""A petition from draft to close."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizing import keyring
from organizing.errors import NotFound, WrongState
from organizing.petitions import ending, freezing, retention, selectors, services, tasks
from organizing.petitions.models import Petition, PetitionKeys, PetitionText, State
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_draft_is_sealed_in_the_database() -> None:
    petition = factories.draft()
    for row in PetitionText.objects.filter(petition=petition):
        assert b"Stop the recording" not in bytes(row.sealed)
        assert b"Stop" not in bytes(row.sealed)


def test_a_sealed_text_cannot_be_moved_to_another_language() -> None:
    petition = factories.draft()
    english, spanish = (
        PetitionText.objects.get(petition=petition, language=code) for code in ("en", "es")
    )
    english.sealed = spanish.sealed
    with pytest.raises(Exception, match="does not open"):
        selectors.open_text(english)


def test_each_saved_text_is_a_new_version() -> None:
    petition = factories.draft()
    content = services.TextContent("New", "All", ["One"], "Text", {"organizers": "Yes"})
    row = services.save_text(petition_id=petition.id, language="en", content=content)
    assert row.version == 2
    assert selectors.open_text(selectors.latest_texts(petition)["en"]).content["title"] == "New"


def test_an_approved_text_cannot_change_until_it_is_sent_back() -> None:
    petition = factories.draft()
    services.approve(petition_id=petition.id)
    content = services.TextContent("New", "All", ["One"], "Text", {})
    with pytest.raises(WrongState):
        services.save_text(petition_id=petition.id, language="en", content=content)
    services.send_back(petition_id=petition.id)
    services.save_text(petition_id=petition.id, language="en", content=content)


def test_a_petition_without_text_or_key_goes_nowhere() -> None:
    petition = services.create_petition(campaign=factories.campaign())
    with pytest.raises(WrongState):
        services.approve(petition_id=petition.id)
    content = services.TextContent("New", "All", ["One"], "Text", {})
    services.save_text(petition_id=petition.id, language="en", content=content)
    services.approve(petition_id=petition.id)
    now = timezone.now()
    with pytest.raises(WrongState):
        services.start_freezing(petition_id=petition.id, now=now, closes=now + timedelta(days=1))


def test_freezing_twice_keeps_the_first_keys() -> None:
    petition = factories.frozen()
    first = bytes(petition.manifest or b"")
    freezing.freeze(petition_id=petition.id)
    petition.refresh_from_db()
    assert bytes(petition.manifest or b"") == first
    assert PetitionKeys.objects.filter(petition=petition).count() == 1


def test_beat_takes_up_a_freezing_that_was_killed() -> None:
    petition = factories.draft(factories.Wanted(mailbox=False))
    Petition.objects.filter(id=petition.id).update(state=State.FREEZING, freeze_step=1)
    tasks.resume_freezing()
    petition.refresh_from_db()
    assert petition.state == State.FROZEN
    assert petition.freeze_step == freezing.STEPS


def test_the_manifest_hashes_every_language() -> None:
    petition = factories.opened()
    assert set(petition.manifest.texts) == {"en", "es", "ar"}
    assert set(petition.texts) == {"en", "es", "ar"}


def test_a_frozen_petition_is_reached_by_its_private_id_alone() -> None:
    petition = factories.frozen()
    assert selectors.published(petition.private_id).state == State.FROZEN
    with pytest.raises(NotFound):
        selectors.published(petition.public_id)


def test_an_open_petition_closes_when_its_time_is_over() -> None:
    petition = factories.opened()
    ending.close_due(now=petition.issuing_ends_at + timedelta(seconds=1))
    selectors.forget_published()
    closed = selectors.published(petition.pid)
    assert closed.state == State.CLOSED
    assert not closed.accepts_issuing(petition.issuing_ends_at)
    assert closed.accepts_sending(petition.issuing_ends_at + timedelta(days=6))
    assert not closed.accepts_sending(petition.issuing_ends_at + timedelta(days=8))


def test_issuing_keys_are_destroyed_once_sending_has_ended() -> None:
    petition = factories.opened()
    name = PetitionKeys.objects.get(petition_id=petition.id).wrapping_key_name
    retention._destroy_keys(petition.sending_ends_at - timedelta(seconds=1))
    assert keyring.wrapping_key(name)
    retention._destroy_keys(petition.sending_ends_at)
    with pytest.raises(keyring.KeyGone):
        keyring.wrapping_key(name)
    with pytest.raises(keyring.KeyGone):
        selectors.issuer_secrets(petition.id)
