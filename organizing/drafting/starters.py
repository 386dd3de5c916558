"""Texts to begin with. [[…]] marks what somebody has to fill in before the text can be approved."""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizing.drafting.content import Fields

TITLE_CHARACTERS = 120
_PLACEHOLDER = re.compile(r"\[\[([^\[\]]{1,80})\]\]")


@dataclass(frozen=True, slots=True)
class Starter:
    """A text to begin with: each part a sentence or two that can be translated."""

    slug: str
    name: Promise
    title: Promise
    addressee: Promise
    demands: tuple[Promise, ...]
    body: tuple[Promise, ...]


_TO = _("[[The board of the employer]]")
_CONSENT = _(
    "The organizers of this petition may learn my name, to show how many employees stand behind "
    "it. They pass it on to nobody without asking me again."
)

STARTERS = (
    Starter(
        "surveillance",
        _("Stop a surveillance programme"),
        _("Stop [[the programme]]"),
        _TO,
        (
            _("End [[the programme]] by [[day]], and say in writing that it has ended."),
            _("Delete what it has collected about us, and let us see the proof."),
            _("Put nothing like it in its place without the consent of those it watches."),
            _("Respect our legal right to talk about our work and to act together."),
        ),
        (
            _(
                "Since [[month]] our employer has used [[the programme]] on our work computers. "
                "It records [[what it records]]."
            ),
            _("Nobody asked us. Whoever refuses is told that it is a condition of the job."),
            _(
                "We do good work without being watched. People who are watched stop asking "
                "questions, stop helping each other, and stop saying what goes wrong."
            ),
            _(
                "The law gives us the right to talk with each other about how we work and to act "
                "together: [[name the law of your country]]. We are using it."
            ),
            _("We ask for an answer in writing by [[day]]."),
        ),
    ),
    Starter(
        "pay",
        _("Pay transparency"),
        _("Show us how we are paid"),
        _TO,
        (
            _("Publish the pay band of every job and level by [[day]]."),
            _("Publish the median pay of women and men for each level, every year."),
            _("Say in writing how pay is decided, and who can look at a decision again."),
            _("Nobody is punished for talking about pay."),
        ),
        (
            _(
                "Two of us can do the same work and be paid very differently. None of us can find "
                "out why, because nobody may see how pay is decided."
            ),
            _(
                "In many places the law protects those who talk about their pay, and asks for "
                "bands: [[name the law of your country]]."
            ),
            _("Open bands cost nothing. They show that the pay is fair, or where it is not."),
            _("We ask for the bands and for an answer in writing by [[day]]."),
        ),
    ),
    Starter(
        "safety",
        _("Safety"),
        _("Make [[the place]] safe"),
        _TO,
        (
            _("Stop [[the dangerous work]] until [[what has to be mended]]."),
            _("Let somebody whom we choose inspect it, and show us the report."),
            _("Nobody loses pay for the time in which it cannot be done safely."),
        ),
        (
            _(
                "At [[the place]] we work with [[what is dangerous]]. Since [[month]] people have "
                "been hurt, or nearly."
            ),
            _("It was reported more than once. Nothing has changed."),
            _(
                "We have the right to work that does not harm us, and to say so without being "
                "punished: [[name the law of your country]]."
            ),
            _("We ask that it is mended by [[day]], and for an answer in writing."),
        ),
    ),
    Starter(
        "office",
        _("Return to office"),
        _("Let teams decide where they work"),
        _TO,
        (
            _("Withdraw the order to come in on [[number]] days a week."),
            _("Let every team decide together where its work is done best."),
            _("Nobody who was hired to work from elsewhere has to move, or loses a promotion."),
        ),
        (
            _("On [[day]] we were told to be in the office on [[number]] days a week."),
            _(
                "Many of us were hired under another promise. Some care for children or parents, "
                "some live far away, and some cannot travel every day."
            ),
            _("Our work did not suffer. We were shown no figures that say so."),
            _("We ask that the order is withdrawn, and for an answer in writing by [[day]]."),
        ),
    ),
    Starter(
        "union",
        _("Recognition of a union"),
        _("Recognize [[the union]]"),
        _TO,
        (
            _("Recognize [[the union]] for [[the group of employees]] and begin to bargain."),
            _("Stay neutral while we decide: no meetings against it, and no advisers."),
            _("Nobody is punished for joining, or for not joining."),
        ),
        (
            _(
                "We who work at [[the place]] want to decide together about our pay, our hours and "
                "how we are treated."
            ),
            _("The law gives us the right to form a union: [[name the law of your country]]."),
            _(
                "This is a petition. It is no authorization card and no application for "
                "membership: those are papers of their own."
            ),
            _("We ask for talks to begin by [[day]]."),
        ),
    ),
)
_BY_SLUG = {starter.slug: starter for starter in STARTERS}


def begin(slug: str, post: str, language: str) -> Fields:
    """The fields of a first version: a starter, a pasted post, or both.

    With both, the post comes first in the text and the starter's paragraphs below it. Without a starter the
    post's first line is its title.
    """
    with translation.override(language):
        starter = _BY_SLUG.get(slug)
        fields = _filled(starter) if starter else _blank(post)
        paragraphs = [post.strip(), fields["body"] if starter else ""]
        return {**fields, "body": "\n\n".join(part for part in paragraphs if part)}


def _filled(starter: Starter) -> Fields:
    return {
        "title": str(starter.title),
        "addressee": str(starter.addressee),
        "demands": "\n".join(map(str, starter.demands)),
        "body": "\n\n".join(map(str, starter.body)),
        "consent": str(_CONSENT),
    }


def _blank(post: str) -> Fields:
    first = post.strip().split("\n", 1)[0].strip("# ").strip()
    return {
        "title": _shortened(first),
        "addressee": str(_TO),
        "demands": str(_("[[What you ask for]]")),
        "body": "",
        "consent": str(_CONSENT),
    }


def _shortened(line: str) -> str:
    """A first line as a title: whole words, and “…” where more of it follows."""
    if len(line) <= TITLE_CHARACTERS:
        return line
    kept = line[: TITLE_CHARACTERS - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.–-") + "…"


def default_consent(language: str) -> str:
    """The sentence of consent that a text begins with."""
    with translation.override(language):
        return str(_CONSENT)


def placeholders(text: str) -> list[str]:
    """What is still to be filled in, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))
