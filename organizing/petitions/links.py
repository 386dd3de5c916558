"""Links that carry the fingerprint of a petition in their fragment, which no server ever sees."""

from django.conf import settings
from django.urls import reverse

from organizing.crypto.encoding import b64u
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PUBLIC


def fingerprint(petition: Petition) -> str:
    """The manifest's hash: 43 characters of base64url, or nothing before it is frozen."""
    return b64u(bytes(petition.manifest_hash)) if petition.manifest_hash else ""


def address(petition: Petition) -> str:
    """Where the petition is reached now, without fragment: privately while frozen, publicly after."""
    pid = petition.public_id if petition.state in PUBLIC else petition.private_id
    return settings.SITE_ORIGIN + reverse("petition-languages", kwargs={"pid": pid})


def signing_link(petition: Petition, language: str = "", code: str = "") -> str:
    """A link to sign at, by docs/protocol.md section 2; without language, to the choice of one."""
    spoken = f"{language}/" if language else ""
    spent = f"&c={code}" if code else ""
    return f"{address(petition)}{spoken}#m={fingerprint(petition)}{spent}"
