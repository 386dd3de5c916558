"""The log of reads for the committee, and who sees which units."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import Role, campaign_for, membership_for
from organizing.accounts.models import Membership
from organizing.accounts.views import signed_in
from organizing.errors import WrongState
from organizing.oversight import access, presenting, scopes, selectors, services
from organizing.oversight.forms import UnitsForm, monday_asked
from organizing.units.selectors import UnitTree, tree


def _today() -> date:
    return timezone.now().date()


@require_safe
def reads(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Who read which report in one week, and what the committee should look at."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, access.COMMITTEE)
    today = _today()
    monday = monday_asked(request.GET, today)
    week = presenting.week(campaign, monday, today)
    context = {
        **presenting.around(user, campaign),
        "lines": selectors.read_log(campaign, monday),
        "alerts": selectors.open_alerts(campaign),
        # Whoever took an account over cannot wave the alert about it through.
        "not_by": user.username if access.has_others(user, campaign) else "",
        "week": week,
        "weeks": None if week.later else presenting.weeks(campaign, today),
        "limits": presenting.limits(campaign),
    }
    return render(request, "oversight/reads.html", context)


@require_POST
def settle(request: HttpRequest, campaign_id: UUID, alert_id: UUID) -> HttpResponse:
    """Takes an alert off the list."""
    alert = access.alert_for(signed_in(request), campaign_id, alert_id)
    services.settle_alert(alert=alert)
    messages.success(request, _("The alert is settled. What was read stays in the log."))
    return redirect("oversight-reads", campaign_id)


@require_safe
def mine(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Which units whoever is signed in sees here."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, access.COUNTERS)
    units, sees = tree(campaign.id, _today()), access.scope_for(user, campaign)
    context = {
        **presenting.around(user, campaign),
        "sees_all": sees is None,
        "given": selectors.given(access.seat_for(user, campaign), units),
        "visible": selectors.visible(sees, units),
    }
    return render(request, "oversight/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: HttpRequest, campaign_id: UUID, membership_id: int) -> HttpResponse:
    """Gives units to a representative, or takes them back at once."""
    membership = membership_for(signed_in(request), campaign_id, membership_id)
    if membership.role != Role.REPRESENTATIVE:
        raise WrongState
    units = tree(membership.campaign_id, _today())
    # Nothing ticked is an answer, too.
    typed = request.POST if request.method == "POST" else None
    form = UnitsForm(typed, units=units.by_id)
    if form.is_valid():
        scopes.give_units(membership=membership, units=form.ids())
        name = membership.user.username
        messages.success(request, _("Saved. %(name)s sees these units now.") % {"name": name})
        return redirect("oversight-scope", campaign_id, membership_id)
    return _scope(request, membership, units)


def _scope(request: HttpRequest, membership: Membership, units: UnitTree) -> HttpResponse:
    asked = request.GET.get("q", "")
    given = selectors.given(membership, units)
    context = {
        **presenting.around(signed_in(request), membership.campaign),
        "membership": membership,
        "given": given,
        "asked": asked,
        "found": presenting.search(units, asked, {unit.id for unit in given}),
        "many": len(units.nodes) > presenting.MOST_FOUND,
    }
    return render(request, "oversight/scope.html", context)
