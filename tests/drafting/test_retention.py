"""What drafting erases, and what it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from organizing.drafting import comments, inviting, retention, selectors
from organizing.drafting.comments import Words
from organizing.drafting.models import CoDrafter, Comment, DraftInvitation, Part
from organizing.petitions.models import PetitionText
from tests import factories
from tests.drafting.cast import TODAY, WANTED, Table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_link_that_nobody_used_goes_after_seven_days() -> None:
    table = Table.laid()
    inviting.invite(seat=table.drafter(), part=Part.EDIT, note="night shift", today=TODAY)
    retention._erase_invitations(NOW + timedelta(days=7))
    assert DraftInvitation.objects.count() == 1
    retention._erase_invitations(NOW + timedelta(days=8))
    assert DraftInvitation.objects.count() == 0


def test_the_conversation_goes_when_sending_has_ended_and_the_frozen_text_stays() -> None:
    here, other = Table(factories.frozen(WANTED, now=NOW)), Table.laid()
    other.save(other.drafter(), 1, title="Still being written")
    here.guest(Part.EDIT)
    words = Words("Why?")
    seat = other.drafter()
    comments.comment(seat=seat, language="en", base=1, words=words, today=TODAY)
    ends = here.petition.sending_ends_at
    assert ends is not None
    retention._erase_conversations(ends - timedelta(seconds=1))
    assert CoDrafter.objects.count() == 1
    retention._erase_conversations(ends)
    assert CoDrafter.objects.count() == 0
    assert Comment.objects.count() == 1
    assert PetitionText.objects.filter(petition=here.petition, frozen=True).exists()
    assert len(selectors.history(other.petition.id, "en")) == 2
