"""The sending side: send, status, withdraw. No cookie, session or shared identifier."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organizing.crypto import messages
from organizing.crypto.encoding import EncodingError
from organizing.errors import Malformed
from organizing.petitions import selectors as petitions
from organizing.safety import throttles
from organizing.safety.answers import answer, protocol_view, read_body
from organizing.safety.networks import client_network
from organizing.signing import services


@protocol_view
def send(request: HttpRequest, pid: str) -> HttpResponse:
    """POST /p/{petition}/send."""
    petition = petitions.published(pid)
    throttles.SEND.hit(client_network(request))
    try:
        body = read_body(request, petition.manifest.send_bytes)
        sent = messages.read_send_request(body, petition.manifest)
    except EncodingError as error:
        raise Malformed from error
    return _tell(services.accept_signature(petition=petition, request=sent, now=timezone.now()))


@protocol_view
def status(request: HttpRequest, pid: str) -> HttpResponse:
    """POST /p/{petition}/status."""
    petition = petitions.published(pid)
    throttles.SEND.hit(client_network(request))
    size = petition.manifest.send_bytes
    try:
        asked = messages.read_status_request(read_body(request, size), size)
    except EncodingError as error:
        raise Malformed from error
    return _tell(services.signature_status(petition=petition, request=asked, now=timezone.now()))


@protocol_view
def withdraw(request: HttpRequest, pid: str) -> HttpResponse:
    """POST /p/{petition}/withdraw."""
    petition = petitions.published(pid)
    throttles.SEND.hit(client_network(request))
    size = petition.manifest.send_bytes
    try:
        asked = messages.read_withdraw_request(read_body(request, size), size)
    except EncodingError as error:
        raise Malformed from error
    return _tell(services.withdraw_signature(petition=petition, request=asked, now=timezone.now()))


def _tell(status: services.Status) -> HttpResponse:
    if status.status == "unknown":
        return answer({"status": "unknown"})
    return answer({"status": status.status, "version": status.version})
