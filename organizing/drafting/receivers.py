"""What ends with a membership: the links to drafts, since nobody knows which of them the one who left had made."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from organizing.accounts.models import Membership
from organizing.drafting.models import DraftInvitation


@receiver(post_delete, sender=Membership)
def end_links(instance: Membership, **_signal: Any) -> None:
    """Makes every open link to a draft of the campaign worthless: else whoever was removed came back by one."""
    DraftInvitation.objects.filter(petition__campaign_id=instance.campaign_id).delete()
