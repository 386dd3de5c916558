"""Notes for units, and what a member wants by mail. A note about a person is refused, with the reason."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organizing.accounts.models import Membership, User
from organizing.accounts.selectors import is_at_employer
from organizing.outreach.refusing import Reason, people_in
from organizing.units.selectors import UnitNode

LONGEST = 200
_WHY: dict[Reason, Promise] = {
    Reason.NAME: gettext_lazy(
        "“%(words)s” looks like a person’s name. If it is a place, write it in small letters."
    ),
    Reason.ADDRESS: gettext_lazy("“%(words)s” looks like somebody’s e-mail address."),
    Reason.USERNAME: gettext_lazy("“%(words)s” looks like somebody’s user name."),
    Reason.PHONE: gettext_lazy("“%(words)s” looks like somebody’s telephone number."),
    Reason.NUMBER: gettext_lazy("“%(words)s” looks like the number of an employee."),
    Reason.HOME: gettext_lazy("“%(words)s” looks like somebody’s address."),
}


class ContactForm(forms.Form):
    """Something to do at a unit. `units`: those that may be chosen; the field shows `offered` of them."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Such as “talk to night shift, site 6”. About a unit, never about a person: this list would "
            "tell the employer who is for it and who is not."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    assigned = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)

    def __init__(
        self,
        *args: Any,
        units: Iterable[UnitNode],
        offered: Iterable[UnitNode],
        seats: Iterable[Membership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.id): unit for unit in units}
        self.seats = {str(seat.pk): seat for seat in seats}
        self.offered = [(str(unit.id), unit.path) for unit in offered]
        people = [(key, seat.user.username) for key, seat in self.seats.items()]
        self._choose("unit", [("", _("Choose a unit")), *self.offered])
        self._choose("assigned", [("", _("Nobody yet")), *people])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
        field.choices = choices

    def clean_text(self) -> str:
        """Raises ValidationError for what looks like a person, and says what and why."""
        text = str(self.cleaned_data["text"]).strip()
        names = [name for unit in self.units.values() for name in (unit.name, unit.code)]
        found = people_in(text, get_language() or "en", names)
        if found:
            reasons = [str(_WHY[reason]) % {"words": words} for reason, words in found]
            raise ValidationError([*reasons, _("Notes are about units, never about people.")])
        return text

    def clean_unit(self) -> UUID:
        """The unit's id."""
        return self.units[self.cleaned_data["unit"]].id

    def clean_assigned(self) -> Membership | None:
        """The seat that it is given to."""
        return self.seats.get(self.cleaned_data["assigned"])


def at_employer() -> str:
    """Why nothing is mailed to an address."""
    return _(
        "This address belongs to an employer, who can read what arrives there: also that mail from this "
        "site comes to you. Use a private address, or leave this empty to get no mail."
    )


class WishForm(forms.Form):
    """An address of one's own, and what is to be mailed there."""

    address = forms.EmailField(
        label=gettext_lazy("Private e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "Never one at your employer. It is kept sealed. Leave it empty to get no mail."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    digest = forms.BooleanField(
        label=gettext_lazy("On Mondays: that the new figures are there"),
        required=False,
        help_text=gettext_lazy("No figure and no name is in the mail, only a link to this site."),
    )
    alerts = forms.BooleanField(
        label=gettext_lazy("When an account reads much more than a person would"),
        required=False,
        help_text=gettext_lazy("The mail only asks you to look."),
    )

    def __init__(self, *args: Any, user: User, may_oversee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not may_oversee:
            del self.fields["alerts"]

    def clean_address(self) -> str:
        """Raises ValidationError for an address at an employer."""
        address = self.cleaned_data["address"].lower()
        if address and is_at_employer(address, self.user):
            raise ValidationError(at_employer())
        return str(get_adapter().clean_email(address))

    def clean(self) -> dict[str, Any]:
        """An address without a wish is not kept; a wish without an address cannot be met."""
        found = {"alerts": False, **self.cleaned_data}
        wants = found.get("digest") or found["alerts"]
        if wants and not found.get("address") and "address" not in self.errors:
            self.add_error("address", _("Type an address, or untick what you do not want."))
        if not wants:
            found["address"] = ""
        return found
