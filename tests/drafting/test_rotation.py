"""Everything that is sealed is sealed again under another key, also when the command is killed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from allauth.mfa.adapter import get_adapter
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from organizing import keyring, resealing
from organizing.crypto import sealing
from organizing.drafting import (
    comments,
    inviting,
    reviewing,
    selectors,
    services,
    suggestions,
    translations,
)
from organizing.drafting.access import Seat
from organizing.drafting.comments import Words
from organizing.drafting.models import (
    Comment,
    DraftInvitation,
    LanguageCheck,
    Part,
    Suggestion,
    Verdict,
    WorkingCopy,
)
from organizing.keyring import application
from tests.accounts.people import SECRET, make_person
from tests.drafting.cast import TODAY, Table

pytestmark = pytest.mark.django_db
PLANTED = "quetzalcoatlus"
# Sealed with keys of their own, which go on schedule and are never replaced.
OTHER_KEYS = {"PetitionKeys", "PendingRecord"}


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path) -> Iterator[Path]:
    """A key folder that this test may change."""
    keyring.make_key_files(tmp_path)
    with mock.patch.object(settings, "KEY_DIR", tmp_path):
        yield tmp_path


def say_everything(name: str = f"{PLANTED}-ada") -> tuple[Table, Seat]:
    """The planted word, wherever somebody can put one."""
    table = Table.laid()
    ada, guest = table.organizer(name), table.guest(Part.SUGGEST)
    table.save(ada, 1, title=PLANTED, body=f"A {PLANTED} flies.", consent=f"{PLANTED} may know.")
    spanish = services.Writing(
        0, {**table.fields(), "title": f"El {PLANTED}"}, source=table.head().digest
    )
    services.save(seat=ada, language="es", writing=spanish, today=TODAY)
    fields = table.fields(title=f"Another {PLANTED}")
    services.keep_working_copy(
        seat=ada, language="en", writing=services.Writing(2, fields), today=TODAY
    )
    suggestions.suggest(seat=guest, language="en", base=2, fields=fields, note=PLANTED, today=TODAY)
    words = Words(f"Why {PLANTED}?", quote="flies")
    comments.comment(seat=guest, language="en", base=2, words=words, today=TODAY)
    inviting.invite(seat=ada, part=Part.EDIT, note=PLANTED, today=TODAY)
    text = selectors.head(table.petition.id, "es").digest
    translations.vouch(seat=ada, language="es", text=text, source=table.head().digest, today=TODAY)
    table.petition.refresh_from_db()
    digest = reviewing.review(table.petition).digest
    reviewing.reject(seat=ada, digest=digest, reason=f"No {PLANTED}", today=TODAY)
    return table, ada


def expect_everything(table: Table, seat: Seat) -> None:
    """All of it can be read."""
    assert table.head().fields["title"] == PLANTED
    assert selectors.history(table.petition.id, "en")[0].note.author == f"{PLANTED}-ada"
    kept = selectors.working_copy(seat.user, table.petition.id, "en")
    assert kept is not None
    assert PLANTED in kept.fields["title"]
    (suggestion,) = suggestions.open_suggestions(seat, "en")
    assert suggestion.note == PLANTED
    (thread,) = comments.threads(seat, "en", table.head().fields)
    assert PLANTED in thread.remarks[0].text
    (link,) = inviting.open_links(table.petition, TODAY)
    assert link.note == PLANTED
    (opinion,) = reviewing.review(table.petition).opinions
    assert PLANTED in opinion.reason
    assert translations.standings(table.petition)[1].checked


def rotate() -> str:
    out = StringIO()
    call_command("rotate_application_key", stdout=out)
    return out.getvalue()


def everything_stored() -> str:
    """Every value of the site's tables, but for the pseudonyms of accounts."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        tables = [t for t in names if t.startswith("organizing_") and t != "organizing_user"]
        values: list[object] = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            values += [value for row in cursor.fetchall() for value in row]
    return " ".join(v.hex() if isinstance(v, bytes) else str(v) for v in map(_plain, values))


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_nothing_that_anybody_wrote_stands_in_the_database() -> None:
    say_everything()
    stored = everything_stored()
    assert PLANTED not in stored
    assert PLANTED.encode().hex() not in stored
    assert str(TODAY) not in stored


