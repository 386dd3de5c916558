"""Figures of the weeks that are over, by beat."""

from celery import shared_task
from django.utils import timezone

from organizing.tracking import releasing, services


@shared_task(name="tracking.release_due")
def release_due() -> None:
    """Releases what is due. Two at once wait for each other and find nothing left."""
    now = timezone.now()
    services.add_petition_acts(now=now)
    for act_id in releasing.acts_due(now):
        releasing.release_weeks(act_id=act_id, now=now)
