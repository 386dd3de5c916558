"""A published petition as its pages show it: nothing in it depends on who asks."""

from dataclasses import dataclass
from typing import Any

from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organizing.crypto.encoding import b64u
from organizing.crypto.manifests import MAILBOX
from organizing.errors import NotFound
from organizing.petitions.days import End
from organizing.petitions.rendering import render_markdown
from organizing.petitions.selectors import OVER, PublishedPetition
from organizing.petitions.services import ORGANIZERS, TextContent
from organizing.petitions.unit_choices import UnitGroup, grouped


@dataclass(frozen=True, slots=True)
class Link:
    """A language of the petition, by its own name."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An audience, with the sentence by which a signer agrees to be named to it."""

    id: str
    label: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Everything that the templates of a petition use.

    `state` is frozen, open or closed: what can be done. `fate` says how a closed one ended: closed, archived or
    withdrawn. `is_settled`: no signature can be changed any more.
    """

    pid: str
    title: str
    addressee: str
    demands: list[str]
    body_html: SafeString
    language: str
    languages: list[Link]
    receipt_languages: list[Link]
    state: str
    fate: str
    next_url: str
    before_url: str
    asked_again: bool
    k: int
    epoch_words: str
    allow_mailbox: bool
    mail_domains: list[str]
    units: list[dict[str, str]]
    audiences: list[Choice]
    demo: bool
    manifest_hash_b64u: str
    closes: End
    sending_ends: End
    is_settled: bool
    manifest_url: str
    code_url: str
    issue_url: str
    send_url: str
    status_url: str
    withdraw_url: str
    receipt_url: str
    plain_url: str
    plain_sign_url: str
    plain_code_url: str
    plain_receipt_url: str
    petition_url: str

    @property
    def unit_groups(self) -> list[UnitGroup]:
        """The units as a signer chooses among them; put together only where they are shown."""
        return grouped(self.units)


@dataclass(frozen=True, slots=True)
class TextPage:
    """What petitions/head.html and petitions/text.html use of a text that is not published yet."""

    title: str
    addressee: str
    demands: list[str]
    body_html: SafeString
    language: str
    demo: bool
    consent: str


def present_text(content: TextContent, language: str, *, demo: bool) -> TextPage:
    """A saved text, for the same templates that show it to signers."""
    return TextPage(
        title=content.title,
        addressee=content.addressee,
        demands=content.demands,
        body_html=render_markdown(content.body),
        language=language,
        demo=demo,
        consent=content.consent.get(ORGANIZERS, ""),
    )


def present(petition: PublishedPetition, language: str) -> PetitionPage:
    """The page in one of the petition's languages. Raises NotFound for another."""
    if language not in petition.texts:
        raise NotFound
    content = petition.texts[language].content
    manifest = petition.manifest
    return PetitionPage(
        pid=petition.pid,
        title=content["title"],
        addressee=content["addressee"],
        demands=content["demands"],
        body_html=render_markdown(content["body"]),
        language=language,
        languages=languages(petition),
        receipt_languages=languages(petition, "petition-receipt"),
        state="closed" if petition.state in OVER else petition.state,
        fate=petition.state if petition.state in OVER else "",
        next_url=_languages_url(petition.next_pid),
        before_url=_languages_url(petition.before_pid),
        asked_again=petition.asked_again,
        k=manifest.k,
        epoch_words=epoch_words(manifest.epoch_seconds),
        allow_mailbox=MAILBOX in manifest.methods,
        mail_domains=sorted(manifest.mail_domains),
        units=manifest.content["units"],
        audiences=[
            Choice(name, label=audience_label(name), consent=content["consent"].get(name, ""))
            for name, _key in manifest.audiences
        ],
        demo=petition.demo,
        manifest_hash_b64u=b64u(manifest.hash),
        closes=End(petition.issuing_ends_at, petition.time_zone),
        sending_ends=End(petition.sending_ends_at, petition.time_zone),
        is_settled=is_settled(petition),
        **_addresses(petition, language),
    )


def is_settled(petition: PublishedPetition) -> bool:
    """Whether the time to change and withdraw is over, too."""
    return not petition.accepts_sending(timezone.now())


def _languages_url(pid: str) -> str:
    return reverse("petition-languages", kwargs={"pid": pid}) if pid else ""


def _addresses(petition: PublishedPetition, language: str) -> dict[str, Any]:
    issuing = petition.manifest.content["issuing_origin"]
    sending = petition.manifest.content["sending_origin"]
    here = {"pid": petition.pid}
    spoken = {"pid": petition.pid, "language": language}
    return {
        "manifest_url": reverse("petition-manifest", kwargs=here),
        "code_url": issuing + reverse("protocol-code", kwargs=here),
        "issue_url": issuing + reverse("protocol-issue", kwargs=here),
        "send_url": sending + reverse("protocol-send", kwargs=here),
        "status_url": sending + reverse("protocol-status", kwargs=here),
        "withdraw_url": sending + reverse("protocol-withdraw", kwargs=here),
        "petition_url": reverse("petition", kwargs=spoken),
        "receipt_url": reverse("petition-receipt", kwargs=spoken),
        "plain_url": reverse("petition-plain", kwargs=spoken),
        "plain_sign_url": reverse("petition-plain-sign", kwargs=spoken),
        "plain_code_url": reverse("petition-plain-code", kwargs=spoken),
        "plain_receipt_url": reverse("petition-plain-receipt", kwargs=spoken),
    }


def languages(petition: PublishedPetition, name: str = "petition") -> list[Link]:
    """The petition's languages in the manifest's order; `name` is the page that each leads to."""
    return [
        Link(
            code,
            str(LANG_INFO.get(code, {}).get("name_local", code)),
            reverse(name, kwargs={"pid": petition.pid, "language": code}),
        )
        for code in petition.manifest.texts
    ]


def audience_label(name: str) -> str:
    """How an audience is called on the page."""
    return _("The organizers") if name == ORGANIZERS else name


def epoch_words(seconds: int) -> str:
    """How often the site looks whether a batch can be made, as a phrase."""
    if seconds < 3600:
        return _("every few minutes")
    if seconds < 86_400:
        return _("every few hours")
    return _("once a day")
