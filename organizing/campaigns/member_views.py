"""The members of a campaign: letting in, removing, vouching."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts import selectors, services
from organizing.accounts.access import campaign_for, membership_for
from organizing.accounts.models import Role
from organizing.accounts.views import signed_in
from organizing.campaigns import access
from organizing.campaigns.context import around_campaign
from organizing.campaigns.forms import InvitationForm
from organizing.oversight import selectors as oversight


@require_safe
def members(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Who is in the campaign, the invitations that are open, and the log of recoveries."""
    return _members(request, campaign_id, InvitationForm())


def _members(
    request: HttpRequest, campaign_id: UUID, form: InvitationForm, status: int = 200
) -> HttpResponse:
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, access.ORGANIZERS)
    units = oversight.scoped(campaign)
    context = {
        **around_campaign(user, campaign),
        "form": form,
        "members": [(member, units.get(member.id)) for member in selectors.members(campaign)],
        "invitations": selectors.open_invitations(campaign, timezone.now().date()),
        "vouches": selectors.vouches(campaign),
    }
    return render(request, "campaigns/members.html", context, status=status)


@require_POST
def invite(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Makes a one-time link, and shows it once."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, access.ORGANIZERS)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _members(request, campaign_id, form, 400)
    role = Role(form.cleaned_data["role"])
    token = services.invite(campaign=campaign, role=role, today=timezone.now().date())
    link = settings.SITE_ORIGIN + reverse("workspace-join", args=[token])
    context = {**around_campaign(user, campaign), "link": link, "invited_role": role}
    return render(request, "campaigns/invited.html", context)


@require_POST
def withdraw_invitations(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Makes every open invitation worthless."""
    campaign = campaign_for(signed_in(request), campaign_id, access.ORGANIZERS)
    services.withdraw_invitations(campaign=campaign)
    messages.success(request, _("No invitation can be used any more."))
    return redirect("workspace-members", campaign.id)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, campaign_id: UUID, membership_id: int) -> HttpResponse:
    """Takes a member out of the campaign, after asking."""
    user = signed_in(request)
    membership = membership_for(user, campaign_id, membership_id)
    if request.method == "POST":
        services.remove_member(membership=membership)
        messages.success(
            request, _("%(name)s is out of the campaign.") % {"name": membership.user.username}
        )
        left = membership.user_id == user.pk
        return redirect("workspace") if left else redirect("workspace-members", campaign_id)
    context = {**around_campaign(user, membership.campaign), "membership": membership}
    return render(request, "campaigns/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: HttpRequest, campaign_id: UUID, membership_id: int) -> HttpResponse:
    """Makes a one-time link by which a member sets a new second factor, and shows it once."""
    user = signed_in(request)
    membership = membership_for(user, campaign_id, membership_id)
    context = {**around_campaign(user, membership.campaign), "membership": membership}
    if request.method == "POST":
        token = services.vouch_for(membership=membership, by=user, today=timezone.now().date())
        context["link"] = settings.SITE_ORIGIN + reverse("account_recover", args=[token])
    return render(request, "campaigns/vouch.html", context)
