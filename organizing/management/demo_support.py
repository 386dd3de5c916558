"""What a union representative of the demo finds: cards counted week by week, target lines, and contacts to make."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from organizing.accounts.models import Campaign, Membership
from organizing.management import demo_paper
from organizing.management.demo_paper import FRIDAY, Staff
from organizing.outreach import services as outreach
from organizing.outreach.models import Contact
from organizing.petitions.weeks import WEEK
from organizing.tracking import releasing, services
from organizing.tracking.models import Act, Kind
from organizing.tracking.presets import PRESETS
from organizing.units.models import Unit

CARDS = Path(__file__).with_name("demo_cards.csv")
NAME = "Cards, autumn"
# By the code of a unit: what is to be done there, and how many days ago somebody noted it, and did it.
CONTACTS = (
    ("NTH-B", "bring cards to the canteen when the shifts change", 9, None),
    ("NTH-A", "find out why nothing has come from the third floor", 4, None),
    ("MPK-60", "put leaflets at both entrances", 16, 6),
)
# Typed on Friday, and nobody has counted it again: for whoever tries the demo.
WAITING = ("MPK-60", 12)
_LATER = FRIDAY + timedelta(hours=16)
_MORNING = timedelta(hours=8)


@transaction.atomic
def collect(campaign: Campaign, starts: list[datetime], staff: Staff) -> None:
    """Everything of it, up to the last of the weeks that begin at `starts`. Does nothing where it is."""
    if Act.objects.filter(campaign=campaign, kind=Kind.CARD).exists():
        return
    for name in PRESETS:
        services.add_preset(campaign=campaign, name=name)
    weeks = demo_paper.weeks_of(CARDS)
    # They began a week before the petition.
    starts = [starts[0] - WEEK, *starts][-len(weeks) :]
    act = services.add_act(campaign=campaign, kind=Kind.CARD, day=starts[0].date(), name=NAME)
    for start, counts in zip(starts, weeks, strict=True):
        demo_paper.type_week(act, counts, staff, start + _LATER)
        releasing.release_weeks(act_id=act.id, now=start + WEEK + _MORNING)
    _leave_waiting(act, staff, starts[-1] + _LATER)
    _note_contacts(campaign, staff, starts[-1] + WEEK)


def _leave_waiting(act: Act, staff: Staff, now: datetime) -> None:
    code, count = WAITING
    unit = Unit.objects.get(campaign=act.campaign, code=code)
    services.type_paper(act=act, unit=unit, count=count, day=now.date(), user=staff.organizer)


def _note_contacts(campaign: Campaign, staff: Staff, now: datetime) -> None:
    seat = Membership.objects.get(campaign=campaign, user=staff.representative)
    for code, text, noted, done in CONTACTS:
        made = outreach.note_contact(
            campaign=campaign,
            unit_id=Unit.objects.get(campaign=campaign, code=code).id,
            text=text,
            by=staff.lead.username,
            assigned=seat,
            today=now.date() - timedelta(days=noted),
        )
        if done is not None:
            contact = Contact.objects.get(id=made)
            outreach.tick_contact(contact=contact, done_on=now.date() - timedelta(days=done))
