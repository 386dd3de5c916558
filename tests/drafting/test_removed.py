"""Whoever is removed from the campaign does not come back by a link that they made before."""

from __future__ import annotations

import pytest

from organizing.accounts import services as accounts
from organizing.accounts.models import Membership, Role
from organizing.drafting import access, inviting
from organizing.drafting.models import CoDrafter, Part
from organizing.errors import NotFound
from tests import factories
from tests.drafting.cast import TODAY, WANTED, Table, person

pytestmark = pytest.mark.django_db


def test_no_link_of_the_campaign_outlives_a_member_who_is_removed() -> None:
    table = Table.laid()
    campaign, mole = table.petition.campaign, person("Mole")
    membership = Membership.objects.create(campaign=campaign, user=mole, role=Role.DRAFTER)
    seat = access.seat_for(mole, table.petition.id)
    link = inviting.invite(seat=seat, part=Part.EDIT, note="", today=TODAY)
    letter = accounts.invite(campaign=campaign, role=Role.ORGANIZER, today=TODAY)
    elsewhere = factories.draft(WANTED)
    kept = accounts.invite(campaign=elsewhere.campaign, role=Role.DRAFTER, today=TODAY)
    accounts.remove_member(membership=membership)
    with pytest.raises(NotFound):
        inviting.accept(user=mole, token=link, today=TODAY)
    with pytest.raises(NotFound):
        accounts.accept_invitation(user=mole, token=letter, today=TODAY)
    assert not CoDrafter.objects.filter(user=mole).exists()
    assert accounts.accept_invitation(user=mole, token=kept, today=TODAY) == elsewhere.campaign
