"""Six weeks of a campaign inside the site: signatures that were never sent, and the Monday after.

Most of the 3,000 are generated: they stand in the tables to which batches write their counts, by unit and week, and
in no other. What is released of them, shown and mailed is the site's own doing, with the clock set to next Monday.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from celery import current_app
from django.db.models import F
from django.utils import timezone

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.outreach import posting
from organizing.oversight.scopes import give_units
from organizing.petitions import services
from organizing.petitions.models import Petition
from organizing.petitions.services import Proofs
from organizing.petitions.weeks import WEEK, monday
from organizing.signing.models import Batch, Tally, UnitStep, UnitTally
from organizing.tracking import releases, releasing
from organizing.tracking.models import Act
from organizing.tracking.services import act_of_petition
from organizing.units.models import Unit
from tests.journeys import preparing

PAPER_CODES = 1


def found_support(*, organizer: str, representative: str, password: str, k: int) -> dict[str, Any]:
    """A campaign without units, an approved petition that offers none, and two people with second factors."""
    campaign = preparing.make_campaign(k=k)
    petition, _seed = preparing.draft_petition(campaign)
    services.set_proofs(petition_id=petition.id, proofs=Proofs(mailbox=False, units=[]))
    preparing.give_key(petition=str(petition.id))
    people = {organizer: Role.ORGANIZER, representative: Role.REPRESENTATIVE}
    secrets = {name: _join(campaign, name, password, role) for name, role in people.items()}
    preparing.approve(petition, User.objects.get(username=organizer))
    return {"campaign": str(campaign.id), "petition": str(petition.id), "secrets": secrets}


def _join(campaign: Campaign, pseudonym: str, password: str, role: Role) -> str:
    user = User.objects.create_user(pseudonym, password)
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    Membership.objects.create(campaign=campaign, user=user, role=role)
    return secret


def give(*, campaign: str, pseudonym: str, codes: list[str]) -> None:
    """Gives units to a representative, as an organizer does on a page that has tests of its own."""
    seat = Membership.objects.get(campaign_id=campaign, user__username=pseudonym)
    units = Unit.objects.filter(campaign_id=campaign, code__in=codes)
    give_units(membership=seat, units=frozenset(units.values_list("id", flat=True)))


def generate(*, petition: str, weekly: dict[str, list[int]]) -> int:
    """What batches would have noted of each unit, by its code, in the weeks up to this one; how many in all."""
    found = Petition.objects.get(id=petition)
    keys = dict(Unit.objects.filter(campaign=found.campaign).values_list("code", "key"))
    this = monday(timezone.now(), found.campaign.time_zone)
    rows = [
        UnitStep(petition=found, unit=keys[code], week=this - WEEK * back, change=change)
        for code, changes in weekly.items()
        for back, change in zip(reversed(range(len(changes))), changes, strict=True)
    ]
    UnitStep.objects.bulk_create(rows)
    return sum(row.change for row in rows)


def count_generated(*, petition: str) -> None:
    """Adds them to the totals, too: one batch a week, and each unit's own."""
    found = Petition.objects.get(id=petition)
    tally = Tally.objects.get(petition=found, proof_class=PAPER_CODES)
    sums: dict[bytes, int] = {}
    for step in UnitStep.objects.filter(petition=found):
        sums[bytes(step.unit)] = sums.get(bytes(step.unit), 0) + step.change
    missing = sum(sums.values()) - tally.total
    Batch.objects.create(
        petition=found,
        proof_class=PAPER_CODES,
        number=tally.batches + 1,
        due_at=tally.due_at,
        added=missing,
        total=sum(sums.values()),
    )
    Tally.objects.filter(id=tally.id).update(total=F("total") + missing, batches=F("batches") + 1)
    for unit, total in sums.items():
        UnitTally.objects.update_or_create(
            petition=found, proof_class=PAPER_CODES, unit=unit, defaults={"total": total}
        )


def act_of(*, petition: str) -> str:
    """The petition's act, which beat would make within five minutes."""
    found = Petition.objects.get(id=petition)
    return str(act_of_petition(petition=found, day=timezone.now().date()).id)


def next_monday(*, campaign: str) -> None:
    """What beat does on Monday morning: figures of the week that is over are released, and the mail goes out."""
    found = Campaign.objects.get(id=campaign)
    day = monday(timezone.now(), found.time_zone) + WEEK
    now = datetime.combine(day, time(8), ZoneInfo(found.time_zone))
    # The coin that puts off one release in five would show another page each time.
    with mock.patch.object(releasing, "sometimes", releases.never):
        for act in Act.objects.filter(campaign=found):
            releasing.release_weeks(act_id=act.id, now=now)
    posting.prepare_digests(now=now)
    current_app.send_task("outreach.mail_due")
