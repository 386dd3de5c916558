"""What a browser says of a passkey, as JSON that anybody can send: nothing of it is an error of ours."""

import json
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms


class CarefulDecoder(json.JSONDecoder):
    """Refuses numbers of thousands of digits and brackets thousands deep as it refuses any text that is no JSON."""

    def decode(self, s: str, *arguments: Any) -> Any:
        """Raises JSONDecodeError alone."""
        try:
            return super().decode(s, *arguments)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError):
            raise json.JSONDecodeError("cannot be read", "", 0) from None


def _credential() -> forms.JSONField:
    return forms.JSONField(required=True, widget=forms.HiddenInput, decoder=CarefulDecoder)


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey that was just made."""

    credential = _credential()


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey as second factor."""

    credential = _credential()


class PasskeyAloneForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey instead of a password: whoever sends this is a stranger."""

    credential = _credential()


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey once more, before something that protects the account is touched."""

    credential = _credential()
