"""Retention runs by itself, and so does the shortening of the database's log."""

from celery import shared_task
from django.utils import timezone

from organizing.safety import commit_times, retention


@shared_task(name="safety.apply_retention")
def apply_retention() -> None:
    """Applies every registered rule."""
    retention.apply_all(now=timezone.now())


@shared_task(name="safety.forget_commits")
def forget_commits() -> None:
    """Shortens the database's log, where the site may; where not, the start has said so."""
    commit_times.forget()
