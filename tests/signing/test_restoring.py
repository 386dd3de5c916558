"""After a restored backup, what can never be opened is discarded by hand, and signing goes on."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from organizing import keyring
from organizing.crypto.manifests import CLASS_A
from organizing.petitions.selectors import PublishedPetition
from organizing.plainform.services import PlainProof, sign_plainly
from organizing.signing import batches, epochs, restoring
from organizing.signing.models import Epoch, PendingRecord
from tests import factories

pytestmark = pytest.mark.django_db


def _sign(petition: PublishedPetition, number: int, code: str) -> None:
    secret = number.to_bytes(16, "big")
    sign_plainly(petition=petition, secret=secret, proof=PlainProof(code), now=timezone.now())


def _lose_key(petition: PublishedPetition) -> None:
    name = Epoch.objects.get(petition_id=petition.id, proof_class=CLASS_A).key_name
    keyring.destroy_key(name)


def test_a_missing_key_throws_nothing_away_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    petition = factories.opened()
    _sign(petition, 1, factories.paper_codes(petition, 1)[0])
    _lose_key(petition)
    with caplog.at_level(logging.ERROR):
        batches.flush_due(now=timezone.now() + timedelta(hours=1))
    assert PendingRecord.objects.count() == 1


def test_discarding_lost_epochs_lets_people_sign_again() -> None:
    petition = factories.opened()
    codes = factories.paper_codes(petition, 2)
    _sign(petition, 1, codes[0])
    _lose_key(petition)
    assert [lost.records for lost in restoring.lost_epochs()] == [1]
    call_command("discard_lost_epochs", yes=True)
    assert restoring.lost_epochs() == []
    epochs.refresh(petition.id, CLASS_A)
    _sign(petition, 2, codes[1])
    assert PendingRecord.objects.count() == 1


def test_without_yes_it_only_counts(capsys: pytest.CaptureFixture[str]) -> None:
    petition = factories.opened()
    _sign(petition, 1, factories.paper_codes(petition, 1)[0])
    _lose_key(petition)
    call_command("discard_lost_epochs")
    assert "1 epochs without a key, 1 records" in capsys.readouterr().out
    assert PendingRecord.objects.count() == 1
