"""The only door to a post for somebody with an account."""

from uuid import UUID

from organizing.accounts.access import Role, User
from organizing.errors import NotFound
from organizing.petitions.access import petition_for
from organizing.publishing.models import Post

WRITERS = (Role.ORGANIZER, Role.DRAFTER)
PUBLISHERS = (Role.ORGANIZER,)


def post_for(
    user: User, petition_id: UUID, post_id: UUID, roles: tuple[Role, ...] = WRITERS
) -> Post:
    """A post about a petition, for those who write. Raises NotFound for a stranger, Forbidden for another role."""
    petition = petition_for(user, petition_id, roles)
    found = Post.objects.filter(id=post_id, petition=petition).first()
    if found is None:
        raise NotFound
    found.petition = petition
    return found
