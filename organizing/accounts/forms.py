"""Forms of accounts, in this site's words."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizing.accounts import selectors
from organizing.accounts.models import User
from organizing.accounts.passkey_forms import NewPasskeyForm


def _speak(form: forms.Form, **labels: Any) -> None:
    """Our labels, and nothing hidden in placeholders."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Pseudonym and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, login=_("Pseudonym"))


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Pseudonym, password twice, and an e-mail address that can stay empty."""

    field_order = ("username", "password1", "password2", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, username=_("Pseudonym"), email=_("Private e-mail address (optional)"))
        self.fields["username"].help_text = _(
            "The others in your campaign see it. Choose one that nobody knows you by."
        )
        self.fields["email"].help_text = _(
            "Only for a new password when you have forgotten yours. Never one at your employer."
        )


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more, before something that protects the account is touched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, password=_("Password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Another password, by whoever knows the one of now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"password1": _("New password"), "password2": _("New password, once more")}
        _speak(self, oldpassword=_("Password of now"), **labels)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Where the link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, email=_("Your private e-mail address"))


class PasswordByLinkForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Another password, by whoever has the link from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, password1=_("New password"), password2=_("New password, once more"))


class AddPasskeyForm(NewPasskeyForm):
    """What a new passkey is called, and whether it stands in for the password too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = _("Sign in with it alone, without a password")
        _speak(self, name=_("Name of the passkey"), passwordless=alone)
        self.fields["name"].help_text = _("Such as “phone” or “blue key”. Only you see it.")
        self.fields["passwordless"].help_text = _(
            "Then it asks for a finger, your face or a PIN each time. Older security keys cannot do this."
        )


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, name=_("Name of the passkey"))


class EmailForm(forms.Form):
    """The one address of an account, or none."""

    email = forms.EmailField(
        label=_("Private e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Leave it empty to have none."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Raises ValidationError for an address at an employer of one's own campaigns."""
        email = self.cleaned_data["email"].lower()
        if email and selectors.is_at_employer(email, self.user):
            raise ValidationError(
                _(
                    "This address belongs to an employer, who can read what arrives there and so "
                    "take over the account. Use a private address, or leave this empty."
                )
            )
        return str(get_adapter().clean_email(email))


class RecoverForm(forms.Form):
    """Shows that whoever holds the voucher's link is the one vouched for."""

    username = forms.CharField(
        label=_("Pseudonym"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
