"""Mails the code: neutral sender and subject, no petition name, no link."""

from email.utils import make_msgid, parseaddr
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organizing.eligibility import services
from organizing.safety import refusals, throttles
from organizing.safety.spoken import spoken


class MailDelayed(Exception):
    """The relay did not take the mail. Without its words: they may name the recipient."""


@shared_task(name="eligibility.mail_code", bind=True, max_retries=6)
def mail_code(self: Any, petition_id: str, day: int, box: str) -> None:
    """Sends one code, if the address can have one and its cap for the hour is not reached."""
    petition, now = UUID(petition_id), timezone.now()
    mail = services.open_mail_job(petition_id=petition, day=day, box=box, now=now)
    if mail is None:
        return
    # Once for each request, however often the relay has to be asked.
    if not self.request.retries:
        services.count_requested(petition_id=petition, today=now.date())
        # The cap holds back mail only; a code mailed before stays good.
        if not throttles.MAIL_PER_ADDRESS.allows(mail.address):
            return
    try:
        _message(mail).send()
    except OSError as error:
        if refusals.is_for_good(error):
            # Nobody is told that there is no such mailbox.
            return
        raise self.retry(exc=MailDelayed(), countdown=5 * 2**self.request.retries) from None


def _message(mail: services.CodeMail) -> EmailMessage:
    with translation.override(spoken(mail.language)):
        body = _("Your code: %(code)s\n\nIt is good today and tomorrow (UTC).\n") % {
            "code": mail.code
        }
        # Django would put the name of this host into the message's id.
        sender = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
        headers = {"Message-ID": make_msgid(domain=sender or "localhost")}
        return EmailMessage(_("Your code"), body, to=[mail.address], headers=headers)
