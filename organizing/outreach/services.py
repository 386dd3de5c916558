"""Writes contacts to make, and what a member wants by mail."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from organizing import jobs
from organizing.accounts.access import Campaign
from organizing.accounts.models import Membership
from organizing.accounts.selectors import is_at_employer
from organizing.errors import EmployersAddress, WrongState
from organizing.outreach import boxes
from organizing.outreach.models import Contact, Mailing, MailKind, MailWish
from organizing.outreach.selectors import Wish
from organizing.safety.throttles import Throttle

# By one account, in an hour: enough to find out, too few to trouble somebody else's mailbox.
TESTS = Throttle("mail-test", 3)


@transaction.atomic
def note_contact(
    *,
    campaign: Campaign,
    unit_id: UUID,
    text: str,
    by: str,
    assigned: Membership | None,
    today: date,
) -> UUID:
    """Notes something to do at a unit; `by` is a pseudonym. The form has looked for people in the text."""
    row = Contact(campaign=campaign, unit_id=unit_id, assigned=assigned, made_on=today)
    boxes.fill(row, {"text": text, "by": by})
    row.save(force_insert=True)
    return row.id


@transaction.atomic
def tick_contact(*, contact: Contact, done_on: date | None) -> None:
    """Ticks a contact as made on a day, or takes the tick back with None."""
    Contact.objects.filter(id=contact.id).update(done_on=done_on)


@transaction.atomic
def assign_contact(*, contact: Contact, assigned: Membership | None) -> None:
    """Gives a contact to a member, or to nobody."""
    Contact.objects.filter(id=contact.id).update(assigned=assigned)


@transaction.atomic
def erase_contact(*, contact: Contact) -> None:
    """Erases a contact that needs no making."""
    Contact.objects.filter(id=contact.id).delete()


@transaction.atomic
def set_wish(*, membership: Membership, wish: Wish) -> None:
    """Keeps what a member wants by mail; an empty address takes everything back, and is forgotten."""
    rows = MailWish.objects.select_for_update().filter(membership=membership)
    if not wish.address:
        rows.delete()
        return
    row = rows.first() or MailWish(membership=membership)
    row.digest, row.alerts = wish.digest, wish.alerts
    boxes.fill(row, {"address": wish.address, "language": wish.language})
    row.save()


@transaction.atomic
def ask_for_test(*, membership: Membership, today: date) -> None:
    """Has a mail sent to the address that is kept, to see whether it arrives.

    Raises WrongState where none is kept, EmployersAddress where it has become an employer's, or Busy.
    """
    wish = MailWish.objects.filter(membership=membership).first()
    if wish is None:
        raise WrongState
    if is_at_employer(boxes.read(wish)["address"], membership.user):
        raise EmployersAddress
    TESTS.hit(str(membership.user_id))
    row = Mailing.objects.create(
        membership=membership, kind=MailKind.TEST, about=str(uuid4()), made_on=today
    )
    jobs.enqueue("outreach.post", mailing_id=str(row.id))