@pytest.mark.django_db(transaction=True)
def test_nothing_that_anybody_wrote_stands_in_a_file_of_the_database() -> None:
    say_everything("ada")
    base = Path(str(connection.settings_dict["NAME"]))
    files = [path for path in base.parent.glob(f"{base.name}*") if path.is_file()]
    assert bool(files) == (connection.vendor == "sqlite")
    for path in files:
        assert PLANTED.encode() not in path.read_bytes()


def test_everything_opens_with_the_new_key_alone(own_keys: Path) -> None:
    table, seat = say_everything()
    person = make_person("Crane")
    old = keyring.application_key()
    assert "The old key is destroyed" in rotate()
    expect_everything(table, seat)
    assert keyring.application_keys() == [keyring.application_key()]
    assert keyring.application_key() != old
    assert sorted(p.name for p in own_keys.iterdir()) == ["application.key", "django.key"]
    assert person.factor is not None
    person.factor.refresh_from_db()
    assert get_adapter().decrypt(person.factor.data["secret"]) == SECRET


def test_the_old_key_opens_nothing_any_more() -> None:
    say_everything()
    old = keyring.application_key()
    rotate()
    for model in (Comment, DraftInvitation, LanguageCheck, Suggestion, Verdict, WorkingCopy):
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            with pytest.raises(sealing.SealingError):
                sealing.open_box(old, bytes(row.sealed), row.context())


class Killed(Exception):
    """The process ended here."""


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_a_command_that_was_killed_goes_on(after: int) -> None:
    table, seat = say_everything()
    real, calls = resealing._reseal_row, iter(range(100))

    def dies(*arguments: object) -> bool:
        if next(calls) >= after:
            raise Killed
        return real(*arguments)  # type: ignore[arg-type]  # passed on as they came

    with mock.patch.object(resealing, "_reseal_row", dies), pytest.raises(Killed):
        rotate()
    assert len(keyring.application_keys()) == 2
    expect_everything(table, seat)
    assert "Going on with a rotation" in rotate()
    expect_everything(table, seat)
    assert len(keyring.application_keys()) == 1


@pytest.mark.parametrize("step", ["promote_next", "destroy_old"])
def test_a_command_that_was_killed_between_two_keys_goes_on(step: str) -> None:
    table, seat = say_everything()
    with mock.patch.object(application, step, side_effect=Killed), pytest.raises(Killed):
        rotate()
    expect_everything(table, seat)
    table.save(seat, 2, addressee="Somebody else")
    assert "Going on with a rotation" in rotate()
    assert table.head().fields["addressee"] == "Somebody else"
    assert len(keyring.application_keys()) == 1


def test_what_is_saved_while_keys_change_is_sealed_with_the_new_one() -> None:
    table, seat = say_everything()
    application.begin_rotation()
    newest = keyring.application_key()
    table.save(seat, 2, title=f"Late {PLANTED}")
    rotate()
    assert keyring.application_key() == newest
    assert table.head().fields["title"] == f"Late {PLANTED}"


def test_preparing_makes_the_next_key_and_seals_nothing(own_keys: Path) -> None:
    say_everything()
    call_command("rotate_application_key", "--prepare", stdout=StringIO())
    assert (own_keys / "application-next.key").stat().st_mode & 0o777 == 0o600
    assert len(keyring.application_keys()) == 2


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    known = {place.name for place in resealing.places()}
    for model in apps.get_app_config("organizing").get_models():
        sealed = [f for f in model._meta.fields if f.name.startswith("sealed")]
        assert all(isinstance(field, models.BinaryField) for field in sealed)
        if sealed and model.__name__ not in OTHER_KEYS:
            assert model.__name__ in known
