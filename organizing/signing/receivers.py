"""What signing does when a petition is frozen."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from organizing.crypto import manifests
from organizing.petitions.models import Petition
from organizing.petitions.signals import frozen
from organizing.signing import epochs


@receiver(frozen)
def open_epochs(petition: Petition, **_signal: Any) -> None:
    """Opens every class: made by its first signature, an epoch would tell anybody by the clock that there is one."""
    manifest = manifests.read(bytes(petition.manifest or b""))
    for proof_class in sorted(manifest.issuers):
        epochs.open_first(
            petition_id=petition.id,
            proof_class=proof_class,
            seconds=manifest.epoch_seconds,
            now=petition.opens_at or timezone.now(),
        )
