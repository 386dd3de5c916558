"""The browser's modules and the server's find the same, in every text that is tried."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict
from typing import Any

import pytest

from organizing.drafting import flags, reading, starters
from organizing.drafting.content import content_of
from organizing.drafting.kinds import KINDS
from organizing.drafting.starters import STARTERS
from organizing.drafting.unseen import RULES
from tests.architecture.source import ROOT
from tests.conftest import missing
from tests.drafting.post import POST, TRACES

SAMPLES = [
    (
        "Escribe a ana.perez@empresa.example o a @aperez. Es ilegal. Proyecto Linterna 😀 sigue.",
        "es",
    ),
    ("Frau Müller sagte am Montag, dass Projekt Laterne vertraulich ist. Mein Chef weiß es.", "de"),
    ("Pani Kowalska powiedziała: to nielegalne! Dokument HR20931, dostępny na 10.1.2.3.", "pl"),
    ("Mon chef, Jean Dupont, l’a dit: c’est illégal. Voir go/mci et \\\\files\\mci\\plan.", "fr"),
    ("لا أحد سألنا؟ المشروع سري للغاية. اكتب إلى a@b.example.", "ar"),
    ("我们没有被问过。这是机密！李雷说了。", "zh-hans"),
    (
        "Marked internal only: do not forward. You will regret it, or else. +1 415 555 0100, #40213",
        "en",
    ),
    (
        "As the only engineer in my team I joined in 2019; /home/kim and C:\\Users\\kim. DataVault",
        "en",
    ),
    ("[[fill me in]] and 😀😀 Bob Smith; ticket 88112 at wiki.example.com/page (see that).", "en"),
    ("I am on a small team of six in MPK 21, 3rd floor, and have been here for 11 years.", "en"),
    ("My badge says 448213. On Thursday 14 May at 9:42 PM in #mpk20-watercooler: no.", "en"),
    ("Un equipo de seis, planta 3; llevo aquí 11 años. El jueves 14 de mayo a las 21:42.", "es"),
    ("Ich bin seit 11 Jahren hier, Team von sechs, 3. Stock, um 21.42 Uhr.", "de"),
    ("Je suis là depuis 11 ans, équipe de six, 3e étage, à 21h42.\nEnvoyé de mon iPhone", "fr"),
    ("wa\u200btched\u2064 😀\u200d👩 👩\u200d💻 \U000e0041x w\u043erk 𝐀𝐁 ❤\ufe0f a\ufe0f", "en"),
    ("of the Model Capability Initiative, without retaliation; Nina Capability", "en"),
    (
        "Night shift B and NH-2 (C++ crew) know. Not night shift Bo, NH-21 or the night shift b.",
        "en",
    ),
    ("Wir von der Müllerei. müllerei? xMüllerei; C++ crew.", "de"),
    ("555-0142, 0171 5550142, 612 34 56 78, 612 345 678; 20,000 of 1,640,000 in 2019-2026", "en"),
    ("On WhatsApp, not DataVault. Rosa slipped.", "en"),
    ("", "en"),
    ("No trouble here. Two short sentences.", "en"),
    ("One\n\nTwo\n- three\n- four", "en"),
]


UNITS = ("NH-2", "C++ crew", "night shift B", "night shift", "Müllerei")


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    bodies = [("\n\n".join(map(str, starter.body)), "en") for starter in STARTERS]
    return [*SAMPLES, (POST, "en"), (POST, "es"), (POST, "zh-hans"), *bodies]


@pytest.fixture(scope="module")
def browser_finds(texts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}:/usr/bin:/usr/local/bin")
    if node is None:
        missing("Node.js")
    command = [node, str(ROOT / "tests" / "js" / "drafting_twin.mjs")]
    done = subprocess.run(
        command,
        input=json.dumps({"units": UNITS, "texts": texts}),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_both_flag_the_same_places(
    texts: list[tuple[str, str]], browser_finds: list[dict[str, Any]]
) -> None:
    for (text, language), answer in zip(texts, browser_finds, strict=True):
        found = [[flag.start, flag.end, flag.kind] for flag in flags.find(text, language, UNITS)]
        assert answer["flags"] == found, text


def test_both_read_the_same_from_the_meter(
    texts: list[tuple[str, str]], browser_finds: list[dict[str, Any]]
) -> None:
    for (text, language), answer in zip(texts, browser_finds, strict=True):
        assert answer["reading"] == asdict(reading.measure(text, language)), text


def test_the_post_is_as_long_as_it_says() -> None:
    assert 550 <= len(POST.split()) <= 750


@pytest.mark.parametrize(("words", "kind"), TRACES.items())
def test_every_planted_trace_is_found(words: str, kind: str) -> None:
    found = [flag for flag in flags.find(POST, "en") if flag.kind == kind]
    assert any(words in flag.words for flag in found)


def test_units_are_found_as_whole_words_and_the_longest_first() -> None:
    text = "Night shift B, not night shifts; NH-2, not NH-21. C++ crew@example.test"
    found = [flag.words for flag in flags.find(text, "en", UNITS) if flag.kind == "unit"]
    assert found == ["Night shift B", "NH-2"]
    assert flags.find("night shift B", "en") == []


def test_a_harmless_text_is_left_alone() -> None:
    text = "We want to work without being watched. We ask the board for an answer by June."
    assert flags.find(text, "en") == []


def test_the_post_is_not_all_flags() -> None:
    assert len(flags.find(POST, "en")) <= len(TRACES) + 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was marked strictly confidential.", "confidential"),
        ("You will regret this.", "threat"),
        ("They lied to us and it is illegal.", "claim"),
        ("My manager told me so.", "author"),
        ("Write to +49 30 901820.", "phone"),
        ("Write me at 555-0142.", "phone"),
        ("Ring 0171 5550142 at night.", "phone"),
        ("Llama al 612 34 56 78.", "phone"),
        ("Or 5550142 at work.", "phone"),
        ("Dave from receiving knows.", "name"),
        ("End it by [[day]].", "placeholder"),
        ("We are a small team of six.", "author"),
        ("I have been here 11 years.", "author"),
        ("We sit in MPK 21.", "place"),
        ("We sit on the 3rd floor.", "place"),
        ("My badge says 448213.", "document"),
        ("They wrote on Thursday 14 May at 9:42 PM.", "time"),
        ("It was in #mpk20-watercooler.", "channel"),
        ("Thanks\nSent from my iPhone", "footer"),
        ("We are wa\u200btched.", "invisible"),
        ("We w\u043erk here.", "lookalike"),
    ],
)
def test_each_kind_of_trouble_is_found(text: str, kind: str) -> None:
    assert kind in {flag.kind for flag in flags.find(text, "en")}


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Somos un equipo de seis.", "es", "author"),
        ("Llevo aquí 11 años.", "es", "author"),
        ("Fue el jueves 14 de mayo a las 21:42.", "es", "time"),
        ("Estamos en la planta 3.", "es", "place"),
        ("Enviado desde mi iPhone", "es", "footer"),
        ("Wir sind ein Team von sechs.", "de", "author"),
        ("Wir sitzen im 3. Stock.", "de", "place"),
        ("Nous sommes une équipe de six.", "fr", "author"),
        ("C’était à 21h42.", "fr", "time"),
    ],
)
def test_traces_are_found_in_other_languages(text: str, language: str, kind: str) -> None:
    assert kind in {flag.kind for flag in flags.find(text, language)}


@pytest.mark.parametrize(
    "text",
    [
        "We ask about the Model Capability Initiative, and the Capability Initiative alone.",
        "We ask for a promise of no retaliation. Protection from retaliation is a right.",
        "We ask for an answer by 30 June 2026, and for USD 100.",
        "Three years went by. It is one of the top 10.",
    ],
)
def test_what_is_no_trace_is_left_alone(text: str) -> None:
    assert flags.find(text, "en") == []


def test_what_nobody_sees_is_not_saved() -> None:
    marked = "Wa\u200btched\u2064 by\u2009them\u202e \U000e0041"
    typed = {"title": marked, "addressee": marked, "demands": marked, "body": marked}
    content = content_of({**typed, "consent": marked}, {})
    said = (content.title, content.addressee, *content.demands, content.body)
    assert {*said, content.consent["organizers"]} == {"Watched by them"}
    assert (
        content_of({**typed, "body": "👩\u200d💻 ❤\ufe0f", "consent": ""}, {}).body
        == "👩\u200d💻 ❤\ufe0f"
    )


def test_every_kind_of_the_rules_has_its_words() -> None:
    kinds = {rule["kind"] for rule in json.loads(RULES.read_text())["rules"]}
    assert kinds == set(KINDS)


def test_the_title_of_a_pasted_post_ends_with_a_whole_word() -> None:
    sentence = "They will record every key that we press and every page that we read, " * 3
    title = starters.begin("", sentence, "en")["title"]
    assert len(title) <= starters.TITLE_CHARACTERS
    assert title.endswith("…")
    assert sentence.startswith((f"{title[:-1]} ", f"{title[:-1]}, "))
