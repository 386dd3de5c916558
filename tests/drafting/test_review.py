"""Review: exact versions, enough organizers, nothing in the way."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizing.accounts import services as accounts
from organizing.accounts.models import Membership
from organizing.drafting import (
    access,
    markdown_file,
    reviewing,
    selectors,
    services,
    starters,
    translations,
)
from organizing.drafting.access import Seat
from organizing.drafting.content import content_of, fields_of
from organizing.drafting.models import LanguageCheck, Part
from organizing.drafting.reviewing import Obstacle, Step
from organizing.drafting.selectors import Note, Version
from organizing.drafting.services import Writing
from organizing.errors import Forbidden, Malformed, WrongState
from organizing.petitions import freezing
from organizing.petitions import services as petitions
from organizing.petitions.models import State
from tests.architecture import source
from tests.drafting.cast import TODAY, Table


@pytest.fixture
def table(db: None) -> Table:
    return Table.laid()


def state(table: Table) -> str:
    table.petition.refresh_from_db()
    return table.petition.state


def digest(table: Table) -> str:
    table.petition.refresh_from_db()
    return reviewing.review(table.petition).digest


def approve(table: Table, seat: Seat, of: str = "") -> Step:
    return reviewing.approve(seat=seat, digest=of or digest(table), today=TODAY)


def test_one_organizer_is_enough_where_there_is_no_rule(table: Table) -> None:
    assert approve(table, table.organizer()) is Step.APPROVED
    assert state(table) == State.APPROVED


def test_two_must_approve_where_the_campaign_says_so(table: Table) -> None:
    ada, bo = table.organizer(), table.organizer()
    reviewing.set_rule(seat=ada, approvals=2, today=TODAY)
    assert approve(table, ada) is Step.WAITING
    # The same organizer twice is one.
    assert approve(table, ada) is Step.WAITING
    assert state(table) == State.DRAFT
    assert approve(table, bo) is Step.APPROVED


def test_a_new_version_voids_an_approval(table: Table) -> None:
    ada, bo = table.organizer(), table.organizer()
    reviewing.set_rule(seat=ada, approvals=2, today=TODAY)
    shown = digest(table)
    approve(table, ada)
    table.save(bo, 1, title="Another")
    assert approve(table, bo, shown) is Step.MOVED
    assert approve(table, bo) is Step.WAITING
    services.restore(seat=bo, language="en", number=1, head=2, today=TODAY)
    assert reviewing.review(table.petition).approvals == 0


def test_a_rejection_carries_its_reason_and_stands_until_something_changes(table: Table) -> None:
    ada, bo = table.organizer("ada"), table.organizer("bo")
    reviewing.reject(seat=bo, digest=digest(table), reason="Too angry", today=TODAY)
    assert approve(table, ada) is Step.WAITING
    found = reviewing.review(table.petition)
    assert found.obstacles == [Obstacle.REJECTED]
    assert [(o.by, o.reason) for o in found.opinions if not o.approves] == [("bo", "Too angry")]
    table.save(bo, 1, title="Calmer")
    assert approve(table, ada) is Step.APPROVED


def test_who_is_no_organizer_any_more_has_no_say(table: Table) -> None:
    ada, bo, cy = table.organizer(), table.organizer(), table.organizer()
    reviewing.set_rule(seat=ada, approvals=2, today=TODAY)
    approve(table, ada)
    row = Membership.objects.get(user=ada.user)
    accounts.remove_member(membership=row)
    assert approve(table, bo) is Step.WAITING
    assert approve(table, cy) is Step.APPROVED


@pytest.mark.parametrize("part", Part)
def test_nobody_else_approves(table: Table, part: Part) -> None:
    with pytest.raises(Forbidden):
        approve(table, table.guest(part))
    with pytest.raises(Forbidden):
        approve(table, table.drafter())


def test_one_organizer_alone_does_not_lower_the_rule(table: Table) -> None:
    ada, bo = table.organizer(), table.organizer()
    reviewing.set_rule(seat=ada, approvals=2, today=TODAY)
    assert not reviewing.set_rule(seat=ada, approvals=1, today=TODAY)
    assert not reviewing.set_rule(seat=ada, approvals=1, today=TODAY)
    assert reviewing.review(table.petition).opinions == []
    assert approve(table, ada) is Step.WAITING
    assert reviewing.set_rule(seat=bo, approvals=1, today=TODAY)
    assert reviewing.approvals_needed(table.campaign) == 1
    assert approve(table, bo) is Step.APPROVED


def test_two_cannot_be_asked_for_where_there_is_one(table: Table) -> None:
    with pytest.raises(WrongState):
        reviewing.set_rule(seat=table.organizer(), approvals=2, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "obstacle"),
    [
        ({"body": "End it by [[day]]."}, Obstacle.PLACEHOLDERS),
        ({"addressee": ""}, Obstacle.NO_TEXT),
    ],
)
def test_an_unfinished_text_is_not_approved(
    table: Table, changed: dict[str, str], obstacle: Obstacle
) -> None:
    ada = table.organizer()
    table.save(ada, 1, **changed)
    assert reviewing.review(table.petition).obstacles == [obstacle]
    with pytest.raises(WrongState):
        approve(table, ada)
    assert reviewing.review(table.petition).opinions == []


def test_what_is_sent_back_has_to_be_approved_anew(table: Table) -> None:
    ada = table.organizer()
    approve(table, ada)
    reviewing.send_back(seat=ada, reason="A word is wrong", today=TODAY)
    found = reviewing.review(table.petition)
    assert (state(table), found.approvals) == (State.DRAFT, 0)
    assert found.opinions[0].reason == "A word is wrong"


def translate(table: Table, seat: Seat, source: str, base: int = 0, title: str = "Basta") -> None:
    fields = {**table.fields(), "title": title}
    writing = Writing(base, fields, source=source)
    services.save(seat=seat, language="es", writing=writing, today=TODAY)
    table.petition.refresh_from_db()


def vouch(table: Table, seat: Seat) -> bool:
    text = selectors.head(table.petition.id, "es").digest
    return translations.vouch(
        seat=seat, language="es", text=text, source=table.head().digest, today=TODAY
    )


def test_a_translation_is_frozen_only_when_a_person_has_read_it(table: Table) -> None:
    ada, reader = table.organizer(), table.guest(Part.EDIT, "reader")
    translate(table, ada, table.head().digest)
    assert reviewing.review(table.petition).obstacles == [Obstacle.UNCHECKED]
    with pytest.raises(WrongState):
        approve(table, ada)
    assert vouch(table, reader)
    standing = translations.standings(table.petition)[1]
    assert standing.checked is not None
    assert standing.checked.by == "reader"
    assert approve(table, ada) is Step.APPROVED


@pytest.mark.parametrize("part", [Part.SUGGEST, Part.COMMENT])
def test_who_only_suggests_or_comments_vouches_for_no_translation(table: Table, part: Part) -> None:
    translate(table, table.organizer(), table.head().digest)
    with pytest.raises(Forbidden):
        vouch(table, table.guest(part))
    assert reviewing.review(table.petition).obstacles == [Obstacle.UNCHECKED]


def test_a_translation_with_another_number_of_demands_says_so(table: Table) -> None:
    ada = table.organizer()
    table.save(ada, 1, demands="One\nTwo\nThree\nFour")
    fields = {**table.fields(), "demands": "Uno\nDos\nTres"}
    writing = Writing(0, fields, source=table.head().digest)
    services.save(seat=ada, language="es", writing=writing, today=TODAY)
    table.petition.refresh_from_db()
    found = translations.standing(table.petition, "es")
    assert found
    assert (found.demands, found.wanted, found.differs) == (3, 4, True)
    assert not translations.standings(table.petition)[0].differs


def test_a_check_goes_with_the_same_bytes_into_the_petition_that_follows(table: Table) -> None:
    ada, other = table.organizer("ada"), Table(petitions.create_petition(campaign=table.campaign))
    translate(table, ada, table.head().digest)
    vouch(table, ada)
    seat = access.seat_for(ada.user, other.petition.id)
    for code in ("en", "es"):
        source = table.head().digest if code == "es" else ""
        writing = Writing(0, table.head(code).fields, source=source)
        services.save(seat=seat, language=code, writing=writing, today=TODAY)
    other.petition.refresh_from_db()
    translations.carry_checks(before=table.petition, after=other.petition)
    found = translations.standing(other.petition, "es")
    assert found
    assert found.checked
    assert found.checked.by == "ada"


def test_no_check_goes_with_another_text(table: Table) -> None:
    ada, other = table.organizer(), Table(petitions.create_petition(campaign=table.campaign))
    translate(table, ada, table.head().digest)
    vouch(table, ada)
    seat = access.seat_for(ada.user, other.petition.id)
    for code in ("en", "es"):
        fields = {**table.head(code).fields, "body": "Another"}
        services.save(seat=seat, language=code, writing=Writing(0, fields), today=TODAY)
    other.petition.refresh_from_db()
    translations.carry_checks(before=table.petition, after=other.petition)
    assert not LanguageCheck.objects.filter(petition=other.petition).exists()


def test_a_translation_is_stale_once_its_source_changes(table: Table) -> None:
    ada = table.organizer()
    translate(table, ada, table.head().digest)
    vouch(table, ada)
    table.save(ada, 1, title="Changed")
    assert translations.standings(table.petition)[1].is_stale
    assert reviewing.review(table.petition).obstacles == [Obstacle.STALE]
    with pytest.raises(WrongState):
        vouch(table, ada)
    # Saving without saying that it follows the source leaves it stale.
    translate(table, ada, "", base=1, title="Basta ya")
    assert translations.standings(table.petition)[1].is_stale
    translate(table, ada, table.head().digest, base=2, title="Basta ya")
    assert not translations.standings(table.petition)[1].is_stale


def test_a_check_ends_with_the_text_that_was_read(table: Table) -> None:
    ada = table.organizer()
    translate(table, ada, table.head().digest)
    text, source = selectors.head(table.petition.id, "es").digest, table.head().digest
    translate(table, ada, source, base=1, title="Otra cosa")
    assert not translations.vouch(seat=ada, language="es", text=text, source=source, today=TODAY)
    assert reviewing.review(table.petition).obstacles == [Obstacle.UNCHECKED]


def test_a_language_that_is_left_out_is_not_frozen(table: Table) -> None:
    ada = table.organizer()
    translate(table, ada, "")
    translations.leave_out(seat=ada, language="es")
    table.petition.refresh_from_db()
    assert approve(table, ada) is Step.APPROVED
    assert [entry["language"] for entry in freezing._freeze_texts(table.petition)] == ["en"]
    assert selectors.head(table.petition.id, "es").number == 1


def test_the_source_is_never_left_out(table: Table) -> None:
    with pytest.raises(WrongState):
        translations.leave_out(seat=table.organizer(), language="en")


def test_no_page_approves_but_by_way_of_the_review() -> None:
    calling = re.compile(r"\b(?:services|petitions)\.approve\(")
    found = {
        source.name_of(path)
        for path in source.app_modules()
        if calling.search(path.read_text(encoding="utf-8"))
    }
    assert {name for name in found if ".management." not in name} == {
        "organizing.drafting.reviewing"
    }


LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
BODIES = st.lists(st.one_of(LINES, st.sampled_from(["---", "# x", "  - y", ""])), max_size=6)


@given(LINES, LINES, st.lists(LINES, max_size=4), BODIES, LINES)
def test_a_file_that_comes_back_has_the_same_hash(
    title: str, addressee: str, demands: list[str], body: list[str], consent: str
) -> None:
    typed = {
        "title": title,
        "addressee": addressee,
        "demands": "\n".join(demands),
        "body": "\n".join(body),
        "consent": consent,
    }
    content = content_of(typed, {})
    data = petitions.text_bytes("es", content)
    fields = fields_of(petitions.as_dict(content))
    version = Version(3, fields, hashlib.sha256(data).hexdigest(), Note("", None, "", ""))
    found = markdown_file.read(markdown_file.write("es", version))
    again = petitions.text_bytes(found.language, content_of(found.fields, {}))
    assert (found.version, again) == (3, data)


@pytest.mark.parametrize("text", ["", "# Title", "---\ntitle: 3\n---\n", "---\nno end", "---\n---"])
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        markdown_file.read(text)


@pytest.mark.parametrize("starter", starters.STARTERS, ids=lambda starter: starter.slug)
def test_every_text_to_begin_with_fills_every_field_and_says_what_is_missing(
    starter: starters.Starter,
) -> None:
    fields = starters.begin(starter.slug, "", "en")
    assert all(fields.values())
    assert starters.placeholders(" ".join(fields.values()))
