"""The only door to a unit, to its history, and to a file that was read; and how far somebody sees."""

from uuid import UUID

from organizing.accounts.access import Campaign, Role, User, campaign_for, require_role
from organizing.errors import NotFound
from organizing.units.models import ImportDraft, Unit, UnitScope
from organizing.units.trees import Scope

# Who may change units sees all of them.
EDITORS = (Role.ORGANIZER, Role.LEAD)
# A drafter never sees how many people work where.
READERS = (Role.ORGANIZER, Role.LEAD, Role.REPRESENTATIVE)


def campaign_to_read(user: User, campaign_id: UUID) -> Campaign:
    """The campaign, for whoever may read its units. Raises NotFound or Forbidden."""
    return campaign_for(user, campaign_id, READERS)


def campaign_to_edit(user: User, campaign_id: UUID) -> Campaign:
    """The same, for whoever may change them."""
    return campaign_for(user, campaign_id, EDITORS)


def scope_for(user: User, campaign: Campaign) -> Scope:
    """The units that this account sees, each with all under it; None for all units.

    Raises NotFound for a stranger, Forbidden for a member who sees no counts.
    """
    if require_role(user, campaign, READERS) in EDITORS:
        return None
    rows = UnitScope.objects.filter(membership__user=user, membership__campaign=campaign)
    return frozenset(rows.values_list("unit_id", flat=True))


def unit_in(campaign: Campaign, unit_id: UUID) -> Unit:
    """A unit of this campaign, also one that is gone. Raises NotFound."""
    found = Unit.objects.filter(campaign=campaign, id=unit_id).first()
    if found is None:
        raise NotFound
    return found


def import_in(campaign: Campaign, draft_id: UUID) -> ImportDraft:
    """A file that was read and not taken over yet. Raises NotFound."""
    found = ImportDraft.objects.filter(campaign=campaign, id=draft_id).first()
    if found is None:
        raise NotFound
    return found
