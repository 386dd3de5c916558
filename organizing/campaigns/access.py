"""The doors of the workspace: who may do what, and the objects that only it hands out."""

from uuid import UUID

from organizing.accounts.models import Role, User
from organizing.eligibility.models import CodeBatch
from organizing.errors import NotFound
from organizing.petitions.access import ANY_ROLE, petition_for

__all__ = ["ANY_ROLE", "COUNTERS", "ORGANIZERS", "WRITERS", "code_batch_for"]

ORGANIZERS = (Role.ORGANIZER,)
WRITERS = (Role.ORGANIZER, Role.DRAFTER)
# A drafter never sees a count.
COUNTERS = (Role.ORGANIZER, Role.REPRESENTATIVE, Role.LEAD)


def code_batch_for(user: User, petition_id: UUID, batch_id: UUID) -> CodeBatch:
    """A batch of paper codes, for an organizer. Raises NotFound or Forbidden."""
    petition = petition_for(user, petition_id, ORGANIZERS)
    found = CodeBatch.objects.filter(id=batch_id, petition=petition).first()
    if found is None:
        raise NotFound
    return found
