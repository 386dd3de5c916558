"""Review before freezing: how many organizers must approve, and of exactly which texts."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from organizing.accounts import selectors as accounts
from organizing.accounts.access import Campaign, Role
from organizing.drafting import boxes
from organizing.drafting.access import Seat
from organizing.drafting.content import FIELDS
from organizing.drafting.models import ReviewRule, Verdict
from organizing.drafting.services import lock_draft
from organizing.drafting.starters import placeholders
from organizing.drafting.translations import Standing, standings
from organizing.errors import Forbidden, WrongState
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition

# In the place of the versions' hash: a wish that one organizer is enough.
_LOWER = "one is enough"


class Obstacle(StrEnum):
    """What keeps a text from being approved."""

    NO_TEXT = "no text"
    PLACEHOLDERS = "placeholders"
    STALE = "stale"
    UNCHECKED = "unchecked"
    REJECTED = "rejected"


class Step(StrEnum):
    """What came of an approval."""

    MOVED = "moved"
    WAITING = "waiting"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One organizer's newest verdict. `current` tells whether it is about the texts as they are now."""

    by: str
    approves: bool
    reason: str
    day: date
    current: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Where a text stands. `digest` names the exact versions; whoever decides sends back what they were shown."""

    digest: str
    needed: int
    opinions: list[Opinion]
    obstacles: list[Obstacle]
    standings: list[Standing]

    @property
    def approvals(self) -> int:
        """How many organizers approve of these very versions."""
        return sum(opinion.approves and opinion.current for opinion in self.opinions)

    @property
    def missing(self) -> int:
        """How many approvals are still needed."""
        return max(0, self.needed - self.approvals)

    @property
    def can_be_approved(self) -> bool:
        """Whether nothing is in the way but approvals."""
        return not set(self.obstacles) - {Obstacle.REJECTED}


def approvals_needed(campaign: Campaign) -> int:
    """How many organizers of a campaign must approve a text."""
    rule = ReviewRule.objects.filter(campaign=campaign).first()
    return rule.approvals if rule else 1


@transaction.atomic
def set_rule(*, seat: Seat, approvals: int, today: date) -> bool:
    """One or two organizers. From two to one only when two of them ask for it: one alone could otherwise
    undo what protects against one alone. False while the second has not asked.

    Raises Forbidden, or WrongState for two where there is only one organizer.
    """
    if not seat.organizes:
        raise Forbidden
    campaign = seat.petition.campaign
    those = organizers(campaign)
    if approvals not in (1, 2) or approvals > len(those):
        raise WrongState
    if approvals < approvals_needed(campaign) and len(those) > 1:
        # In any state: the rule holds for what readers are told, too.
        Petition.objects.select_for_update().get(id=seat.petition.id)
        _record(seat, approves=False, reason="", digest=_LOWER, today=today)
        if len(_asked_to_lower(seat.petition) & those) < approvals_needed(campaign):
            return False
    ReviewRule.objects.update_or_create(campaign=campaign, defaults={"approvals": approvals})
    _forget_wishes(seat.petition)
    return True


def _wishes(petition: Petition) -> dict[UUID, int]:
    """Who asked that one organizer is enough, by row."""
    rows = [(row.id, boxes.read(row)) for row in Verdict.objects.filter(petition=petition)]
    return {key: row["user"] for key, row in rows if row["digest"] == _LOWER}


def _asked_to_lower(petition: Petition) -> set[int]:
    return set(_wishes(petition).values())


def _forget_wishes(petition: Petition) -> None:
    Verdict.objects.filter(id__in=_wishes(petition)).delete()


def organizers(campaign: Campaign) -> set[int]:
    """The keys of the accounts that organize a campaign."""
    return {m.user.pk for m in accounts.members(campaign) if m.role == Role.ORGANIZER}


def review(petition: Petition) -> Review:
    """Verdicts and obstacles, for the texts as they are now."""
    found = standings(petition)
    digest = _digest(found)
    opinions = _opinions(petition, digest)
    rejected = any(o.current and not o.approves for o in opinions)
    obstacles = [*_obstacles(found), *([Obstacle.REJECTED] if rejected else [])]
    return Review(digest, approvals_needed(petition.campaign), opinions, obstacles, found)


def holds(petition: Petition) -> bool:
    """Whether enough organizers approve of exactly these versions, and nothing is in the way.

    Asked again before freezing: the rule, and who organizes, can have changed since the approval.
    """
    found = review(petition)
    return not found.missing and not found.obstacles


def _digest(found: list[Standing]) -> str:
    """SHA-256 over the number and the hash of each language's version: any new one is another text."""
    versions = {s.language.code: [s.text.number, s.text.digest] for s in found}
    return hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()


