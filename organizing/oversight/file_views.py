"""The tree taken out as a file. It stands here, and not with the units, because that is noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.oversight.services import record_read
from organizing.units import files, filing
from organizing.units.access import campaign_to_read
from organizing.units.sight import sight_of


@require_safe
def units(request: HttpRequest, campaign_id: UUID, file_format: str) -> HttpResponse:
    """The tree as far as it is seen, with today's head-counts, as it can be read back. Raises Throttled."""
    user, now = signed_in(request), timezone.now()
    campaign = campaign_to_read(user, campaign_id)
    filing.check_kind(file_format)
    tree = sight_of(user, campaign, day_in(campaign, now)).tree
    seen = len(tree.nodes)
    record_read(user=user, campaign=campaign, report="units-file", units=seen, now=now)
    return filing.as_file(files.rows_of(tree), file_format, "units")
