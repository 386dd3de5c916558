"""Proves employment and issues the credential that cannot be linked to the proof."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from organizing import jobs, keyring
from organizing.crypto import attestations, codes, issuing, messages, sealing, tokens
from organizing.crypto.encoding import Reader, b64u, pad, u16, unb64u
from organizing.crypto.manifests import CLASS_OF_METHOD, MAILBOX, PAPER
from organizing.eligibility.models import CodeBatch, PaperCode, RequestTally, SpentProof
from organizing.eligibility.proofs import (
    Proof,
    at_domain,
    code_is_valid,
    day_of,
    paper_digest,
    read_proof,
    request_mac,
)
from organizing.errors import Closed, Malformed, Refused, Unavailable, WrongManifest
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PublishedPetition

_MAIL_CONTEXT = b"roundrobin/v1/mail-job"
_INSERT = """
INSERT INTO organizing_spentproof (tag, petition_ref, request_mac) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Credential:
    """What the issuer answers: 384 and 386 bytes."""

    blind_signature: bytes
    attestation: bytes


@transaction.atomic
def create_code_batch(*, petition_id: UUID, label: str, size: int, today: date) -> list[str]:
    """Makes `size` paper codes and returns them, for the only time. Raises Closed."""
    try:
        key = petitions.issuer_secrets(petition_id).tag_key
    except keyring.KeyGone as error:
        raise Closed from error
    batch = CodeBatch.objects.create(petition_id=petition_id, label=label, size=size, made_on=today)
    made = [codes.new_paper_code() for _ in range(size)]
    rows = [PaperCode(digest=paper_digest(key, code), batch=batch) for code in made]
    PaperCode.objects.bulk_create(rows, batch_size=500)
    return made


def is_unspent(petition_id: UUID, typed: str) -> bool:
    """Whether a paper code can still be used. For whoever made it: no page may ask this."""
    try:
        key = petitions.issuer_secrets(petition_id).tag_key
    except keyring.KeyGone:
        return False
    digest = paper_digest(key, codes.read_code(typed))
    return PaperCode.objects.filter(digest=digest, batch__petition_id=petition_id).exists()


@transaction.atomic
def revoke_code_batch(*, batch: CodeBatch) -> int:
    """Revokes what is unspent of a batch; returns how many codes that were."""
    CodeBatch.objects.filter(id=batch.id).update(revoked=True)
    return PaperCode.objects.filter(batch=batch).delete()[0]


def request_mail_code(
    *, petition: PublishedPetition, request: messages.CodeRequest, now: datetime
) -> None:
    """Queues a mail. The same work for every address: the worker decides whether one is sent."""
    if request.manifest_hash != petition.manifest.hash:
        raise WrongManifest
    if not petition.accepts_issuing(now) or MAILBOX not in petition.manifest.methods:
        raise Closed
    day = day_of(now)
    name = request.address.encode()
    content = pad(request.language.encode("ascii"), 16) + u16(len(name)) + pad(name, 254)
    box = sealing.seal_box(keyring.day_key(day), content, _MAIL_CONTEXT)
    jobs.send_now("eligibility.mail_code", petition_id=str(petition.id), day=day, box=b64u(box))


@dataclass(frozen=True, slots=True)
class CodeMail:
    """A mail to be sent: address, code as printed, and the language asked for."""

    address: str
    code: str
    language: str


def open_mail_job(*, petition_id: UUID, day: int, box: str, now: datetime) -> CodeMail | None:
    """The mail that a job stands for; None where its day or its petition is over, or the address is not eligible."""
    try:
        content = sealing.open_box(keyring.day_key(day), unb64u(box), _MAIL_CONTEXT)
    except (keyring.KeyGone, sealing.SealingError):
        return None
    reader = Reader(content)
    language = reader.take(16).rstrip(b"\0").decode("ascii")
    address = codes.read_address(reader.field(254).decode())
    row = Petition.objects.get(id=petition_id)
    petition = petitions.publish(row, row.public_id)
    if address is None or not at_domain(petition, address):
        return None
    try:
        key = petitions.issuer_secrets(petition_id).code_key
    except keyring.KeyGone:
        return None
    code = codes.mail_code(key, petition.manifest.hash, address, day_of(now))
    return CodeMail(address, codes.print_code(code), language)


