"""One actor for each way to stand before a door, and the objects behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from organizing.accounts.models import Campaign, Invitation, Membership, Role
from organizing.api.models import ApiToken
from organizing.campaigns import services
from organizing.drafting import comments, inviting, suggestions
from organizing.drafting.comments import Words
from organizing.drafting.models import CoDrafter, DraftInvitation, Part
from organizing.eligibility.models import CodeBatch
from organizing.oversight.models import AlertKind, ReadAlert
from organizing.petitions.models import Petition
from organizing.petitions.selectors import published
from organizing.safety import onetime
from organizing.tracking.models import Act
from organizing.tracking.services import act_of_petition
from organizing.units.models import Unit
from tests import factories
from tests.accounts.people import enter, join, make_person, member
from tests.api.cast import token_of
from tests.drafting.cast import TODAY, Table
from tests.outreach.cast import contact_at
from tests.oversight.cast import give, unit
from tests.publishing.telling import Desk
from tests.tracking.cast import paper_and_line
from tests.units.trees import file_for

ORGANIZER, DRAFTER = "organizer", "drafter"
REPRESENTATIVE, LEAD = "representative", "lead representative"
ELSEWHERE, NOWHERE = "member of another campaign", "member of none"
NO_FACTOR, NOBODY = "without a second factor", "nobody"
ACTORS = (ORGANIZER, REPRESENTATIVE, LEAD, DRAFTER, ELSEWHERE, NOWHERE, NO_FACTOR, NOBODY)
TOKEN = "a-token-of-good-links"


@dataclass(frozen=True)
class Scene:
    """A campaign with a draft and a frozen petition, and what an address can name."""

    campaign: Campaign
    draft: Petition
    frozen: Petition
    batch: CodeBatch
    seat: Membership
    alert: ReadAlert
    contact: UUID
    unit: Unit
    act: Act
    access_token: ApiToken
    talk: dict[str, UUID]

    def arguments(self, names: frozenset[str], petition: Petition) -> dict[str, Any]:
        """Values for the parts of an address."""
        known: dict[str, Any] = {
            "campaign_id": self.campaign.id,
            "petition_id": petition.id,
            "membership_id": self.seat.id,
            "alert_id": self.alert.id,
            "contact_id": self.contact,
            "unit_id": self.unit.id,
            "act_id": self.act.id,
            "token_id": self.access_token.id,
            "rest": "2/elsewhere",
            "batch_id": self.batch.id,
            "pid": self.frozen.private_id,
            "language": "en",
            "token": TOKEN,
            "pk": 999_999,
            "uidb36": "1",
            "key": "not-a-key",
            "number": 1,
            "kind": "update",
            "file_format": "csv",
            **self.talk,
        }
        return {name: known[name] for name in names}


def set_scene() -> Scene:
    """Everything that a door could lead to. The seat is a member's who takes no other part."""
    campaign = factories.campaign()
    frozen = factories.frozen(of=campaign)
    services.make_codes(petition=frozen, label="canteen", size=5, today=timezone.now().date())
    bystander = make_person("Bystander", factor=False)
    draft = factories.draft(of=campaign)
    site = unit(campaign, "S6", "Site 6")
    seat = join(campaign, bystander, Role.DRAFTER)
    token_of(bystander.user, campaign)
    act = act_of_petition(petition=frozen, day=TODAY)
    talk = _talk(draft)
    _links(campaign, draft)
    return Scene(
        campaign=campaign,
        draft=draft,
        frozen=frozen,
        batch=CodeBatch.objects.get(),
        seat=seat,
        alert=ReadAlert.objects.create(
            campaign=campaign, user=bystander.user, day=TODAY, kind=AlertKind.BULK
        ),
        contact=contact_at(campaign, site, "talk to night shift"),
        unit=site,
        act=act,
        access_token=ApiToken.objects.get(membership=seat),
        talk={
            **talk,
            **paper_and_line(act, site, bystander.user),
            "post_id": Desk(published(frozen.private_id)).write().post.id,
            "import_id": file_for(campaign).id,
        },
    )


def _links(campaign: Campaign, draft: Petition) -> None:
    """One link into the campaign and one to the draft: those that lead nowhere say so before any door."""
    about = {
        "token_hash": onetime.token_hash(TOKEN),
        "expires_on": onetime.last_day(timezone.now().date()),
    }
    Invitation.objects.create(campaign=campaign, role=Role.DRAFTER, **about)
    DraftInvitation.objects.filter(petition=draft).update(**about)


def _talk(draft: Petition) -> dict[str, UUID]:
    """A comment, a suggestion, a co-drafter and a link of a draft."""
    table = Table(draft)
    seat, guest = table.drafter(), table.guest(Part.COMMENT)
    fields = table.fields(title="Suggested", addressee="Somebody else")
    inviting.invite(seat=seat, part=Part.EDIT, note="", today=TODAY)
    return {
        "comment_id": made(
            comments.comment(seat=seat, language="en", base=1, words=Words("Why?"), today=TODAY)
        ),
        "suggestion_id": made(
            suggestions.suggest(
                seat=seat, language="en", base=1, fields=fields, note="", today=TODAY
            )
        ),
        "co_drafter_id": CoDrafter.objects.get(user=guest.user).id,
        "invitation_id": DraftInvitation.objects.get().id,
    }


def made(identifier: UUID | None) -> UUID:
    """Of something that was made."""
    assert identifier is not None
    return identifier


def _member(role: Role) -> Callable[[Scene], Client]:
    return lambda scene: enter(member(scene.campaign, f"The {role}", role))


def _representative(scene: Scene) -> Client:
    """Sees the one unit that there is."""
    person = member(scene.campaign, "The representative", Role.REPRESENTATIVE)
    give(person.user, scene.campaign, Unit.objects.get(campaign=scene.campaign, code="S6"))
    return enter(person)


def _elsewhere(_scene: Scene) -> Client:
    other = factories.campaign()
    return enter(member(other, "Kite", Role.ORGANIZER))


def _no_factor(scene: Scene) -> Client:
    person = make_person("Wren", factor=False)
    join(scene.campaign, person, Role.ORGANIZER)
    return enter(person)


ENTER: dict[str, Callable[[Scene], Client]] = {
    ORGANIZER: _member(Role.ORGANIZER),
    REPRESENTATIVE: _representative,
    LEAD: _member(Role.LEAD),
    DRAFTER: _member(Role.DRAFTER),
    ELSEWHERE: _elsewhere,
    NOWHERE: lambda _scene: enter(make_person("Rook")),
    NO_FACTOR: _no_factor,
    NOBODY: lambda _scene: Client(),
}
MISSING = UUID(int=0)
