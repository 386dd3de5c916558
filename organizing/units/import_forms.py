"""A file, and what holds for its rows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from organizing.units import columns, presenting, tables
from organizing.units.forms import day_field, source_field
from organizing.units.problems import Faulty
from organizing.units.tables import Table
from organizing.units.wishes import Defaults


class ImportForm(forms.Form):
    """A file, and what holds for rows that leave the day or the source of a head-count open."""

    # What is too large never arrives, and looks like no file.
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file of at most 2 MB."),
            "empty": gettext_lazy("There is no row under the headings."),
        },
    )
    day = day_field(
        gettext_lazy("Day of the head-counts"),
        gettext_lazy("For rows that name a number of people and no day."),
        required=False,
    )
    source = source_field(gettext_lazy("For rows that name no source."), required=False)

    def clean_source(self) -> str:
        """One line."""
        return columns.clean(self.cleaned_data["source"])

    def clean_file(self) -> Table:
        """The rows. What is wrong with the whole file is said here."""
        file = self.cleaned_data["file"]
        try:
            return tables.read(file.read(tables.MOST_BYTES + 1))
        except Faulty as error:
            raise ValidationError(presenting.say(error.fault)) from error

    def defaults(self) -> Defaults:
        """For rows that leave it open."""
        return Defaults(self.cleaned_data["day"], self.cleaned_data["source"])
