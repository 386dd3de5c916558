"""Mails that say hardly anything: that new figures are there, or to look."""

from contextlib import ExitStack
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organizing import jobs
from organizing.outreach import posting
from organizing.outreach.models import MailKind
from organizing.safety import refusals


@shared_task(name="outreach.mail_due")
def mail_due() -> None:
    """Finds mails that are due, and such as were left by a worker that died."""
    now = timezone.now()
    # What is named last is done first, and the others even where it fails.
    with ExitStack() as every:
        every.callback(_enqueue_waiting, now)
        every.callback(posting.prepare_alerts, now=now)
        every.callback(posting.prepare_digests, now=now)


def _enqueue_waiting(now: datetime) -> None:
    for mailing_id in posting.waiting(now=now):
        jobs.enqueue("outreach.post", mailing_id=str(mailing_id))


@shared_task(name="outreach.post")
def post(mailing_id: str) -> None:
    """Sends one mail, unless somebody else does."""
    letter = posting.take(mailing_id=UUID(mailing_id), now=timezone.now())
    if letter is None:
        return
    try:
        written(letter).send()
    except OSError as error:
        if refusals.is_for_good(error):
            # Trying again would not help.
            posting.finish(mailing_id=letter.mailing_id)
        else:
            posting.put_back(mailing_id=letter.mailing_id, now=timezone.now())
    else:
        posting.finish(mailing_id=letter.mailing_id)


def written(letter: posting.Letter) -> EmailMessage:
    """The mail: no campaign, no petition, no figure, and no name of this host."""
    with translation.override(letter.language):
        subject, body = _TEXTS[letter.kind]()
    sender = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{letter.token}@{sender or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, body, to=[letter.address], headers=headers)


def _digest() -> tuple[str, str]:
    link = settings.SITE_ORIGIN + reverse("workspace")
    body = _("The new figures are there:\n\n%(link)s\n\nOpen it on your own device.\n")
    return _("New figures"), body % {"link": link}


def _alert() -> tuple[str, str]:
    return _("Please look"), _("Please look.\n")


def _test() -> tuple[str, str]:
    body = _("This mail was asked for, to see whether it arrives. There is nothing to do.\n")
    return _("Test"), body


_TEXTS = {MailKind.DIGEST: _digest, MailKind.ALERT: _alert, MailKind.TEST: _test}
