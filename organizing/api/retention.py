"""What the interface erases, and when."""

from datetime import datetime

from organizing.api.models import ApiToken
from organizing.safety.retention import Rule, register


def _erase_tokens(now: datetime) -> None:
    ApiToken.objects.filter(expires_on__lt=now.date()).delete()


register(Rule("access tokens", "Access tokens, once they have expired.", _erase_tokens))
