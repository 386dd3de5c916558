"""Figures of the weeks that are over, by beat."""

from contextlib import ExitStack

from celery import shared_task
from django.utils import timezone

from organizing.tracking import releasing, services


@shared_task(name="tracking.release_due")
def release_due() -> None:
    """Releases what is due. Two at once wait for each other and find nothing left."""
    now = timezone.now()
    # What is named last is done first, and the other one even where it fails.
    with ExitStack() as every:
        every.callback(releasing.release_due, now=now)
        every.callback(services.add_petition_acts, now=now)
