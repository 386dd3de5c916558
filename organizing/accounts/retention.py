"""What accounts erase, and when."""

from datetime import datetime

from django.contrib.sessions.models import Session

from organizing.accounts.models import Invitation
from organizing.safety.retention import Rule, register


def _erase_sessions(now: datetime) -> None:
    Session.objects.filter(expire_date__lt=now).delete()


def _erase_invitations(now: datetime) -> None:
    Invitation.objects.filter(expires_on__lt=now.date()).delete()


register(
    Rule("sessions", "Sessions of organizers, twelve hours after their last use.", _erase_sessions)
)
register(
    Rule("invitations", "Unused invitations, seven days after they were made.", _erase_invitations)
)
