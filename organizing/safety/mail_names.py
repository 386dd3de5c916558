"""What this machine calls itself where mail goes out: never its own name, which relays keep and every header shows."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail.utils import DNS_NAME


def use_senders_name() -> None:
    """From now on every mail greets the relay, and begins its Message-ID, with the domain that it is sent from.

    Django would ask the machine, and the resolver of its network, for both.
    """
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    DNS_NAME._fqdn = domain or "localhost"
