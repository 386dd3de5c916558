"""Writes acts, target lines, and signatures on paper that two people have counted."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from organizing.accounts.access import Campaign, User
from organizing.errors import Refused, WrongState
from organizing.petitions.models import Petition
from organizing.petitions.selectors import READABLE
from organizing.petitions.weeks import WEEK, monday
from organizing.tracking import boxes, releasing
from organizing.tracking.models import Act, Kind, PaperEntry, TargetLine
from organizing.tracking.presets import PRESETS
from organizing.units.models import Unit

MOST_LINES = 8
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class LineContent:
    """A target line of the campaign's own: a share in per cent, what it means, who says so, as of when."""

    share: int
    label: str
    source: str
    source_day: date | None


class NotTheSame(Refused):
    """The second person counted another number than the first. `gone`: too often, so that both count anew."""

    def __init__(self, *, gone: bool) -> None:
        super().__init__()
        self.gone = gone


@transaction.atomic
def add_act(*, campaign: Campaign, kind: Kind, day: date, name: str) -> Act:
    """A structure test without a petition of this site."""
    act = Act(campaign=campaign, kind=kind, day=day)
    boxes.fill(act, {"name": name})
    act.save()
    return act


@transaction.atomic
def act_of_petition(*, petition: Petition, day: date) -> Act:
    """The act of a petition, made where there is none."""
    found, _made = Act.objects.get_or_create(
        petition=petition,
        defaults={"campaign": petition.campaign, "kind": Kind.PETITION, "day": day},
    )
    return found


def add_petition_acts(*, now: datetime) -> None:
    """Every petition that can be signed is an act of its campaign. One that fails keeps no other one waiting."""
    missing = Petition.objects.filter(state__in=READABLE, act=None).select_related("campaign")
    with ExitStack() as every:
        for petition in missing.order_by("id"):
            every.callback(act_of_petition, petition=petition, day=now.date())


@transaction.atomic
def rename_act(*, act: Act, name: str, day: date) -> None:
    """Another name or day. Weeks that were released stay as they are."""
    boxes.fill(act, {"name": name})
    act.day = day
    act.save(update_fields=["sealed", "day"])


@transaction.atomic
def remove_act(*, act: Act) -> None:
    """Takes away an act that nothing was ever entered for. Raises WrongState."""
    releasing.lock(act)
    if act.petition_id or PaperEntry.objects.filter(act=act).exists():
        raise WrongState
    act.delete()


@transaction.atomic
def add_line(*, campaign: Campaign, content: LineContent) -> TargetLine:
    """A target line. Raises WrongState where there are many already."""
    _require_room(campaign)
    line = TargetLine(campaign=campaign, share=content.share, source_day=content.source_day)
    boxes.fill(line, {"label": content.label, "source": content.source})
    line.save()
    return line


@transaction.atomic
def add_preset(*, campaign: Campaign, name: str) -> TargetLine:
    """A line that comes with the site; once is enough. Raises WrongState where there are many already."""
    preset = PRESETS[name]
    found = TargetLine.objects.filter(campaign=campaign, preset=name).first()
    if found is not None:
        return found
    _require_room(campaign)
    return TargetLine.objects.create(
        campaign=campaign, share=preset.share, preset=name, source_day=preset.day
    )


def _require_room(campaign: Campaign) -> None:
    Campaign.objects.select_for_update().get(id=campaign.id)
    if TargetLine.objects.filter(campaign=campaign).count() >= MOST_LINES:
        raise WrongState


@transaction.atomic
def edit_line(*, line: TargetLine, content: LineContent) -> None:
    """Other words or another share; one that came with the site becomes the campaign's own."""
    line.share, line.source_day, line.preset = content.share, content.source_day, ""
    boxes.fill(line, {"label": content.label, "source": content.source})
    line.save()


def remove_line(*, line: TargetLine) -> None:
    """Takes a line away."""
    line.delete()


@transaction.atomic
def type_paper(*, act: Act, unit: Unit | None, count: int, day: date, user: User) -> PaperEntry:
    """What one person has counted. It counts once somebody else has counted the same."""
    return PaperEntry.objects.create(act=act, unit=unit, count=count, day=day, typed_by=user)


def confirm_paper(*, entry: PaperEntry, count: int, user: User, now: datetime) -> None:
    """What a second person has counted. Raises NotTheSame, Refused for whoever counted first, or WrongState for an
    entry that is confirmed or gone.
    """
    tries = _confirm(entry, count, user, now)
    if tries:
        raise NotTheSame(gone=tries >= MOST_TRIES)


@transaction.atomic
def _confirm(entry: PaperEntry, count: int, user: User, now: datetime) -> int:
    """How often something else has been counted, if it was now; nothing else may be guessed by trying."""
    act = Act.objects.select_related("campaign", "petition").get(id=entry.act_id)
    kept = releasing.lock(act)
    fresh = PaperEntry.objects.select_for_update().filter(id=entry.id, week=None).first()
    if fresh is None:
        raise WrongState
    if fresh.typed_by_id in (None, user.pk):
        raise Refused
    if fresh.count != count:
        return _count_try(fresh)
    week = monday(now, act.campaign.time_zone)
    # A week that was released stays as it is, whatever a clock says.
    fresh.week = week if kept.through is None else max(week, kept.through + WEEK)
    fresh.confirmed_by = user
    fresh.save(update_fields=["week", "confirmed_by"])
    return 0


def _count_try(entry: PaperEntry) -> int:
    entry.tries += 1
    entry.save(update_fields=["tries"])
    if entry.tries >= MOST_TRIES:
        entry.delete()
    return entry.tries


@transaction.atomic
def discard_paper(*, entry: PaperEntry, user: User) -> None:
    """Takes back what has not been confirmed. Raises WrongState, or Refused for somebody else's."""
    fresh = PaperEntry.objects.select_for_update().filter(id=entry.id, week=None).first()
    if fresh is None:
        raise WrongState
    if fresh.typed_by_id not in (None, user.pk):
        raise Refused
    fresh.delete()
