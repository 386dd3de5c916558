"""What the workspace shows, as frozen dataclasses."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from organizing.accounts.models import Campaign
from organizing.counting.suppression import band
from organizing.eligibility.models import CodeBatch, RequestTally
from organizing.petitions import selectors as petitions
from organizing.petitions.days import End
from organizing.petitions.languages import Language, language
from organizing.petitions.models import Audience, Petition, State
from organizing.petitions.services import ORGANIZERS

DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Draft:
    """The newest text in one language. `version` is 0 where there is none yet."""

    language: Language
    version: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """A petition in a list."""

    petition: Petition
    title: str

    @property
    def is_put_away(self) -> bool:
        """Whether nothing will happen to it any more, but for a new version."""
        return self.petition.state in (State.ARCHIVED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Band:
    """A number only roughly: from `low` to `high`; no `high` for the last band."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class MailboxDay:
    """Requests for mailbox codes on one day, in a band."""

    day: date
    requested: Band


@dataclass(frozen=True, slots=True)
class Ends:
    """When signing ends, and when changing and withdrawing do."""

    signing: End
    changing: End


def ends(petition: Petition) -> Ends | None:
    """None before these days are set."""
    if petition.issuing_ends_at is None or petition.sending_ends_at is None:
        return None
    zone = petition.campaign.time_zone
    return Ends(End(petition.issuing_ends_at, zone), End(petition.sending_ends_at, zone))


def petition_lines(campaign: Campaign) -> list[PetitionLine]:
    """The petitions of a campaign with a title each: drafts first, then the newest."""
    newest = F("opens_at").desc(nulls_first=True)
    rows = Petition.objects.filter(campaign=campaign).order_by(newest, "id")
    return [PetitionLine(row, petitions.title(row)) for row in rows]


def drafts(petition: Petition) -> list[Draft]:
    """The newest text of each language, in the order in which languages were added."""
    rows = petitions.latest_texts(petition)
    return [
        Draft(language(code), rows[code].version, petitions.open_text(rows[code]).content)
        for code in petition.languages
        if code in rows
    ]


def draft(petition: Petition, code: str) -> Draft:
    """The newest text in one language, or an empty one."""
    row = petitions.latest_texts(petition).get(code)
    if row is None:
        return Draft(language(code), 0, {})
    return Draft(language(code), row.version, petitions.open_text(row).content)


def has_key(petition: Petition) -> bool:
    """Whether the organizers' key has been made."""
    rows = Audience.objects.filter(petition=petition, slug=ORGANIZERS)
    return rows.exclude(public_key=None).exists()


def mailbox_days(petition: Petition, today: date) -> list[MailboxDay]:
    """Up to fourteen days since codes can be asked for, whether anything happened or not; newest first.

    Only days that are over: whoever asks for k - 1 codes themselves must not see the next request as it comes.
    """
    if not petition.mailbox or petition.opens_at is None:
        return []
    first = max(petition.opens_at.date(), today - timedelta(days=DAYS_SHOWN))
    rows = RequestTally.objects.filter(petition=petition, day__gte=first)
    found = {row.day: row.requested for row in rows}
    days = [today - timedelta(days=back + 1) for back in range((today - first).days)]
    return [MailboxDay(day, Band(*band(found.get(day, 0), petition.k))) for day in days]


def code_batches(petition: Petition) -> list[CodeBatch]:
    """Batches of paper codes, the newest first.

    Never how many of one are used, however roughly: whoever uses slips of their own up to where such a word
    changes would see by it that a colleague has used the one that they were given.
    """
    return list(CodeBatch.objects.filter(petition=petition).order_by("-made_on", "label", "id"))
