"""What the plain forms take, and a clear sentence for each thing that can be wrong with it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organizing.crypto import codes, words
from organizing.crypto.derivation import NO_UNIT
from organizing.crypto.encoding import EncodingError, unb64u
from organizing.crypto.words import WordsError

UNIT_BYTES = len(NO_UNIT)


def explain_words(error: WordsError) -> str:
    """A sentence about twelve words that are not a receipt."""
    if error.reason == "word":
        return _(
            "Word %(position)d, “%(word)s”, is not one of the words that this site gives. "
            "Look for a slip of the pen."
        ) % {"position": error.position, "word": error.word}
    if error.reason == "count":
        return _("There must be exactly twelve words.")
    return _("All words exist, but together they are not a receipt. Two may have changed places.")


class WordsForm(forms.Form):
    """Twelve words; `cleaned_data["words"]` is the secret of 16 bytes."""

    words = forms.CharField(max_length=400)

    def clean_words(self) -> bytes:
        """The secret."""
        try:
            return words.secret_of(self.cleaned_data["words"])
        except WordsError as error:
            raise forms.ValidationError(explain_words(error)) from error


class SignForm(WordsForm):
    """Words, a code, the address that it was mailed to, if it was, and the unit, if one is named.

    `cleaned_data["unit"]` is one of the manifest's ids (16 bytes), or that of no unit.
    """

    code = forms.CharField(max_length=60)
    address = forms.CharField(max_length=254, required=False)
    unit = forms.CharField(max_length=22, required=False)

    def __init__(self, *args: Any, units: Collection[bytes], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units

    def clean_code(self) -> str:
        """As typed. One of another length is no code, and is not tried."""
        typed: str = self.cleaned_data["code"]
        found = len(codes.read_code(typed))
        if found not in (codes.PAPER_LENGTH, codes.MAIL_LENGTH):
            raise forms.ValidationError(
                _(
                    "A code from paper has 16 letters and numbers, one from the mail has 10. "
                    "You typed %(found)d."
                )
                % {"found": found}
            )
        return typed

    def clean_unit(self) -> bytes:
        """The id. A wrong one is named here: later it would look like a wrong code."""
        typed: str = self.cleaned_data["unit"]
        try:
            unit = unb64u(typed, UNIT_BYTES) if typed else NO_UNIT
        except EncodingError as error:
            raise forms.ValidationError(_("Choose from the list.")) from error
        if typed and unit not in self.units:
            raise forms.ValidationError(_("Choose from the list."))
        return unit


class CodeForm(forms.Form):
    """An address for a code."""

    address = forms.CharField(max_length=254)
    words = forms.CharField(max_length=400, required=False)

    def clean_address(self) -> str:
        """At most the bytes of the protocol's field; what is longer can be no address of ours."""
        typed = str(self.cleaned_data["address"]).encode()[: codes.ADDRESS_BYTES]
        return typed.decode(errors="ignore")
