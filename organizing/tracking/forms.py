"""What people type about acts, target lines and paper."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.tracking.models import Kind
from organizing.tracking.selectors import UnitChoice
from organizing.tracking.services import LineContent

MOST_ON_PAPER = 100_000
# So many units can still be looked through; of more, the code is typed.
MOST_TO_CHOOSE = 300
_NO_UNIT = "none"
_AHEAD, _BACK = timedelta(days=366), timedelta(days=3 * 366)


def _day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ActForm(forms.Form):
    """An act that is not a petition of this site."""

    name = forms.CharField(
        label=gettext_lazy("What it is called"),
        max_length=120,
        help_text=gettext_lazy("Such as “Cards, autumn”. Never a person’s name."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What people do"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in Kind if kind != Kind.PETITION],
    )
    day = _day_field(gettext_lazy("Day on which it begins"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        """Within a year ahead and three years back."""
        day: date = self.cleaned_data["day"]
        if not self.today - _BACK <= day <= self.today + _AHEAD:
            raise ValidationError(_("Choose a day within the last three years or the next one."))
        return day


class ActNameForm(ActForm):
    """Another name or day; what people do stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class PaperForm(forms.Form):
    """Signatures on paper of one unit, as one person counts them."""

    unit = forms.CharField(label=gettext_lazy("Unit"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("Signatures on these sheets"),
        min_value=1,
        max_value=MOST_ON_PAPER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    day = _day_field(gettext_lazy("Day on which they were collected, or the last one"))
    right = forms.BooleanField(
        label=gettext_lazy("It is right: there are more signatures than people"), required=False
    )

    def __init__(
        self,
        *args: Any,
        units: list[UnitChoice],
        whole: bool,
        people: int | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.whole, self.people, self.today = units, whole, people, today
        if not self.is_bound:
            del self.fields["right"]
        if len(units) <= MOST_TO_CHOOSE:
            choices = [(str(unit.id), unit.path) for unit in units]
            nobodys = [(_NO_UNIT, _("No unit known"))] if whole else []
            self.fields["unit"] = forms.ChoiceField(
                label=gettext_lazy("Unit"), choices=[("", _("Choose a unit")), *choices, *nobodys]
            )
        else:
            self.fields["unit"].required = not whole
            self.fields["unit"].help_text = _("Its code, as on the page of units.")

    def clean_unit(self) -> UnitChoice | None:
        """The unit by its id or its code; None for no unit."""
        typed = self.cleaned_data["unit"].strip()
        if typed in ("", _NO_UNIT):
            return None
        for unit in self.units:
            if typed in (str(unit.id), unit.code):
                return unit
        raise ValidationError(_("No unit has this code."))

    def clean_day(self) -> date:
        """No day to come."""
        day: date = self.cleaned_data["day"]
        if not self.today - _BACK <= day <= self.today:
            raise ValidationError(_("Choose a day that is over, within the last three years."))
        return day

    def clean(self) -> dict[str, Any]:
        """More than there are people is asked about once: a slip of the key, or people who came for a while."""
        found = self.cleaned_data
        unit = found.get("unit")
        people = unit.people if unit else self.people
        if "unit" not in found or people is None or found.get("count", 0) <= people:
            del self.fields["right"]
        elif not found.get("right"):
            self.add_error("count", self._more(unit, people))
        return found

    def _more(self, unit: UnitChoice | None, people: int) -> str:
        if unit is None:
            words = _(
                "This is more than the %(people)s people of the whole workplace. Is it right?"
            )
            return words % {"people": number_format(people, force_grouping=True)}
        words = _("This is more than the %(people)s people of “%(unit)s”. Is it right?")
        return words % {"people": number_format(people, force_grouping=True), "unit": unit.path}


class ConfirmForm(forms.Form):
    """The same sheets, counted by somebody else."""

    count = forms.IntegerField(
        label=gettext_lazy("Signatures that you count"),
        min_value=1,
        max_value=MOST_ON_PAPER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class LineForm(forms.Form):
    """A target line of the campaign's own."""

    share = forms.IntegerField(
        label=gettext_lazy("Share of the head-count, in per cent"), min_value=1, max_value=100
    )
    label = forms.CharField(
        label=gettext_lazy("What it means"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Who says so"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    source_day = _day_field(gettext_lazy("As of"), required=False)

    def content(self) -> LineContent:
        """What was typed, for the service."""
        data = self.cleaned_data
        return LineContent(data["share"], data["label"], data["source"], data["source_day"])
