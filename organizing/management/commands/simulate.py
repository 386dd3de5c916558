"""More simulated co-workers sign the demo over HTTP, so that a visitor's own signature meets its batch."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organizing.management import coworkers, demo, simulation, typed
from organizing.management.progress import Bar


class Command(BaseCommand):
    help = "N simulated co-workers sign the demo petition over HTTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, help="how many")
        parser.add_argument(
            "--named", type=int, default=None, help="how many give a name (a sixth)"
        )
        parser.add_argument("--mailbox", type=int, default=0, help="how many prove by mailbox (0)")
        parser.add_argument(
            "--origin", default="", help="where the site answers; as demo.json says"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count, by_mail = options["count"], options["mailbox"]
        petition, is_seeded = demo.find(), demo.facts_file().exists()
        if petition is None and is_seeded:
            raise CommandError(typed.how_to_begin_afresh())
        if petition is None or not is_seeded:
            raise CommandError("There is no open demo petition here: `make run` seeds one.")
        if not 0 < count <= 5_000 or not 0 <= by_mail <= count:
            raise CommandError("Between 1 and 5000 co-workers, and no more by mailbox than that.")
        named = count // 6 if options["named"] is None else options["named"]
        origin = options["origin"] or demo.read(demo.facts_file())["site"]
        site = simulation.Site(origin, petition.public_id)
        proofs = coworkers.mailbox_proofs(petition, site.manifest, by_mail)
        if count > by_mail:
            label = "Slips of more co-workers"
            proofs += coworkers.paper_proofs(petition, count - by_mail, label)
        people = coworkers.cast(proofs, named)
        try:
            simulation.sign_all(site, people, Bar(self.stdout, "Signing"))
        except (OSError, simulation.SimulationError) as error:
            raise CommandError(f"The site did not take a signature: {error}") from error
        self.stdout.write(
            f"{count} signed, {named} of them with a name. They count with the next batch."
        )
