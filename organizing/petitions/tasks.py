"""Freezing and closing, in the background."""

from contextlib import ExitStack
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from organizing.petitions import ending, freezing
from organizing.petitions.models import Petition, State


@shared_task(name="petitions.freeze")
def freeze(petition_id: str) -> None:
    """Makes keys and manifest of one petition."""
    freezing.freeze(petition_id=UUID(petition_id))


@shared_task(name="petitions.resume_freezing")
def resume_freezing() -> None:
    """Takes up what a killed worker left behind: the broker is not the record.

    One that fails keeps no other one waiting: its error is raised at the end.
    """
    left = Petition.objects.filter(state=State.FREEZING).values_list("id", flat=True)
    with ExitStack() as every:
        for petition_id in left:
            every.callback(freezing.freeze, petition_id=petition_id)


@shared_task(name="petitions.close_due")
def close_due() -> None:
    """Closes petitions whose time is over."""
    ending.close_due(now=timezone.now())