def _obstacles(found: list[Standing]) -> list[Obstacle]:
    empty = any(not s.text.fields[name] for s in found for name in FIELDS)
    unfilled = any(placeholders(s.text.fields[name]) for s in found for name in FIELDS)
    unchecked = any(not s.is_source and not s.is_stale and not s.checked for s in found)
    tests = {
        Obstacle.NO_TEXT: not found or empty,
        Obstacle.PLACEHOLDERS: unfilled,
        Obstacle.STALE: any(s.is_stale for s in found),
        Obstacle.UNCHECKED: unchecked,
    }
    return [obstacle for obstacle, there in tests.items() if there]


def _opinions(petition: Petition, digest: str) -> list[Opinion]:
    """The newest verdict of each organizer who still is one."""
    rows = [boxes.read(row) for row in Verdict.objects.filter(petition=petition)]
    verdicts = (row for row in rows if row["digest"] != _LOWER)
    newest = {row["user"]: row for row in sorted(verdicts, key=lambda row: row["number"])}
    still = organizers(petition.campaign)
    return [
        Opinion(
            by=row["by"],
            approves=row["approves"],
            reason=row["reason"],
            day=date.fromisoformat(row["day"]),
            current=row["digest"] == digest,
        )
        for user, row in sorted(newest.items())
        if user in still
    ]


@transaction.atomic
def approve(*, seat: Seat, digest: str, today: date) -> Step:
    """One organizer approves of the versions that `digest` names; the last approval needed makes it so.

    Raises Forbidden, or WrongState while something is in the way.
    """
    petition = _locked(seat)
    if review(petition).digest != digest:
        return Step.MOVED
    _record(seat, approves=True, reason="", digest=digest, today=today)
    found = review(petition)
    if not found.can_be_approved:
        raise WrongState
    if found.missing or found.obstacles:
        return Step.WAITING
    petitions.approve(petition_id=petition.id)
    return Step.APPROVED


@transaction.atomic
def reject(*, seat: Seat, digest: str, reason: str, today: date) -> Step:
    """One organizer rejects these versions, and says why. It stands until they change or approve."""
    petition = _locked(seat)
    if review(petition).digest != digest:
        return Step.MOVED
    _record(seat, approves=False, reason=reason, digest=digest, today=today)
    return Step.WAITING


@transaction.atomic
def send_back(*, seat: Seat, reason: str, today: date) -> None:
    """An approved text becomes a draft again, with the reason. Raises Forbidden or WrongState."""
    if not seat.organizes:
        raise Forbidden
    petitions.send_back(petition_id=seat.petition.id)
    petition = _locked(seat)
    digest = review(petition).digest
    _record(seat, approves=False, reason=reason, digest=digest, today=today)


def _locked(seat: Seat) -> Petition:
    if not seat.organizes:
        raise Forbidden
    return lock_draft(seat)


def _record(seat: Seat, *, approves: bool, reason: str, digest: str, today: date) -> None:
    earlier = (boxes.read(row)["number"] for row in Verdict.objects.filter(petition=seat.petition))
    row = Verdict(petition=seat.petition)
    content = {
        "number": max(earlier, default=-1) + 1,
        "user": seat.user.pk,
        "by": seat.user.username,
        "approves": approves,
        "reason": reason,
        "day": today.isoformat(),
        "digest": digest,
        "versions": {each.language.code: each.text.number for each in standings(seat.petition)},
    }
    boxes.fill(row, content)
    row.save()
