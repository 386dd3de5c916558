"""Opening, by beat."""

from celery import shared_task
from django.utils import timezone

from organizing.publishing import gate


@shared_task(name="publishing.open_due")
def open_due() -> None:
    """Opens petitions that open by themselves, after the batch in which enough first signatures came."""
    gate.open_due(today=timezone.now().date())
