"""The only door to a draft, and to what belongs to it."""

from dataclasses import dataclass
from uuid import UUID

from organizing.accounts.access import Role, User, role_in
from organizing.drafting.models import CoDrafter, Comment, DraftInvitation, Part, Suggestion
from organizing.errors import Forbidden, NotFound
from organizing.petitions.models import Petition

_RANKS = {Part.COMMENT: 1, Part.SUGGEST: 2, Part.EDIT: 3}
_WRITERS = (Role.ORGANIZER, Role.DRAFTER)
# These see more than texts elsewhere, so they come in by the workspace's door.
_WITH_SECOND_FACTOR = (Role.ORGANIZER, Role.REPRESENTATIVE, Role.LEAD)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a draft, and what they may do there."""

    user: User
    petition: Petition
    part: Part
    organizes: bool
    is_member: bool

    def may(self, part: Part) -> bool:
        """Whether this part, or more, is theirs."""
        return _RANKS[self.part] >= _RANKS[part]

    @property
    def may_edit(self) -> bool:
        """Whether they may save a version."""
        return self.may(Part.EDIT)

    @property
    def may_suggest(self) -> bool:
        """Whether they may suggest a change."""
        return self.may(Part.SUGGEST)


def seat_for(user: User, petition_id: UUID, part: Part = Part.COMMENT) -> Seat:
    """The seat of a member who writes, or of a co-drafter. Raises NotFound for everybody else, Forbidden
    for one whose part is smaller, and for a union representative.
    """
    petition = Petition.objects.select_related("campaign").filter(id=petition_id).first()
    if petition is None:
        raise NotFound
    seat = _member_seat(user, petition) or _co_drafter_seat(user, petition)
    if seat is None:
        raise Forbidden if role_in(user, petition.campaign) else NotFound
    if not seat.may(part):
        raise Forbidden
    return seat


def _member_seat(user: User, petition: Petition) -> Seat | None:
    role = role_in(user, petition.campaign)
    if role not in _WRITERS:
        return None
    return Seat(user, petition, Part.EDIT, role == Role.ORGANIZER, is_member=True)


def _co_drafter_seat(user: User, petition: Petition) -> Seat | None:
    row = CoDrafter.objects.filter(petition=petition, user=user).first()
    if row is None:
        return None
    return Seat(user, petition, Part(row.part), organizes=False, is_member=False)


def organizer_seat(user: User, petition_id: UUID) -> Seat:
    """The same for an organizer of its campaign alone. Raises NotFound or Forbidden."""
    seat = seat_for(user, petition_id)
    if not seat.organizes:
        raise Forbidden
    return seat


def needs_second_factor(user: User, petition_id: UUID) -> bool:
    """Whether this user comes to this petition with more rights than to write."""
    petition = Petition.objects.select_related("campaign").filter(id=petition_id).first()
    return petition is not None and role_in(user, petition.campaign) in _WITH_SECOND_FACTOR


def suggestion_for(seat: Seat, suggestion_id: UUID) -> Suggestion:
    """A suggestion to this petition. Raises NotFound."""
    found = Suggestion.objects.filter(petition=seat.petition, id=suggestion_id).first()
    if found is None:
        raise NotFound
    return found


def comment_for(seat: Seat, comment_id: UUID) -> Comment:
    """A comment on this petition. Raises NotFound."""
    found = Comment.objects.filter(petition=seat.petition, id=comment_id).first()
    if found is None:
        raise NotFound
    return found


def co_drafter_for(seat: Seat, co_drafter_id: UUID) -> CoDrafter:
    """A co-drafter of this petition. Raises NotFound."""
    rows = CoDrafter.objects.select_related("user")
    found = rows.filter(petition=seat.petition, id=co_drafter_id).first()
    if found is None:
        raise NotFound
    return found


def invitation_for(seat: Seat, invitation_id: UUID) -> DraftInvitation:
    """A link to this draft that was not used yet. Raises NotFound."""
    found = DraftInvitation.objects.filter(petition=seat.petition, id=invitation_id).first()
    if found is None:
        raise NotFound
    return found
