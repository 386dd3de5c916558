"""Registry of Celery tasks."""

from organizing.accounts.tasks import mail_reset
from organizing.eligibility.tasks import mail_code
from organizing.outreach.tasks import mail_due, post
from organizing.petitions.tasks import close_due, freeze, resume_freezing
from organizing.publishing.tasks import open_due
from organizing.safety.tasks import apply_retention
from organizing.signing.tasks import flush_due
from organizing.tracking.tasks import release_due

__all__ = [
    "apply_retention",
    "close_due",
    "flush_due",
    "freeze",
    "mail_code",
    "mail_due",
    "mail_reset",
    "open_due",
    "post",
    "release_due",
    "resume_freezing",
]
