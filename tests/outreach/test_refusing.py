"""A note is about a unit: what looks like a person is refused, what looks like work is not."""

from __future__ import annotations

import pytest

from organizing.outreach.refusing import Reason, people_in

UNITS = ("North", "Warehouse", "Night shift", "Site 6", "Santa Maria", "Pick Tower", "WH-06")

TAKEN = (
    "talk to night shift, site 6",
    "Talk to Night Shift, Site 6",
    "Hang posters in the canteen before Monday",
    "Ask Warehouse about the new rota",
    "Flyers for Santa Maria, gate 2",
    "See Friday’s rota, Site Six",
    "Visit Dock Four at Lunch",
    "WH-06: bring 40 slips on Friday",
    "mark the break room on the plan",
    "Hablar con el turno de noche, nave 6",
    "Speak to North and to Pick Tower in the Late Shift",
    "Slips 200 to 240 are for the day shift",
    "تحدثوا مع وردية الليل، الموقع 6",
    "与 6 号站点夜班交谈",
    "Mit der Nachtschicht sprechen, Tor 3",
)
REFUSED = (
    ("talk to Maria on night shift", Reason.NAME, "Maria"),
    ("ask anna about the night shift", Reason.NAME, "anna"),
    ("JUAN can bring slips", Reason.NAME, "JUAN"),
    ("call Anneliese in packing", Reason.NAME, "Anneliese"),
    ("Anneliese Brandt is for it", Reason.NAME, "Anneliese Brandt"),
    ("give slips to J. Okafor", Reason.NAME, "J. Okafor"),
    ("Mr Okafor opens gate 2", Reason.NAME, "Mr Okafor"),
    ("hablar con Lucía de limpieza", Reason.NAME, "Lucía"),
    ("write to a.brandt@example.com", Reason.ADDRESS, "a.brandt@example.com"),
    ("write to @abrandt on the chat", Reason.USERNAME, "@abrandt"),
    ("ring +44 20 7946 0958 first", Reason.PHONE, "+44 20 7946 0958"),
    ("employee 48213 has the key", Reason.NUMBER, "employee 48213"),
    ("slips go to 14 Elm Street", Reason.HOME, "14 Elm Street"),
    ("recoger en Calle de Toledo 14", Reason.HOME, "Calle de Toledo 14"),
)


@pytest.mark.parametrize("text", TAKEN)
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_note_about_a_unit_is_taken(text: str, language: str) -> None:
    assert people_in(text, language, UNITS) == []


@pytest.mark.parametrize(("text", "reason", "words"), REFUSED)
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_what_looks_like_a_person_is_found_and_named(
    text: str, reason: Reason, words: str, language: str
) -> None:
    found = people_in(text, language, UNITS)
    assert any(kind is reason and words in what for kind, what in found), found


def test_a_given_name_may_stand_where_a_unit_bears_it() -> None:
    assert people_in("posters for Santa Maria", "en", UNITS) == []
    assert people_in("posters for Santa Maria", "en", ()) != []


def test_each_stretch_is_named_once() -> None:
    assert len(people_in("talk to Anneliese Brandt", "en", ())) == 1
