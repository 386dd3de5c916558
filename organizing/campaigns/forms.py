"""Forms of the workspace; those about a petition's content are in petitions/forms.py."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.accounts.models import Role
from organizing.accounts.selectors import is_at
from organizing.campaigns import zones
from organizing.petitions.days import end_of, zone_words
from organizing.petitions.forms import read_domains
from organizing.petitions.languages import LANGUAGES, language

MOST_CODES = 500
LONGEST = timedelta(days=366)


class CampaignForm(forms.Form):
    """A campaign's name and its employer's domains."""

    name = forms.CharField(
        label=gettext_lazy("Name of the campaign"),
        max_length=120,
        help_text=gettext_lazy("Only its members see it."),
    )
    employer_domains = forms.CharField(
        label=gettext_lazy("Mail domains of the employer"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "One on each line, such as example.com. An address there cannot be used for an account: "
            "the employer could read what arrives."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "dir": "ltr"}),
    )

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of the workplace"),
        required=False,
        initial="UTC",
        choices=zones.choices,
        help_text=gettext_lazy(
            "Weeks of figures, and the days of mails, begin at midnight there; the last day to sign ends then."
        ),
        widget=forms.Select(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, own_address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_address = own_address
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
        field.choices = zones.choices(str(self.initial.get("time_zone", "UTC")))

    def clean_employer_domains(self) -> list[str]:
        """Lower-case domains. Raises ValidationError for one at which one's own account has its address."""
        domains = read_domains(self.cleaned_data["employer_domains"])
        if self.own_address and is_at(self.own_address, domains):
            raise ValidationError(
                _(
                    "The address of your own account is at one of these domains: the employer could read what is "
                    "mailed there, and so take the account over. Change or remove it first, under Account."
                )
            )
        return domains

    def clean_time_zone(self) -> str:
        """As chosen, or as it was."""
        chosen: str = self.cleaned_data["time_zone"]
        return chosen or str(self.initial.get("time_zone", "UTC"))


class InvitationForm(forms.Form):
    """The role that a one-time link gives."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        choices=[
            (Role.DRAFTER, gettext_lazy("Drafter: writes the text, never sees a count")),
            (Role.ORGANIZER, gettext_lazy("Organizer: does everything, and lets others in")),
            (
                Role.REPRESENTATIVE,
                gettext_lazy("Union representative: sees counts, never a name"),
            ),
            (
                Role.LEAD,
                gettext_lazy(
                    "Lead representative: sees the counts of all units and who read them, never a name"
                ),
            ),
        ],
    )


class NewPetitionForm(forms.Form):
    """The language that a petition is first written in."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language to begin with"),
        choices=[(code, language(code).name) for code in LANGUAGES],
        help_text=gettext_lazy("You can add others later."),
    )


class FreezeForm(forms.Form):
    """The last day of signing, and a word of having read everything."""

    closes_on = forms.DateField(
        label=gettext_lazy("Last day to sign"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    understood = forms.BooleanField(
        label=gettext_lazy("We have read the text in every language, and will not change it."),
        error_messages={"required": gettext_lazy("Read the text first, then tick this box.")},
    )

    def __init__(self, *args: Any, today: date, time_zone: str, **kwargs: Any) -> None:
        """`today` is the day in `time_zone`, an IANA name."""
        super().__init__(*args, **kwargs)
        self.today, self.time_zone = today, time_zone
        self.fields["closes_on"].help_text = _(
            "One can sign until the end of this day (%(zone)s; the campaign’s settings say where)."
        ) % {"zone": zone_words(time_zone)}

    def clean_closes_on(self) -> date:
        """Tomorrow at the earliest, in a year at the latest."""
        day: date = self.cleaned_data["closes_on"]
        if not self.today < day <= self.today + LONGEST:
            raise ValidationError(_("Choose a day from tomorrow on, at most a year ahead."))
        return day

    def closes(self) -> datetime:
        """The end of the last day, where the campaign is."""
        return end_of(self.cleaned_data["closes_on"], self.time_zone)


class CodesForm(forms.Form):
    """A batch of paper codes."""

    label = forms.CharField(
        label=gettext_lazy("Where these go"),
        max_length=80,
        help_text=gettext_lazy(
            "A place or an occasion, such as “canteen, north door”. Never who hands them out."
        ),
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST_CODES,
        initial=24,
        help_text=gettext_lazy("Small batches are better: a lost one is revoked as a whole."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the slips"))

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
        field.choices = [(code, language(code).name) for code in languages]
