"""What a token opens, and for how long."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.api.models import Scope

_DAYS = (
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (365, gettext_lazy("a year")),
)


class TokenForm(forms.Form):
    """A token to be made."""

    total = forms.BooleanField(label=Scope.TOTAL.label, required=False, initial=True)
    units = forms.BooleanField(label=Scope.UNITS.label, required=False)
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long"),
        coerce=int,
        choices=_DAYS,
        initial=90,
        help_text=gettext_lazy("Shorter is safer: whoever finds a token reads what you may read."),
    )

    def clean(self) -> dict[str, Any]:
        """A token that opens nothing is not made."""
        if not self.cleaned_data.get("total") and not self.cleaned_data.get("units"):
            raise ValidationError(_("Tick what the token is to open."))
        return self.cleaned_data

    def scopes(self) -> frozenset[Scope]:
        """What was ticked."""
        ticked = {Scope.TOTAL: "total", Scope.UNITS: "units"}
        return frozenset(scope for scope, name in ticked.items() if self.cleaned_data[name])
