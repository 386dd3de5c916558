"""Accepts, replaces and withdraws sealed signatures. An answer is given only after the commit."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from organizing import keyring
from organizing.crypto import derivation, messages, tokens
from organizing.errors import Closed, Refused, Stale, Unavailable, WrongManifest
from organizing.petitions.selectors import PublishedPetition
from organizing.signing import arriving, burying, epochs, holding, pacing
from organizing.signing.epochs import SIGNATURE, WITHDRAWN, Waiting

_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Status:
    """What the site holds: "held" or "withdrawn" with a version, or "unknown"."""

    status: str
    version: int = 0


def accept_signature(
    *, petition: PublishedPetition, request: messages.SendRequest, now: datetime
) -> Status:
    """Takes a new signature, or a higher version of one; the same bytes again are answered alike.

    Raises WrongManifest, Closed, Refused, Stale or Unavailable.
    """
    _check_open(petition, request.manifest_hash, now)
    _check_signature(petition, request)
    for attempt in range(_ATTEMPTS):
        try:
            if arriving.insert_new(epochs.current(petition.id, request.class_), request):
                return Status("held", request.version)
            # Looked at without a lock first: neither a repeated request nor a wrong one waits for anything.
            held = _look(petition, request.nullifier)
            if _is_repeated(petition, held, request):
                return Status("held", held.version)
            if not held.version and not attempt:
                # The epoch was taken away a moment ago: the lock would wait until that is done.
                epochs.refresh(petition.id, request.class_)
                continue
            with pacing.evenly(pacing.CHANGE):
                return _replace(petition, request)
        except (holding.EpochGone, keyring.KeyGone):
            epochs.refresh(petition.id, request.class_)
    raise Unavailable


def _is_repeated(
    petition: PublishedPetition, held: holding.Held, request: messages.SendRequest
) -> bool:
    """Whether these are the bytes that are held. Raises Refused or Stale where they can be no next version."""
    if not held.version:
        return False
    if held.record == request.record:
        return True
    if held.proof_class != request.class_:
        raise Refused
    if request.version <= held.version:
        raise Stale
    holding.opened_unit(petition, held, request.unit_randomness)
    return False


def _check_open(petition: PublishedPetition, manifest_hash: bytes, now: datetime) -> None:
    if manifest_hash != petition.manifest.hash:
        raise WrongManifest
    if not petition.accepts_sending(now):
        raise Closed


def _check_signature(petition: PublishedPetition, request: messages.SendRequest) -> None:
    manifest = petition.manifest
    n = manifest.issuers.get(request.class_)
    if n is None or (request.unit != derivation.NO_UNIT and request.unit not in manifest.units):
        raise Refused
    committed = derivation.commit_unit(request.unit_randomness, request.unit)
    if committed != request.unit_commitment or not request.signature_holds():
        raise Refused
    message = request.prefix + derivation.token_message(manifest.hash, request.pk_w)
    if not tokens.verify(n, message, request.token):
        raise Refused


@transaction.atomic
def _replace(petition: PublishedPetition, request: messages.SendRequest) -> Status:
    opened = holding.lock_open(petition.id, request.class_)
    held = holding.look(petition, request.nullifier)
    if _is_repeated(petition, held, request):
        return Status("held", held.version)
    waiting = Waiting(
        kind=SIGNATURE,
        old_unit=holding.opened_unit(petition, held, request.unit_randomness),
        unit=request.unit,
        nullifier=request.nullifier,
        version=request.version,
        record=request.record,
    )
    burying.add(opened, waiting, len(request.record), cover=petition.manifest.k)
    return Status("held", request.version)


def withdraw_signature(
    *, petition: PublishedPetition, request: messages.WithdrawRequest, now: datetime
) -> Status:
    """Removes the envelope at once and keeps nullifier and version; the count follows at the next batch.

    Raises WrongManifest, Closed, Refused, Stale or Unavailable.
    """
    _check_open(petition, request.manifest_hash, now)
    if not request.signed:
        return Status("unknown")
    nullifier = derivation.nullifier(request.manifest_hash, request.pk_w)
    for _attempt in range(_ATTEMPTS):
        # What was rotated or counted since we looked is looked for again.
        with suppress(holding.EpochGone, keyring.KeyGone):
            # Without a lock first: whoever has nothing to withdraw waits for no flush, and so learns of none.
            held = _look(petition, nullifier)
            if held.withdrawn:
                return _status(held)
            _check_withdrawal(petition, held, request)
            with pacing.evenly(pacing.CHANGE):
                return _withdraw(petition, held.proof_class, request, nullifier)
    raise Unavailable


def _look(petition: PublishedPetition, nullifier: bytes) -> holding.Held:
    with pacing.evenly(pacing.LOOK):
        return holding.look(petition, nullifier)


def _status(held: holding.Held) -> Status:
    if not held.version:
        return Status("unknown")
    return Status("withdrawn" if held.withdrawn else "held", held.version)


def _check_withdrawal(
    petition: PublishedPetition, held: holding.Held, request: messages.WithdrawRequest
) -> bytes:
    """The unit that it will be taken off. Raises Stale or Refused."""
    if request.version <= held.version:
        raise Stale
    return holding.opened_unit(petition, held, request.unit_randomness)


@transaction.atomic
def _withdraw(
    petition: PublishedPetition,
    proof_class: int,
    request: messages.WithdrawRequest,
    nullifier: bytes,
) -> Status:
    current = holding.lock(petition.id, proof_class)
    held = holding.look(petition, nullifier)
    if held.withdrawn:
        return _status(held)
    if held.proof_class != proof_class:
        # The other class took the same key at the same moment.
        raise holding.EpochGone
    old_unit = _check_withdrawal(petition, held, request)
    tombstone = Waiting(WITHDRAWN, old_unit, derivation.NO_UNIT, nullifier, request.version, b"")
    record_bytes = 582 + petition.manifest.envelope_bytes
    burying.bury(current, tombstone, record_bytes, cover=petition.manifest.k)
    return Status("withdrawn", request.version)


def signature_status(
    *, petition: PublishedPetition, request: messages.StatusRequest, now: datetime
) -> Status:
    """Held or withdrawn, to a request signed by pk_w; unknown to everything else.

    It does not say whether a batch has counted it. Raises WrongManifest or Unavailable.
    """
    if request.manifest_hash != petition.manifest.hash:
        raise WrongManifest
    if not request.signed:
        # Before anything is looked up: the time of it would tell what is held.
        return Status("unknown")
    nullifier = derivation.nullifier(request.manifest_hash, request.pk_w)
    try:
        return _status(_look(petition, nullifier))
    except keyring.KeyGone as error:
        raise Unavailable from error
