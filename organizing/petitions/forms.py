"""What people type about a petition, before it is one."""

import re
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.crypto.encoding import b64u
from organizing.petitions.models import Petition
from organizing.petitions.services import Proofs

MOST_DEMANDS = 12
MOST_UNITS = 60
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")
# Anybody can have an address there, so it proves no employment.
_FOR_EVERYBODY = {
    *("aol.com", "gmail.com", "gmx.com", "gmx.de", "hotmail.com", "icloud.com", "mail.ru"),
    *("outlook.com", "proton.me", "protonmail.com", "qq.com", "web.de", "yahoo.com", "yandex.ru"),
}


def lines(text: str) -> list[str]:
    """What stands on each line, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_domains(text: str) -> list[str]:
    """Mail domains, one a line or with commas, lower-case. Raises ValidationError naming the first that is none."""
    typed = lines(text.replace(",", "\n").replace(";", "\n"))
    found = list(dict.fromkeys(domain.lower().removeprefix("@") for domain in typed))
    for domain in found:
        if not _DOMAIN.match(domain):
            raise ValidationError(
                _("“%(domain)s” is not a mail domain. Write it like this: example.com"),
                params={"domain": domain},
            )
        if domain in _FOR_EVERYBODY:
            raise ValidationError(
                _("Anybody can have an address at %(domain)s, so it proves no employment."),
                params={"domain": domain},
            )
    return found


class ProofsForm(forms.Form):
    """How workers can prove that they work there, and the units that they can name."""

    mailbox = forms.BooleanField(
        label=gettext_lazy("Also accept a code sent to the work mailbox"),
        required=False,
        help_text=gettext_lazy(
            "Whoever controls the mailbox can learn whether a worker has a credential, sign once "
            "in their place, and so shut them out. These signatures are counted apart."
        ),
    )
    mail_domains = forms.CharField(
        label=gettext_lazy("Mail domains of the employer"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "One on each line, such as example.com. Subdomains are named apart."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "dir": "ltr"}),
    )
    units = forms.CharField(
        label=gettext_lazy("Units"),
        required=False,
        max_length=8000,
        help_text=gettext_lazy(
            "Sites or departments that a signer can choose from, one on each line. Leave it empty "
            "for none. Make them large: a unit with few people gives them away."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        *args: Any,
        petition: Petition,
        domains: list[str],
        from_tree: bool = False,
        **kwargs: Any,
    ) -> None:
        self.known = {unit["name"]: unit["id"] for unit in petition.units}
        kwargs["initial"] = {
            "mailbox": petition.mailbox,
            "mail_domains": "\n".join(petition.mail_domains or domains),
            "units": "\n".join(self.known),
        }
        super().__init__(*args, **kwargs)
        if from_tree:
            # Where the campaign has a tree, its units are chosen on a page of their own.
            del self.fields["units"]

    def clean_mail_domains(self) -> list[str]:
        """Lower-case domains."""
        return read_domains(self.cleaned_data["mail_domains"])

    def clean_units(self) -> list[dict[str, str]]:
        """Units with their ids; a name that stays keeps its id."""
        names = list(dict.fromkeys(lines(self.cleaned_data["units"])))
        if len(names) > MOST_UNITS or any(len(name) > 80 for name in names):
            raise ValidationError(
                _("At most sixty units, each with a name of at most eighty characters.")
            )
        return [
            {"id": self.known.get(n) or b64u(secrets.token_bytes(16)), "name": n} for n in names
        ]

    def clean(self) -> dict[str, Any]:
        """A mailbox code needs a domain."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("mailbox") and not data.get("mail_domains") and not self.errors:
            self.add_error(
                "mail_domains",
                _("Name at least one domain, or do not accept codes sent to the work mailbox."),
            )
        return data

    def proofs(self) -> Proofs:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Proofs(
            data["mailbox"], data["mail_domains"] if data["mailbox"] else [], data.get("units")
        )
