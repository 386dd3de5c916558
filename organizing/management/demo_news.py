"""The demo's one update. No number is released in it: that is for whoever tries the demo to do by hand."""

import json
import uuid
from datetime import date
from pathlib import Path

from django.db import transaction

from organizing.accounts.models import Membership, Role
from organizing.petitions.models import Petition
from organizing.publishing import posts
from organizing.publishing.contents import Facts, Words
from organizing.publishing.models import Kind
from organizing.publishing.posts import Writing

TEXTS = Path(__file__).with_name("demo_update.json")


@transaction.atomic
def publish_update(petition: Petition, today: date) -> None:
    """In every language, by the demo's organizer. Does nothing where there is one: a start can be interrupted."""
    if posts.of(petition):
        return
    seats = Membership.objects.filter(campaign=petition.campaign, role=Role.ORGANIZER)
    user, post_id, number = seats.select_related("user")[0].user, uuid.uuid4(), 0
    for language, text in json.loads(TEXTS.read_text(encoding="utf-8")).items():
        written = posts.write(
            user=user,
            petition=petition,
            post_id=post_id,
            kind=Kind.UPDATE,
            writing=Writing(number, language, Facts(), Words(text["title"], text["body"])),
            today=today,
        )
        number = written.version
    posts.publish(post=written.post, number=number, by=user, today=today)
