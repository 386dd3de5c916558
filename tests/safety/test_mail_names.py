"""No mail names the machine that sends it: not to the relay, and not to whoever reads its headers."""

from __future__ import annotations

import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMessage
from django.test import override_settings

from tests.services import free_port

BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Relay:
    """Keeps how it was greeted, and what it was sent."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.seen += [str(session.host_name), (envelope.original_content or b"").decode()]
        return "250 OK"


def test_no_mail_names_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    relay, port = Relay(), free_port()
    controller = Controller(relay, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(EMAIL_BACKEND=BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            EmailMessage("A", "B", to=["kestrel@private.test"]).send()
    finally:
        controller.stop()
    greeting, content = relay.seen
    assert greeting == "localhost"
    assert "@localhost>" in content.partition("Message-ID:")[2].partition("\n")[0]
    assert socket.gethostname() not in greeting + content
    assert socket.getfqdn() == "localhost" or socket.getfqdn() not in greeting + content
