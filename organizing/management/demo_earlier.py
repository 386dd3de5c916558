"""The demo's earlier petition: eight weeks of it, so that a report of support has something to say.

Nobody can wait eight weeks for a demonstration. So its co-workers sign by the services themselves, which take the
clock: each of these signatures was proven, blinded, sealed and counted like any other, and no figure is written here.
"""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from organizing.accounts.models import Campaign, User
from organizing.crypto import messages
from organizing.crypto.derivation import NO_UNIT
from organizing.crypto.encoding import b64u
from organizing.crypto.manifests import CLASS_A
from organizing.eligibility import services as eligibility
from organizing.management import coworkers, demo_units, simulation
from organizing.management.demo_paper import FRIDAY, Staff, type_week, weeks_of
from organizing.petitions import freezing, selectors, services
from organizing.petitions.models import Petition
from organizing.petitions.weeks import WEEK, monday
from organizing.publishing import gate
from organizing.signing import batches
from organizing.signing import services as signing
from organizing.tracking import releasing
from organizing.tracking.services import act_of_petition
from organizing.units.models import Unit

TEXTS = Path(__file__).with_name("demo_earlier.json")
# Who signs in which of the eight weeks, by the code of their unit; without one: they would rather not say.
SIGNERS = Path(__file__).with_name("demo_weeks.csv")
# The same of signatures on paper.
LISTS = Path(__file__).with_name("demo_lists.csv")
OPEN_FOR = timedelta(weeks=12)
NOON = timedelta(hours=12)
WEDNESDAY = timedelta(days=2) + NOON
MORNING = timedelta(hours=8)


class Past(simulation.Site):
    """A petition reached at another time: what would go over HTTP goes to the services, with that clock."""

    def __init__(self, petition: Petition, now: datetime) -> None:
        self.petition = selectors.publish(petition, petition.public_id)
        self.manifest, self.now = self.petition.manifest, now

    def post(self, action: str, body: bytes) -> dict[str, Any]:
        """What the views of `issue` and `send` answer."""
        if action == "issue":
            given = eligibility.issue_credential(
                petition=self.petition, request=messages.read_issue_request(body), now=self.now
            )
            attestation, blind = b64u(given.attestation), b64u(given.blind_signature)
            return {"attestation": attestation, "blind_signature": blind}
        sent = messages.read_send_request(body, self.manifest)
        held = signing.accept_signature(petition=self.petition, request=sent, now=self.now)
        return {"status": held.status, "version": held.version}


def mondays(campaign: Campaign, now: datetime) -> Iterator[datetime]:
    """The beginning of each of the last eight whole weeks, the oldest first."""
    this = monday(now, campaign.time_zone)
    for back in range(len(weeks_of(SIGNERS)), 0, -1):
        yield datetime.combine(this - WEEK * back, time(), now.tzinfo)


@transaction.atomic
def gather(latest: Petition, starts: list[datetime], staff: Staff) -> None:
    """Makes it, beside the demo's own petition, and releases its figures week by week.

    In one transaction: neither beat nor whoever looks meets a part of the weeks. Does nothing where there is one.
    """
    campaign = latest.campaign
    if Petition.objects.filter(campaign=campaign).exclude(id=latest.id).exists():
        return
    petition = _draft(latest, staff.organizer, starts[0])
    _freeze(petition, starts[0] + MORNING)
    act = act_of_petition(petition=petition, day=starts[0].date())
    weeks = zip(starts, weeks_of(SIGNERS), weeks_of(LISTS), strict=True)
    for start, wanted, on_paper in weeks:
        _sign(petition, wanted, start + WEDNESDAY)
        type_week(act, on_paper, staff, start + FRIDAY + NOON)
        if start == starts[0]:
            gate.open_if_reached(petition_id=petition.id, today=(start + WEDNESDAY).date())
            petition.refresh_from_db()
        releasing.release_weeks(act_id=act.id, now=start + WEEK + MORNING)


def _draft(latest: Petition, user: User, start: datetime) -> Petition:
    petition = services.create_petition(campaign=latest.campaign)
    for language, text in json.loads(TEXTS.read_text(encoding="utf-8")).items():
        content = services.TextContent(**text)
        services.save_text(petition_id=petition.id, language=language, content=content)
    # One key of the organizers opens the names of both.
    key = latest.audiences.get(slug=services.ORGANIZERS).public_key
    services.set_audience_key(
        petition_id=petition.id, slug=services.ORGANIZERS, public_key=bytes(key or b"")
    )
    demo_units.offer(petition, user, start.date())
    return petition


def _freeze(petition: Petition, now: datetime) -> None:
    services.approve(petition_id=petition.id)
    services.start_freezing(petition_id=petition.id, now=now, closes=now + OPEN_FOR)
    # Not by the queue: that would wait for the end of this transaction, and then find nothing to do.
    freezing.freeze(petition_id=petition.id)
    petition.refresh_from_db()


def _sign(petition: Petition, wanted: dict[str, int], now: datetime) -> None:
    """One week's signers, and the batch that counts them."""
    keys = dict(Unit.objects.filter(campaign=petition.campaign).values_list("code", "key"))
    units = [
        bytes(keys[code]) if code else NO_UNIT
        for code, number in wanted.items()
        for _ in range(number)
    ]
    label = f"Slips of simulated co-workers, {now:%d %B}"
    proofs = coworkers.paper_proofs(petition, len(units), label, now.date())
    site = Past(petition, now)
    for person, unit in zip(coworkers.cast(proofs, 0), units, strict=True):
        simulation.sign(site, person, unit)
    due = now + 2 * timedelta(seconds=petition.epoch_seconds)
    batches.flush(petition_id=petition.id, proof_class=CLASS_A, now=due)
