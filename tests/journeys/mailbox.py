"""A mail server for work mailboxes: what the site sends over SMTP lands here."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services import free_port

PATIENCE = 90.0
_CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")


class Mailbox:
    """Keeps every mail in order of arrival."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Takes a mail for each of its recipients."""
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails += [(recipient, mail) for recipient in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What was sent to one address so far."""
        return [mail for recipient, mail in list(self.mails) if recipient == address]

    def wait_for(self, address: str, count: int = 1) -> EmailMessage:
        """The mail number `count` to an address, once it is there."""
        deadline = time.monotonic() + PATIENCE
        while len(self.to(address)) < count:
            assert time.monotonic() < deadline, f"no mail number {count} within {PATIENCE:.0f} s"
            time.sleep(0.05)
        return self.to(address)[count - 1]


def code_in(mail: EmailMessage) -> str:
    """The code that a mail brings."""
    found = _CODE.search(mail.get_content())
    assert found is not None
    return found[0]


@contextlib.contextmanager
def open_mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mailbox, and the address of its server for EMAIL_URL."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
