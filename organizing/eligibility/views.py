"""The issuing side: ask for a code, spend a proof."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organizing.crypto import messages
from organizing.crypto.encoding import EncodingError, b64u
from organizing.crypto.manifests import CODE_BYTES, ISSUE_BYTES
from organizing.eligibility import services
from organizing.errors import Malformed
from organizing.petitions import selectors as petitions
from organizing.safety import throttles
from organizing.safety.answers import answer, protocol_view, read_body
from organizing.safety.networks import client_network


@protocol_view
def code(request: HttpRequest, pid: str) -> HttpResponse:
    """POST /p/{petition}/code: the same answer for every address."""
    petition = petitions.published(pid)
    throttles.CODE_REQUEST.hit(client_network(request))
    try:
        asked = messages.read_code_request(read_body(request, CODE_BYTES))
    except EncodingError as error:
        raise Malformed from error
    services.request_mail_code(petition=petition, request=asked, now=timezone.now())
    return answer({"status": "accepted"}, 202)


@protocol_view
def issue(request: HttpRequest, pid: str) -> HttpResponse:
    """POST /p/{petition}/issue."""
    petition = petitions.published(pid)
    throttles.ISSUE.hit(client_network(request))
    try:
        asked = messages.read_issue_request(read_body(request, ISSUE_BYTES))
    except EncodingError as error:
        raise Malformed from error
    given = services.issue_credential(petition=petition, request=asked, now=timezone.now())
    return answer(
        {
            "attestation": b64u(given.attestation),
            "blind_signature": b64u(given.blind_signature),
        }
    )
