"""Reads accounts, campaigns and what their committee may see."""

from dataclasses import dataclass
from datetime import date

from organizing.accounts.models import Campaign, Invitation, Membership, RecoveryVouch, Role, User
from organizing.safety import onetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A campaign as one of its members lists it."""

    campaign: Campaign
    role: Role


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the committee sees them: a pseudonym and a role, never a time.

    `stays` is the last organizer, whom nobody can remove.
    """

    id: int
    user: User
    role: Role
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Vouch:
    """One line of the recovery log."""

    by: str
    member: str
    day: date
    used: bool


def is_at(email: str, domains: list[str]) -> bool:
    """Whether an address is at one of some domains, or at a subdomain of one."""
    domain = email.strip().lower().rpartition("@")[2].rstrip(".")
    return any(domain == d or domain.endswith(f".{d}") for d in domains)


def is_at_employer(email: str, user: User) -> bool:
    """Whether an address is at an employer of the user's own campaigns.

    Of no other: the refusal would tell whoever asks that there is a campaign at that employer, and one that names
    everybody's mail provider as its employer would shut everybody out.
    """
    own = Campaign.objects.filter(memberships__user=user)
    return any(is_at(email, domains) for domains in own.values_list("employer_domains", flat=True))


def seats(user: User) -> list[Seat]:
    """The campaigns that a user is in, by name."""
    rows = Membership.objects.filter(user=user).select_related("campaign")
    return [Seat(row.campaign, Role(row.role)) for row in rows.order_by("campaign__name", "id")]


def members(campaign: Campaign) -> list[Member]:
    """Everybody in a campaign, by pseudonym."""
    seats_taken = Membership.objects.filter(campaign=campaign).select_related("user")
    rows = list(seats_taken.order_by("user__username"))
    alone = sum(row.role == Role.ORGANIZER for row in rows) == 1
    return [
        Member(row.id, row.user, Role(row.role), alone and row.role == Role.ORGANIZER)
        for row in rows
    ]


def is_open_invitation(*, token: str, today: date) -> bool:
    """Whether a link still leads into a campaign. One that is used, withdrawn or over is like one that never was."""
    rows = Invitation.objects.filter(token_hash=onetime.token_hash(token))
    return rows.filter(expires_on__gte=today).exists()


def open_invitations(campaign: Campaign, today: date) -> list[Invitation]:
    """Links that were made and not used yet."""
    rows = Invitation.objects.filter(campaign=campaign, expires_on__gte=today)
    return list(rows.order_by("expires_on", "role"))


def vouches(campaign: Campaign) -> list[Vouch]:
    """The recovery log, newest first."""
    rows = RecoveryVouch.objects.filter(campaign=campaign).select_related("by_user", "for_user")
    return [
        Vouch(row.by_user.username, row.for_user.username, row.day, row.used)
        for row in rows.order_by("-day", "id")
    ]


def find_user(user_id: int) -> User | None:
    """The active user with this id."""
    return User.objects.filter(id=user_id, is_active=True).first()