def issue_credential(
    *, petition: PublishedPetition, request: messages.IssueRequest, now: datetime
) -> Credential:
    """Spends a proof and signs blindly; the same request gets the same answer, always.

    Raises WrongManifest, Closed, Malformed, or Refused: alike for every proof that is not accepted.
    """
    if request.manifest_hash != petition.manifest.hash:
        raise WrongManifest
    if not petition.accepts_issuing(now):
        raise Closed
    if request.method not in petition.manifest.methods:
        raise Refused
    key = _issuer(petition, request)
    secrets = _secrets(petition)
    proof = read_proof(secrets, request)
    mac = request_mac(secrets.tag_key, request)
    _spend(petition, secrets, proof, mac, now)
    return _sign(key, secrets, proof, request)


def _issuer(petition: PublishedPetition, request: messages.IssueRequest) -> int:
    """The class; a blinded message out of range is refused before a code is spent on it."""
    proof_class = CLASS_OF_METHOD[request.method]
    if int.from_bytes(request.blinded, "big") >= petition.manifest.issuers[proof_class]:
        raise Malformed
    return proof_class


def _secrets(petition: PublishedPetition) -> issuing.IssuerSecrets:
    try:
        return petitions.issuer_secrets(petition.id)
    except keyring.KeyGone as error:
        raise Closed from error


def _spend(
    petition: PublishedPetition,
    secrets: issuing.IssuerSecrets,
    proof: Proof,
    mac: bytes,
    now: datetime,
) -> None:
    if _is_repeated(proof, mac):
        return
    if not code_is_valid(petition, secrets, proof, now):
        # The same request may have been recorded on another connection, between the two looks.
        if _is_repeated(proof, mac):
            return
        raise Refused
    with transaction.atomic():
        _record(petition, secrets, proof, mac)


def _is_repeated(proof: Proof, mac: bytes) -> bool:
    # Found by the request alone: a look for the proof would take longer where an address was used.
    found = SpentProof.objects.filter(request_mac=mac).values_list("tag", flat=True)
    return any(hmac.compare_digest(bytes(tag), proof.tag) for tag in found)


def _require_same(spent: SpentProof, mac: bytes) -> None:
    if not hmac.compare_digest(bytes(spent.request_mac), mac):
        raise Refused


def _record(
    petition: PublishedPetition, secrets: issuing.IssuerSecrets, proof: Proof, mac: bytes
) -> None:
    """Inside a transaction: two at once with one proof end up with one record. Raises Refused."""
    mine = True
    if proof.method == PAPER:
        digest = paper_digest(secrets.tag_key, proof.code)
        # Whoever deletes the row spends the code; everybody else finds what was recorded for it.
        mine = bool(PaperCode.objects.filter(digest=digest).delete()[0])
    if mine:
        _insert(petition, proof, mac)
    _require_same(_recorded(proof), mac)


def _insert(petition: PublishedPetition, proof: Proof, mac: bytes) -> None:
    # Not get_or_create: a duplicate would be an error, and the server's log would show its values.
    ref = SpentProof._meta.get_field("petition_ref").get_db_prep_value(petition.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [proof.tag, ref, mac])


def _recorded(proof: Proof) -> SpentProof:
    spent = SpentProof.objects.filter(tag=proof.tag).first()
    if spent is None:
        raise Refused
    return spent


def _sign(
    proof_class: int, secrets: issuing.IssuerSecrets, proof: Proof, request: messages.IssueRequest
) -> Credential:
    attestation = attestations.Attestation(
        request.manifest_hash, proof.method, proof.subject, request.commitment
    )
    try:
        signed = tokens.blind_sign(
            secrets.issuers[proof_class], tokens.BlindedMessage(request.blinded)
        )
    except tokens.TokenError as error:
        raise Unavailable from error
    return Credential(signed, attestations.build_attestation(secrets.attestation_seed, attestation))


def count_requested(*, petition_id: UUID, today: date) -> None:
    """Counts a request for a mailbox code from an eligible address."""
    RequestTally.objects.get_or_create(petition_id=petition_id, day=today)
    rows = RequestTally.objects.filter(petition_id=petition_id, day=today)
    rows.update(requested=F("requested") + 1)
