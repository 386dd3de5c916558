"""What outreach erases, and when."""

from datetime import datetime, timedelta

from organizing.outreach.models import Contact, Mailing
from organizing.safety.retention import Rule, register

DONE_KEPT, OPEN_KEPT = timedelta(days=30), timedelta(days=180)
MAILINGS_KEPT = timedelta(days=14)


def _erase_contacts(now: datetime) -> None:
    today = now.date()
    Contact.objects.filter(done_on__lt=today - DONE_KEPT).delete()
    Contact.objects.filter(made_on__lt=today - OPEN_KEPT).delete()


def _erase_mailings(now: datetime) -> None:
    Mailing.objects.filter(made_on__lt=now.date() - MAILINGS_KEPT).delete()


register(
    Rule(
        "contacts to make",
        "Contacts to make, 30 days after they were ticked, and all of them after 180 days.",
        _erase_contacts,
    )
)
register(Rule("mailings", "That a mail went to a member, after 14 days.", _erase_mailings))
