"""What the site promises to forget is gone: tags, petition keys, epoch keys, mail keys; and nobody else's."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django.fixtures import Settings

from organizing import keyring
from organizing.crypto.manifests import CLASS_A
from organizing.eligibility.models import CodeBatch, PaperCode, RequestTally, SpentProof
from organizing.errors import Closed
from organizing.petitions import ending as endings
from organizing.petitions import selectors
from organizing.petitions.models import Petition, PetitionKeys
from organizing.petitions.selectors import PublishedPetition
from organizing.plainform.services import PlainProof, sign_plainly, status_of
from organizing.safety import retention
from organizing.signing import batches
from organizing.signing.models import Epoch, PendingRecord, Signature
from tests import factories
from tests.services import Service

pytestmark = pytest.mark.django_db(transaction=True)
LASTS = timedelta(days=30)
SENDING = timedelta(days=7)


def _sign(petition: PublishedPetition, number: int, now: datetime | None = None) -> bytes:
    code = factories.paper_codes(petition, 2)[0]
    secret = number.to_bytes(16, "big")
    now = now or timezone.now()
    sign_plainly(petition=petition, secret=secret, proof=PlainProof(code), now=now)
    return secret


def _key_files(kind: str) -> set[str]:
    return {path.name for path in Path(settings.KEY_DIR).glob(f"{kind}-*.key")}


def test_after_sending_ends_tags_codes_and_keys_are_gone_and_nobody_elses() -> None:
    ending, staying = factories.opened(), factories.opened()
    secret = _sign(ending, 1)
    _sign(staying, 2)
    name = PetitionKeys.objects.get(petition_id=ending.id).wrapping_key_name
    end = timezone.now() + LASTS
    endings.close_due(now=end - timedelta(hours=1))
    Petition.objects.filter(id=staying.id).update(sending_ends_at=end + timedelta(days=900))
    retention.apply_all(now=end + SENDING + timedelta(minutes=1))
    assert not PetitionKeys.objects.filter(petition_id=ending.id).exists()
    assert f"{name}.key" not in _key_files("petition")
    assert not SpentProof.objects.filter(petition_ref=ending.id).exists()
    for model in (CodeBatch, RequestTally):
        assert not model.objects.filter(petition_id=ending.id).exists()
    assert not PaperCode.objects.filter(batch__petition_id=ending.id).exists()
    assert SpentProof.objects.filter(petition_ref=staying.id).exists()
    assert selectors.issuer_secrets(staying.id).tag_key
    with pytest.raises(keyring.KeyGone):
        selectors.issuer_secrets(ending.id)
    held = status_of(petition=ending, secret=secret, now=end + SENDING)
    assert held.status == "held"


def test_before_sending_ends_nothing_is_erased_that_a_signer_needs() -> None:
    petition = factories.opened()
    _sign(petition, 1)
    retention.apply_all(now=timezone.now() + LASTS + SENDING - timedelta(minutes=1))
    assert SpentProof.objects.filter(petition_ref=petition.id).count() == 1
    assert selectors.issuer_secrets(petition.id).tag_key


def test_nothing_is_issued_after_the_keys_are_gone() -> None:
    petition = factories.opened()
    code = factories.paper_codes(petition, 1)[0]
    retention.apply_all(now=timezone.now() + LASTS + SENDING + timedelta(days=1))
    with pytest.raises(Closed):
        sign_plainly(
            petition=petition, secret=bytes(16), proof=PlainProof(code), now=timezone.now()
        )
    assert PaperCode.objects.count() == 0


def _flush(petition: PublishedPetition) -> None:
    later = timezone.now() + timedelta(hours=1)
    assert batches.flush(petition_id=petition.id, proof_class=CLASS_A, now=later)


def test_the_key_of_an_epoch_is_overwritten_and_gone_after_its_batch() -> None:
    petition = factories.opened()
    for number in range(3):
        _sign(petition, number)
    name = Epoch.objects.get(petition_id=petition.id, proof_class=CLASS_A).key_name
    path = Path(settings.KEY_DIR) / f"{name}.key"
    key = path.read_bytes()
    handle = os.open(path, os.O_RDONLY)
    _flush(petition)
    left = os.pread(handle, 64, 0)
    os.close(handle)
    assert not path.exists()
    assert left != key
    assert len(left) == len(key)
    assert key not in b"".join(p.read_bytes() for p in Path(settings.KEY_DIR).iterdir())
    with pytest.raises(keyring.KeyGone):
        keyring.epoch_key(name)
    assert Signature.objects.filter(petition_id=petition.id).count() == 3
    assert not PendingRecord.objects.exists()


def test_a_batch_that_was_killed_before_the_end_destroys_its_key_at_the_next_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    petition = factories.opened()
    for number in range(3):
        _sign(petition, number)
    name = Epoch.objects.get(petition_id=petition.id, proof_class=CLASS_A).key_name
    with monkeypatch.context() as killed:
        killed.setattr(batches, "destroy_flushed", lambda *_ids: None)
        _flush(petition)
    assert f"{name}.key" in _key_files("epoch")
    batches.flush(petition_id=petition.id, proof_class=CLASS_A, now=timezone.now())
    assert f"{name}.key" not in _key_files("epoch")
    assert not Epoch.objects.filter(key_name=name).exists()


def test_the_key_of_an_epoch_is_in_no_file_of_a_redis_after_its_batch(
    settings: Settings, durable_redis: Service
) -> None:
    settings.EPOCH_KEYS_URL = durable_redis.url
    assert durable_redis.folder is not None
    petition = factories.opened()
    for number in range(3):
        _sign(petition, number)
    name = Epoch.objects.get(petition_id=petition.id, proof_class=CLASS_A).key_name
    key = bytes(keyring.epoch_key(name))
    before = [p.read_bytes() for p in durable_redis.folder.rglob("*") if p.is_file()]
    assert any(key in data for data in before)
    _flush(petition)
    after = [p.read_bytes() for p in durable_redis.folder.rglob("*") if p.is_file()]
    assert not any(key in data or name.encode() in data for data in after)


def test_mail_keys_of_past_days_are_destroyed_and_those_of_today_stay() -> None:
    now = timezone.now()
    today = int(now.timestamp()) // 86_400
    for day in range(today - 5, today + 1):
        keyring.day_key(day)
    retention.apply_all(now=now)
    assert {f"day-{today}.key", f"day-{today - 1}.key"} == _key_files("day")
