"""What people type about units."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.units import columns, presenting
from organizing.units.headcounts import NewCount
from organizing.units.models import Kind
from organizing.units.problems import (
    CODE_LENGTH,
    MOST_PEOPLE,
    NAME_LENGTH,
    SOURCE_LENGTH,
    Fault,
    Faulty,
    Problem,
)
from organizing.units.regrouping import Part, Split
from organizing.units.services import Named

MOST_PARTS = 60


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, with the calendar of the browser."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def source_field(help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Where a head-count comes from."""
    return forms.CharField(
        label=gettext_lazy("Source"),
        max_length=SOURCE_LENGTH,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


_SOURCE_HELP = gettext_lazy(
    "Where the number comes from, such as “works council, October”. Never a person’s name."
)


class FaultyForm(forms.Form):
    """A form that a service can send back."""

    def refuse(self, error: Faulty) -> None:
        """Shows what the service said."""
        self.add_error(None, presenting.say(error.fault))


class UnitForm(FaultyForm):
    """Name, code and kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=CODE_LENGTH,
        help_text=gettext_lazy("Your own short key for it. A file names units by their codes."),
        widget=forms.TextInput(attrs={"dir": "auto", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)

    def clean_name(self) -> str:
        """One line, without the separator of paths."""
        return _something(columns.clean_name(self.cleaned_data["name"]))

    def clean_code(self) -> str:
        """One line."""
        return _something(columns.clean(self.cleaned_data["code"]))

    def named(self) -> Named:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Named(data["code"], data["name"], Kind(data["kind"]))


def _something(text: str) -> str:
    if not text:
        raise ValidationError(_("Write something that can be seen."))
    return text


class PlaceField(forms.CharField):
    """The code of another unit."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "auto", "spellcheck": "false", "list": "near"})
        super().__init__(max_length=CODE_LENGTH, required=required, widget=widget, **kwargs)


class NewUnitForm(UnitForm):
    """A unit, and where it lies."""

    parent = PlaceField(
        label=gettext_lazy("Under"),
        help_text=gettext_lazy("The code of the unit above. Empty: at the top."),
    )


class MoveForm(FaultyForm):
    """Another place."""

    parent = PlaceField(
        label=gettext_lazy("Under"),
        help_text=gettext_lazy("The code of the unit above. Empty: at the top."),
    )


class MergeForm(FaultyForm):
    """The unit that takes this one in."""

    into = PlaceField(
        label=gettext_lazy("Merge into"),
        help_text=gettext_lazy("The code of the unit that takes it in."),
        required=True,
    )

    def clean_into(self) -> str:
        """The code as units have theirs."""
        return columns.clean(self.cleaned_data["into"])


class GoneForm(FaultyForm):
    """A unit goes for good."""

    understood = forms.BooleanField(
        label=gettext_lazy("This cannot be undone."),
        error_messages={"required": gettext_lazy("Tick this box first.")},
    )


class CountForm(FaultyForm):
    """A head-count."""

    people = forms.IntegerField(label=gettext_lazy("People"), min_value=0, max_value=MOST_PEOPLE)
    as_of = day_field(gettext_lazy("As of"))
    source = source_field(_SOURCE_HELP)

    def clean_source(self) -> str:
        """One line."""
        return _something(columns.clean(self.cleaned_data["source"]))

    def count(self, unit_id: Any) -> NewCount:
        """What was typed, for the service."""
        data = self.cleaned_data
        return NewCount(unit_id, data["people"], data["as_of"], data["source"])


class SplitForm(FaultyForm):
    """Parts, one on each line."""

    parts = forms.CharField(
        label=gettext_lazy("Parts"),
        max_length=12_000,
        help_text=gettext_lazy(
            "One on each line: code; name; people. The number of people can be left out. "
            "Such as: N-W-1; Early; 60"
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of the parts"), choices=Kind.choices)
    stays = forms.ChoiceField(
        label=gettext_lazy("The unit itself"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("stays, and the parts lie under it")),
            (
                "no",
                gettext_lazy(
                    "goes, and the parts take its place; who has signed for it counts for the unit above"
                ),
            ),
        ],
        initial="yes",
    )
    as_of = day_field(gettext_lazy("Day of the head-counts"), required=False)
    source = source_field(_SOURCE_HELP, required=False)

    def clean_parts(self) -> tuple[Part, ...]:
        """Parts with code and name, and people where they are given."""
        lines = [line for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if len(lines) > MOST_PARTS:
            raise ValidationError(_("At most sixty parts at once."))
        return tuple(_part(number, line) for number, line in enumerate(lines, 1))

    def split(self) -> Split:
        """What was typed, for the service."""
        data = self.cleaned_data
        kind, keep = Kind(data["kind"]), data["stays"] == "yes"
        return Split(data["parts"], keep, kind, data["as_of"], columns.clean(data["source"]))


def _part(number: int, line: str) -> Part:
    code, name, people = ([columns.clean(cell) for cell in line.split(";")] + ["", "", ""])[:3]
    fits = 0 < len(code) <= CODE_LENGTH and 0 < len(name) <= NAME_LENGTH
    if not fits or line.count(";") > 2:
        raise ValidationError(
            _("Line %(number)d is not a code and a name with a semicolon between them."),
            params={"number": number},
        )
    count = columns.number_of(people)
    if people and count is None:
        raise ValidationError(presenting.say(Fault(Problem.NO_NUMBER, 0, {"text": people[:40]})))
    return Part(code, columns.clean_name(name), count)
