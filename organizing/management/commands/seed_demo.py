"""Seed the demo once, and say where to go. The web server must run: signatures are made through it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organizing.management import (
    coworkers,
    demo,
    demo_earlier,
    demo_news,
    demo_paper,
    demo_support,
    simulation,
    typed,
)
from organizing.management.progress import Bar
from organizing.petitions.models import Petition, State
from organizing.publishing import gate
from organizing.signing import batches
from organizing.signing.models import Tally
from organizing.tracking.tasks import release_due

FIRST, PAPER, MAILBOX, NAMED = 12, 120, 34, 28


class Command(BaseCommand):
    help = "Seeds the demo campaign once and prints where to go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--origin", default="", help="where the site answers; default SITE_ORIGIN"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.facts_file().exists():
            facts = demo.with_fresh_codes(demo.read(demo.facts_file()))
        elif (frozen := self._frozen()) is None:
            raise CommandError("There is a demo, but not its demo.json: empty the data folder.")
        else:
            facts = frozen
            self._sign(facts, options["origin"] or settings.SITE_ORIGIN)
        demo.finish(facts)
        self._tell(demo.placed(facts))

    def _frozen(self) -> dict[str, Any] | None:
        """The facts of a petition that is frozen at least: one that was left, or a new one."""
        if (left := demo.left()) is not None:
            return left
        if demo.find() is not None:
            return None
        demo.forget_unopened()
        return demo.build(self.stdout.write)

    def _sign(self, facts: dict[str, Any], origin: str) -> None:
        petition = Petition.objects.get(public_id=facts["petition_id"])
        self._look_back(petition)
        if petition.state == State.FROZEN:
            self._open(petition, origin)
        site = simulation.Site(origin, petition.public_id)
        proofs = coworkers.paper_proofs(petition, PAPER - FIRST, "Slips of simulated co-workers")
        proofs += coworkers.mailbox_proofs(petition, site.manifest, MAILBOX)
        self.stdout.write(f"{len(proofs)} simulated co-workers sign …")
        people = coworkers.cast(proofs, NAMED)
        simulation.sign_all(site, people, Bar(self.stdout, "  "))
        count_batch(petition)
        demo_news.publish_update(petition, timezone.now().date())

    def _look_back(self, petition: Petition) -> None:
        """The weeks before, so that whoever reads figures finds some."""
        self.stdout.write("Eight earlier weeks of simulated signatures and cards …")
        campaign = petition.campaign
        starts = list(demo_earlier.mondays(campaign, timezone.now()))
        staff = demo_paper.staff_of(campaign)
        demo_earlier.gather(petition, starts, staff)
        demo_support.collect(campaign, starts, staff)
        release_due()

    def _open(self, petition: Petition, origin: str) -> None:
        """Through the gate, like any other: the first signers come by the private link."""
        self.stdout.write(f"{FIRST} first signers sign by the private link …")
        proofs = coworkers.paper_proofs(petition, FIRST, "Slips of the first signers")
        site = simulation.Site(origin, petition.private_id)
        simulation.sign_all(site, coworkers.cast(proofs, 0), Bar(self.stdout, "  "))
        count_batch(petition)
        gate.open_if_reached(petition_id=petition.id, today=timezone.now().date())

    def _tell(self, facts: dict[str, Any]) -> None:
        accounts = (
            ("as the organizer", "organizer"),
            ("as the union rep", "representative"),
            ("as the lead rep", "lead"),
        )
        lines = (
            "",
            f"  The petition        {facts['petition_url']}",
            *(f"  A slip of paper     {code}" for code in facts["paper_codes"]),
            *_by_mail(facts),
            f"  Sign in             {facts['site']}/accounts/login/",
            *(
                f"  {words:18}  {facts[name]['username']}  {facts[name]['password']}"
                for words, name in accounts
                if name in facts
            ),
            f"  second factor       `{typed.make('demo-codes')}` prints the six-digit codes of this minute",
            f"  Open the names      with {facts['key_file']}",
            f"                      and the passphrase: {facts['key_passphrase']}",
            "                      in organizing/static/organizing/build/opener-en.html, or with",
            "                      .venv/bin/python -m organizing.disclosure.opener EXPORT KEY --csv LIST",
            *_more(facts),
            "",
        )
        for line in lines:
            self.stdout.write(line)


def _by_mail(facts: dict[str, Any]) -> list[str]:
    """Not once the petition is over: then it has no slips either."""
    if not facts["paper_codes"]:
        return []
    where = f"any address at {facts['mail_domain']}; mail lands in {facts['mail_dir']}"
    return [f"  Codes by mail       for {where}"]


def _more(facts: dict[str, Any]) -> list[str]:
    if facts["paper_codes"]:
        return [f"  More co-workers     `{typed.make('simulate N=25')}` in another terminal"]
    return ["", f"  {typed.how_to_begin_afresh()}"]


def count_batch(petition: Petition) -> None:
    """Flush once, by the clock of the moment at which it would be due: a visitor sees counts at once."""
    for tally in Tally.objects.filter(petition=petition):
        now = max(tally.due_at, timezone.now())
        batches.flush(petition_id=petition.id, proof_class=tally.proof_class, now=now)
