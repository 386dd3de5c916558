"""Drafts of updates are sealed at rest, sealed again with a new key, and erased when nobody needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from organizing import keyring
from organizing.crypto import sealing
from organizing.publishing import posts, retention
from organizing.publishing.contents import Facts, Words
from organizing.publishing.models import Kind, PostVersion
from tests.drafting.test_rotation import everything_stored
from tests.publishing.telling import TODAY, Desk, writer

pytestmark = pytest.mark.django_db
PLANTED = "quetzalcoatlus"
WORDS = Words(PLANTED, f"A {PLANTED} flies.", (PLANTED,))


@pytest.fixture
def own_keys(tmp_path: Path) -> Iterator[Path]:
    """A key folder that this test may change."""
    keyring.make_key_files(tmp_path)
    with mock.patch.object(settings, "KEY_DIR", tmp_path):
        yield tmp_path


def say_everything() -> Desk:
    """The planted word in a draft, a correction, an answer and a pseudonym."""
    desk = Desk.opened()
    desk.user = writer(desk.petition, f"{PLANTED}-ada")
    desk.write(WORDS)
    desk.write(WORDS, post=desk.update())
    desk.write(WORDS, facts=Facts(TODAY, source=PLANTED), kind=Kind.ANSWER)
    return desk


def test_no_draft_stands_in_the_database_nor_who_wrote_it() -> None:
    say_everything()
    stored = everything_stored()
    assert PLANTED not in stored
    assert PLANTED.encode().hex() not in stored


@pytest.mark.django_db(transaction=True)
def test_no_draft_stands_in_a_file_of_the_database() -> None:
    desk = Desk.opened()
    desk.write(WORDS)
    desk.write(WORDS, post=desk.update())
    base = Path(str(connection.settings_dict["NAME"]))
    files = [path for path in base.parent.glob(f"{base.name}*") if path.is_file()]
    assert bool(files) == (connection.vendor == "sqlite")
    for path in files:
        assert PLANTED.encode() not in path.read_bytes()


def test_a_version_cannot_be_moved_to_another_post() -> None:
    desk = Desk.opened()
    one, other = desk.write().post, desk.write(WORDS).post
    sealed = PostVersion.objects.get(post=other).sealed
    PostVersion.objects.filter(post=one).update(sealed=sealed)
    with pytest.raises(sealing.SealingError):
        posts.head(one)


def test_everything_opens_with_the_new_key_alone(own_keys: Path) -> None:
    desk = say_everything()
    old = keyring.application_key()
    call_command("rotate_application_key", stdout=StringIO())
    assert keyring.application_key() != old
    rows = list(PostVersion.objects.all())
    assert len(rows) == 4
    for row in rows:
        with pytest.raises(sealing.SealingError):
            sealing.open_box(old, bytes(row.sealed), row.context())
    assert "A meeting on Friday" in desk.read("updates/1/")


def test_what_was_never_public_goes_when_sending_has_ended() -> None:
    desk = Desk.opened()
    post = desk.write(WORDS).post
    desk.write(Words("Better", "words"), post=post)
    desk.publish(post)
    desk.write(WORDS, post=post)
    draft = desk.write().post
    ends = desk.petition.sending_ends_at
    assert ends is not None
    retention._erase_drafts(timezone.now())
    assert PostVersion.objects.filter(post=post).count() == 3
    retention._erase_drafts(ends + timedelta(seconds=1))
    # What is public stays, and so does what somebody still writes at.
    assert [saved.version for saved in posts.versions(post)] == [3, 2]
    assert posts.head(draft) is not None
    assert "Better" in desk.read("updates/1/")
