"""The only door to a contact to make."""

from datetime import date
from uuid import UUID

from organizing.accounts.access import Campaign, User, campaign_for
from organizing.errors import NotFound
from organizing.outreach.models import Contact
from organizing.oversight.access import COUNTERS, scope_for
from organizing.oversight.selectors import is_under
from organizing.units.selectors import UnitTree, tree


def contact_for(user: User, campaign_id: UUID, contact_id: UUID, today: date) -> Contact:
    """A contact at a unit that the user sees. Raises NotFound or Forbidden."""
    campaign = campaign_for(user, campaign_id, COUNTERS)
    found = Contact.objects.filter(id=contact_id, campaign=campaign).first()
    if found is None or not sees(user, campaign, found.unit_id, tree(campaign.id, today)):
        raise NotFound
    return found


def sees(user: User, campaign: Campaign, unit_id: UUID, units: UnitTree) -> bool:
    """Whether a member sees a unit that there is. Raises NotFound or Forbidden for who sees no counts."""
    scope, node = scope_for(user, campaign), units.by_id.get(unit_id)
    if node is None:
        # Merged or split since: whoever sees everything still finds what was noted there.
        return scope is None
    return scope is None or is_under(node, scope, units)
