"""A process inside the site, with its settings: prepares petitions, and tells what the site holds.

One JSON line in, `[command, arguments]`; one JSON line out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def commands() -> dict[str, Callable[..., Any]]:
    """What can be asked, by name."""
    from tests.journeys import (
        drafting_traces,
        enrolling,
        held,
        news_traces,
        preparing,
        six_weeks,
        support_traces,
    )

    return {
        "make_petition": preparing.make_petition,
        "enrol": enrolling.enrol,
        "found": enrolling.found,
        "give_key": preparing.give_key,
        "quicken": preparing.quicken,
        "describe": preparing.describe,
        "describe_one": preparing.describe_one,
        "make_codes": preparing.make_codes,
        "open_petition": preparing.open_petition,
        "close_petition": preparing.close_petition,
        "withdraw_petition": preparing.withdraw_petition,
        "follow_petition": preparing.follow_petition,
        "flush": preparing.flush,
        "totals": preparing.totals,
        "unit_totals": preparing.unit_totals,
        "held": held.held,
        "found_support": six_weeks.found_support,
        "give": six_weeks.give,
        "generate": six_weeks.generate,
        "count_generated": six_weeks.count_generated,
        "act_of": six_weeks.act_of,
        "next_monday": six_weeks.next_monday,
        "write_together": drafting_traces.write_together,
        "write_news": news_traces.write_news,
        "boxes_with": drafting_traces.boxes_with,
        "sessions": drafting_traces.sessions,
        "write_support": support_traces.write_support,
        "support_with": support_traces.support_with,
    }


def say(answer: object) -> None:
    """One line."""
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def main() -> None:
    """Makes the tables, says that it is ready, and serves until its input ends."""
    import django
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    known = commands()
    say("ready")
    for line in sys.stdin:
        name, arguments = json.loads(line)
        say(known[name](**arguments))


if __name__ == "__main__":
    main()
