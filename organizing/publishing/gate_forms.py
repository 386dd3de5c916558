"""What opens a petition, as organizers set it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.petitions.models import Petition

MOST = 100_000


class GateForm(forms.Form):
    """How many first signatures, of which class, and who opens then."""

    number = forms.IntegerField(label=gettext_lazy("First signatures needed"), max_value=MOST)
    independent_only = forms.BooleanField(
        label=gettext_lazy("Count only proofs that the employer can neither see nor fake"),
        required=False,
        help_text=gettext_lazy(
            "Whoever controls the mailboxes could otherwise open the petition before enough "
            "co-workers stand behind it."
        ),
    )
    opens_itself = forms.ChoiceField(
        label=gettext_lazy("Who opens it"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("An organizer, once enough have signed")),
            ("yes", gettext_lazy("Nobody: it opens by itself after the batch that brings enough")),
        ],
    )
    for_later = forms.BooleanField(
        label=gettext_lazy("The same for petitions that are begun later in this campaign"),
        required=False,
    )

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "number": petition.first_signers,
            "independent_only": petition.first_independent,
            "opens_itself": "yes" if petition.opens_itself else "",
        }
        super().__init__(*args, **kwargs)
        self._at_least(petition.k)
        self.first_independent = petition.first_independent
        if not petition.mailbox:
            # There is one class alone: nothing to choose.
            del self.fields["independent_only"]

    def _at_least(self, k: int) -> None:
        field = forms.IntegerField(
            label=gettext_lazy("First signatures needed"),
            min_value=k,
            max_value=MOST,
            help_text=_(
                "At least %(k)s, since no batch is smaller. It cannot be changed once the petition "
                "is frozen."
            )
            % {"k": k},
        )
        self.fields["number"] = field

    def values(self) -> dict[str, Any]:
        """What was chosen, for the service."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "independent_only": data.get("independent_only", self.first_independent),
            "opens_itself": data["opens_itself"] == "yes",
            "for_later": data["for_later"],
        }
