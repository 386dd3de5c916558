"""Counts as of the last batch: for organizers and representatives, and for nobody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizing.accounts.views import signed_in
from organizing.campaigns import access, picturing, selectors
from organizing.campaigns.context import around_petition
from organizing.counting import selectors as counting
from organizing.oversight.services import record_read
from organizing.petitions.access import petition_for


@require_safe
def counts(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Both classes apart, their history, and when the next batch is due."""
    user = signed_in(request)
    petition = petition_for(user, petition_id, access.COUNTERS)
    now = timezone.now()
    record_read(user=user, campaign=petition.campaign, report="counts", units=1, now=now)
    found = counting.counts(petition, now)
    around = around_petition(user, petition)
    context = {
        **around,
        "counts": found,
        "ring": picturing.ring(found),
        "points": picturing.points(found),
        "by_day": picturing.by_day(found),
        "days": selectors.mailbox_days(petition, now.date()) if around["may_organize"] else [],
    }
    return render(request, "campaigns/counts.html", context)
