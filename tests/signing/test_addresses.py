"""Where a petition is reached, and that a client follows the manifest to other origins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import override_settings
from django.utils import timezone

from organizing.petitions import ending, selectors
from tests import factories
from tests.reference_client.site import Answer
from tests.reference_client.wire import ClientError
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db


def test_a_frozen_petition_is_signed_under_its_private_id_alone() -> None:
    row = factories.frozen()
    here = Stage(selectors.publish(row, row.public_id))
    with pytest.raises(ClientError, match="404"):
        here.signer()
    private = replace(here, pid=row.private_id)
    founder, credential = private.with_paper()
    assert founder.manifest.content["petition"] == row.public_id
    assert founder.send(founder.send_bytes(credential)) == {"status": "held", "version": 1}


def test_the_founders_link_works_on_after_the_opening() -> None:
    row = factories.frozen()
    private = Stage(selectors.publish(row, row.public_id), pid=row.private_id)
    founder, _credential = private.signed()
    ending.open_petition(petition_id=row.id, today=timezone.now().date())
    selectors.forget_published()
    public = Stage(selectors.published(row.public_id))
    assert public.signer(1).manifest.mh == founder.manifest.mh
    assert founder.status() == public.signer(1).status() == {"status": "held", "version": 1}


class Following(InProcess):
    """Remembers which origin each request went to."""

    def __init__(self) -> None:
        super().__init__()
        self.origins: dict[str, str] = {}

    def request(self, method: str, url: str, body: bytes | None) -> Answer:
        origin, _separator, path = url.partition("/p/")
        self.origins[path.rpartition("/")[2]] = origin
        return super().request(method, url, body)


@override_settings(
    ISSUING_ORIGIN="https://issue.example.org", SENDING_ORIGIN="https://send.example.org"
)
def test_each_side_is_asked_at_its_own_origin() -> None:
    transport = Following()
    here = Stage(factories.opened(), transport)
    signer, _credential = here.signed()
    signer.status()
    signer.ask_for_code(f"a@{factories.DOMAIN}")
    asked = transport.origins
    assert {asked["issue"], asked["code"]} == {"https://issue.example.org"}
    assert {asked["send"], asked["status"]} == {"https://send.example.org"}
    assert asked["manifest"] == here.origin
    assert transport.wire[-1][2].headers["Access-Control-Allow-Origin"] == "*"


def test_a_manifest_that_the_link_does_not_name_stops_the_client() -> None:
    here = Stage(factories.opened())
    other = factories.opened()
    with pytest.raises(ClientError, match="not the manifest"):
        replace(here, petition=replace(other, pid=here.petition.pid)).signer()
