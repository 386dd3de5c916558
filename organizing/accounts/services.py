"""Writes campaigns, roles, invitations and recoveries."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from organizing.accounts import second_factor, selectors
from organizing.accounts.models import Campaign, Invitation, Membership, RecoveryVouch, Role, User
from organizing.errors import EmployersAddress, NotFound, WrongState
from organizing.safety import onetime

VOUCH_DAYS = 2


@transaction.atomic
def create_campaign(
    *,
    user: User,
    name: str,
    employer_domains: list[str],
    time_zone: str = "UTC",
    k: int = 10,
    epoch_seconds: int = 86_400,
) -> Campaign:
    """A campaign with its first organizer. `time_zone` by its IANA name."""
    campaign = Campaign.objects.create(
        name=name,
        employer_domains=employer_domains,
        time_zone=time_zone,
        k=k,
        epoch_seconds=epoch_seconds,
    )
    Membership.objects.create(campaign=campaign, user=user, role=Role.ORGANIZER)
    return campaign


@transaction.atomic
def edit_campaign(
    *, campaign: Campaign, name: str, employer_domains: list[str], time_zone: str = ""
) -> None:
    """Another name, other domains, another time zone if one is given. Petitions that exist keep theirs."""
    campaign.name, campaign.employer_domains = name, employer_domains
    campaign.time_zone = time_zone or campaign.time_zone
    campaign.save(update_fields=["name", "employer_domains", "time_zone"])


@transaction.atomic
def set_first_signers(
    *, campaign: Campaign, number: int, independent_only: bool, opens_itself: bool
) -> None:
    """What opens the petitions that are begun from now on. Those that exist keep theirs."""
    campaign.first_signers, campaign.first_independent = number, independent_only
    campaign.opens_itself = opens_itself
    campaign.save(update_fields=["first_signers", "first_independent", "opens_itself"])


@transaction.atomic
def invite(*, campaign: Campaign, role: Role, today: date) -> str:
    """The token of a one-time link, returned for the only time; good for seven days."""
    token = onetime.new_token()
    Invitation.objects.create(
        campaign=campaign,
        role=role,
        token_hash=onetime.token_hash(token),
        expires_on=onetime.last_day(today),
    )
    return token


@transaction.atomic
def accept_invitation(*, user: User, token: str, today: date) -> Campaign:
    """Spends an invitation. Raises NotFound for one that is unknown, spent or over, or EmployersAddress.

    Somebody who is a member already keeps their role, and the link stays good for another.
    """
    found = (
        Invitation.objects.select_for_update().filter(token_hash=onetime.token_hash(token)).first()
    )
    if found is None or found.expires_on < today:
        raise NotFound
    campaign, role = found.campaign, found.role
    require_private_address(user, campaign)
    if not Membership.objects.filter(campaign=campaign, user=user).exists():
        Membership.objects.create(campaign=campaign, user=user, role=role)
        found.delete()
    return campaign


def require_private_address(user: User, campaign: Campaign) -> None:
    """Raises EmployersAddress where the employer could read what is mailed to the account, such as a new password."""
    if user.email and selectors.is_at(user.email, campaign.employer_domains):
        raise EmployersAddress


@transaction.atomic
def withdraw_invitations(*, campaign: Campaign) -> None:
    """Makes every link that was not used yet worthless."""
    Invitation.objects.filter(campaign=campaign).delete()


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Takes a member out, and with them every open link: they may have made one to come back by.

    Raises WrongState for the last organizer: nobody could let another one in.
    """
    rows = Membership.objects.select_for_update().filter(campaign_id=membership.campaign_id)
    organizers = [row for row in rows if row.role == Role.ORGANIZER]
    if [row.id for row in organizers] == [membership.id]:
        raise WrongState
    Invitation.objects.filter(campaign_id=membership.campaign_id).delete()
    membership.delete()


@transaction.atomic
def vouch_for(*, membership: Membership, by: User, today: date) -> str:
    """The token of a one-time link by which a member sets a new second factor; good for two days.

    Raises WrongState for vouching for oneself. The log keeps who vouched for whom, and on which day.
    """
    if membership.user_id == by.pk:
        raise WrongState
    token = onetime.new_token()
    RecoveryVouch.objects.create(
        campaign_id=membership.campaign_id,
        for_user_id=membership.user_id,
        by_user=by,
        token_hash=onetime.token_hash(token),
        day=today,
    )
    return token


@transaction.atomic
def use_vouch(*, user: User, token: str, today: date) -> None:
    """Removes the old second factors of the one vouched for. Raises NotFound for any other link.

    Whoever vouched must still be an organizer there, and the one vouched for still a member. Somebody who sees more
    than drafts in several campaigns needs a link from each: its organizers answer for what the account can see there.
    """
    since = today - timedelta(days=VOUCH_DAYS)
    rows = RecoveryVouch.objects.select_for_update().filter(for_user=user, used=False)
    good = [row for row in rows.filter(day__gte=since).order_by("id") if _holds(row)]
    if onetime.token_hash(token) not in [bytes(row.token_hash) for row in good]:
        raise NotFound
    seats = Membership.objects.filter(user=user).exclude(role=Role.DRAFTER)
    if set(seats.values_list("campaign_id", flat=True)) - {row.campaign_id for row in good}:
        raise NotFound
    for row in good:
        row.used = True
        row.save(update_fields=["used"])
    second_factor.remove_all(user)


def _holds(vouch: RecoveryVouch) -> bool:
    seats = Membership.objects.filter(campaign_id=vouch.campaign_id)
    answers = seats.filter(user_id=vouch.by_user_id, role=Role.ORGANIZER).exists()
    return answers and seats.filter(user_id=vouch.for_user_id).exists()


@transaction.atomic
def set_email(*, user: User, email: str) -> None:
    """Replaces the one address of an account; empty for none."""
    EmailAddress.objects.filter(user=user).delete()
    user.email = email
    user.save(update_fields=["email"])
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True)
