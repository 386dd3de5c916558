"""How allauth behaves here: pseudonyms, keyed throttles, sealed second factors, mail in the background."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing import jobs, keyring
from organizing.accounts import pseudonyms
from organizing.accounts.models import User
from organizing.crypto.encoding import b64u, unb64u
from organizing.safety import throttles
from organizing.safety.networks import client_network

_NOBODY = 0
_UNKNOWN_ACCOUNT = "account/email/unknown_account"
FACTOR_CONTEXT = b"roundrobin/v1/second-factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts by pseudonym; what allauth keys with an address or a name is keyed and hourly."""

    error_messages = {  # as allauth declares it
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The pseudonym or the password is not right."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """What stands for a network in allauth's throttles: 64 digits that nobody can go back from."""
        return throttles.keyed("account", client_network(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # With the network in it: nobody can lock out a colleague by guessing at their name.
        name = str(credentials.get("username", "")).lower()
        return throttles.keyed("sign-in", f"{client_network(request)}\0{name}")

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A pseudonym. Raises ValidationError for one that is an address, or that could be taken for another."""
        return str(super().clean_username(pseudonyms.read(username), shallow))

    def format_email_subject(self, subject: str) -> str:
        """Neutral: neither the site's name nor a petition's."""
        return str(subject)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Left to a worker, so that the answer takes as long for an address that nobody has."""
        jobs.enqueue("accounts.mail_reset", user_id=user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is mailed to strangers; the same work is done for them."""
        if template_prefix == _UNKNOWN_ACCOUNT:
            jobs.enqueue("accounts.mail_reset", user_id=_NOBODY)
            return
        super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of second factors are sealed with a key that is not in the database."""

    error_messages = {  # as allauth declares it
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy("This cannot be removed."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up a passkey or an app first: recovery codes only stand in for one."
        ),
        "incorrect_code": gettext_lazy(
            "This code is not right. App codes change every half minute: type the one that is shown now."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seals a TOTP secret or the seed of recovery codes."""
        return b64u(keyring.seal(text.encode(), FACTOR_CONTEXT))

    def decrypt(self, encrypted_text: str) -> str:
        """Inverse of `encrypt`. Raises SealingError."""
        return keyring.unseal(unb64u(encrypted_text), FACTOR_CONTEXT).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code of an authenticator app, black on white in dark mode too."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", light="#fff", scale=6, xmldecl=False)
        return out.getvalue().decode()

    def get_totp_label(self, user: User) -> str:
        """The pseudonym: an app's list is seen by whoever holds the phone, so never an address."""
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's
        """What a new passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_user_identifier(self, user: User) -> str:
        return user.username
