"""Writes inside the site, by its own pages, what readers are to be told: with a mark, and never published."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict

from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.petitions.models import Petition
from organizing.publishing import contents
from organizing.publishing.models import PostVersion
from tests.accounts.people import enter, member


def write_news(*, petition: str, mark: str) -> int:
    """An update that is shown, saved and saved again, one that somebody else was faster at, and an answer.

    How many sealed versions hold the mark, read with the application's key.
    """
    found = Petition.objects.get(id=petition)
    name = f"Teller{Petition.objects.count()}{PostVersion.objects.count()}"
    client = enter(member(found.campaign, name, Role.DRAFTER))
    post_id = str(uuid.uuid4())
    for act, words in (("show", "only shown"), ("save", "first"), ("save", "too late")):
        fields = {"title": f"{mark} {words}", "body": f"{mark} body {words}", act: ""}
        _post(client, found, "update", post_id=post_id, **fields)
    _post(client, found, "answer", source=f"{mark} source", body=f"{mark} whole", words_0=mark)
    return sum(mark in _said(row) for row in PostVersion.objects.filter(post__petition=found))


def _post(client: Client, petition: Petition, kind: str, **fields: str) -> None:
    address = reverse("workspace-news-new", args=[petition.id, kind, "en"])
    typed = {"base": "0", **fields}
    answer = client.post(address, typed, follow=True, SERVER_NAME="127.0.0.1")
    assert answer.status_code == 200, answer.status_code


def _said(row: PostVersion) -> str:
    said = contents.read(row).content
    return json.dumps([asdict(words) for words in said.words.values()], default=str)
