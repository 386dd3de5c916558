"""Batches, by beat."""

from celery import shared_task
from django.utils import timezone

from organizing.signing import batches
from organizing.signing.log_truncation import truncate_at_every_look


@shared_task(name="signing.flush_due")
def flush_due() -> None:
    """Flushes what is due. Two at once wait for each other's locks and find nothing left."""
    batches.flush_due(now=timezone.now())
    # At every look: a reader may have been in the way when the last batch was done.
    truncate_at_every_look()
