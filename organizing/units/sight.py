"""How far a member sees into the tree of a campaign. What lies outside is, to them, not there."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from organizing.accounts.access import Campaign, User
from organizing.errors import NotFound
from organizing.units import selectors
from organizing.units.access import scope_for
from organizing.units.trees import Scope, UnitTree, narrowed


@dataclass(frozen=True)
class Sight:
    """`scope`: units with all under them; None for all. `on`: the day that the head-counts tell."""

    campaign: Campaign
    on: date
    scope: Scope

    @cached_property
    def tree(self) -> UnitTree:
        """The units that are seen; read once, and only where somebody asks."""
        return narrowed(selectors.tree(self.campaign.id, self.on), self.scope)

    @property
    def only(self) -> list[UUID] | None:
        """Their ids; None for all units, also those that are gone."""
        return None if self.scope is None else list(self.tree.by_id)

    def require(self, unit_id: UUID) -> None:
        """Raises NotFound for a unit that is not seen, as for one that there never was."""
        if self.scope is not None and unit_id not in self.tree.by_id:
            raise NotFound


def sight_of(user: User, campaign: Campaign, on: date) -> Sight:
    """Raises NotFound for a stranger, Forbidden for a member who sees no counts."""
    return Sight(campaign, on, scope_for(user, campaign))
