"""Releasing a band: by an organizer, by hand, after reading what it tells an employer."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from organizing.accounts.views import signed_in
from organizing.petitions.access import petition_for
from organizing.petitions.selectors import PUBLIC
from organizing.publishing import desk, milestones, sentences
from organizing.publishing.access import PUBLISHERS
from organizing.publishing.context import around
from organizing.publishing.milestones import Releasing


class ReleaseForm(forms.Form):
    """One of the bands that can be released, and a word of having read what it tells."""

    offer = forms.ChoiceField(
        label=gettext_lazy("What everybody may read from today on"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    understood = forms.BooleanField(
        label=gettext_lazy("We have talked about it, and know that it cannot be taken back."),
        error_messages={"required": gettext_lazy("Talk about it first, then tick this box.")},
    )

    def __init__(self, *args: object, found: Releasing, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.offers = {offer.name: offer for offer in found.offers}
        field = self.fields["offer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
        field.choices = [(name, sentences.named_band(name)) for name in self.offers]


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """What can be released, and since when; and the button that does it."""
    petition = petition_for(signed_in(request), petition_id, PUBLISHERS)
    now = timezone.now()
    found = milestones.releasing(petition, now)
    form = ReleaseForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        offer = form.offers[form.cleaned_data["offer"]]
        milestones.release(petition=petition, offer=offer, now=now)
        messages.success(request, _("Released. Everybody can read it within a second or two."))
        return redirect("workspace-news", petition_id)
    context = {
        **around(petition),
        "form": form,
        "can": petition.state in PUBLIC and bool(found.offers) and not found.not_before,
        "is_public": petition.state in PUBLIC,
        "found": found,
        "bands": desk.bands_with_days(petition),
    }
    status = 400 if form.errors else 200
    return render(request, "publishing/release.html", context, status=status)
