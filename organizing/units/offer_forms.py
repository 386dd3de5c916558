"""Which units a petition offers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.units import columns, presenting
from organizing.units.offering import Choice
from organizing.units.problems import CODE_LENGTH, DEEPEST, Fault, Problem


class OfferForm(forms.Form):
    """How deep a petition offers units, and which of them it does not."""

    deepest = forms.TypedChoiceField(
        label=gettext_lazy("How exactly signers can choose"), coerce=int
    )
    left_out = forms.CharField(
        label=gettext_lazy("Units that are not offered"),
        required=False,
        max_length=400_000,
        help_text=gettext_lazy(
            "By their codes, one on each line. Whoever works there chooses the unit above."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, levels: int, codes: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        field = self.fields["deepest"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
        named = [(n, _("The upper %(number)d levels") % {"number": n}) for n in range(2, levels)]
        field.choices = [
            (0, _("Every unit that is large enough")),
            *([(1, _("The top units alone"))] if levels > 1 else []),
            *named[:DEEPEST],
        ]

    def clean_left_out(self) -> frozenset[str]:
        """Codes of units that are there."""
        lines = self.cleaned_data["left_out"].splitlines()
        codes = frozenset(columns.clean(line) for line in lines if line.strip())
        unknown = sorted(codes - self.codes)
        if unknown:
            raise ValidationError(
                presenting.say(
                    Fault(Problem.UNKNOWN_PARENT, 0, {"parent": unknown[0][:CODE_LENGTH]})
                )
            )
        return codes

    def choice(self) -> Choice:
        """What was chosen, for the service."""
        return Choice(self.cleaned_data["deepest"], self.cleaned_data["left_out"])
