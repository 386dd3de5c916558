"""The cast of the demo: who signs, with which proof, and who gives a name. All invented."""

import secrets
from datetime import UTC, date, datetime
from itertools import cycle

from organizing.crypto import codes
from organizing.crypto.manifests import MAILBOX, PAPER, Manifest
from organizing.eligibility import services as eligibility
from organizing.management.simulation import Coworker, Proof
from organizing.petitions import selectors
from organizing.petitions.models import Petition

NAMES = (
    ("en", "Rosa Whitfield", "Site reliability engineer"),
    ("es", "Lucía Benavides", "Analista de datos"),
    ("ar", "ليلى منصور", "مهندسة برمجيات"),
    ("en", "Tomasz Zieliński", "Hardware technician"),
    ("en", "Dana Okonkwo", ""),
    ("es", "Mateo Quiroga", ""),
    ("ar", "سامر حداد", ""),
    ("en", "Priya Raman", "Researcher"),
    ("en", "Wen Li 李雯", "Content reviewer"),
    ("en", "Aoife Brannigan", "Data centre operator"),
    ("es", "Inés Caballero", "Traductora"),
    ("en", "Jonah Feld", ""),
)
LANGUAGES = ("en", "en", "en", "es", "ar")


def paper_proofs(
    petition: Petition, count: int, label: str, day: date | None = None
) -> list[Proof]:
    """Freshly printed slips, as an organizer would hand them out; printed today, or on another day."""
    made = eligibility.create_code_batch(
        petition_id=petition.id, label=label, size=count, today=day or _today()
    )
    return [Proof(PAPER, code.encode()) for code in made]


def mailbox_proofs(petition: Petition, manifest: Manifest, count: int) -> list[Proof]:
    """Codes as the site would mail them today to invented addresses of the invented employer."""
    key = selectors.issuer_secrets(petition.id).code_key
    domain = sorted(manifest.mail_domains)[0]
    day = (_today() - date(1970, 1, 1)).days
    proofs = []
    for _ in range(count):
        # As if each had asked first: more given out than asked for would be an alarm.
        eligibility.count_requested(petition_id=petition.id, today=_today())
        address = f"coworker-{secrets.token_hex(4)}@{domain}"
        code = codes.mail_code(key, manifest.hash, address, day)
        proofs.append(Proof(MAILBOX, f"{address}\0{code}".encode()))
    return proofs


def cast(proofs: list[Proof], named: int) -> list[Coworker]:
    """One co-worker for each proof, in no order; `named` of them give a name."""
    drawn = secrets.SystemRandom().sample(proofs, len(proofs))
    given = cycle(NAMES)
    people = []
    for position, proof in enumerate(drawn):
        if position < named:
            language, name, title = next(given)
            people.append(Coworker(proof, language, _numbered(name, position), title))
        else:
            people.append(Coworker(proof, secrets.choice(LANGUAGES)))
    return secrets.SystemRandom().sample(people, len(people))


def _numbered(name: str, position: int) -> str:
    turn = position // len(NAMES)
    return f"{name} ({turn + 1})" if turn else name


def _today() -> date:
    return datetime.now(UTC).date()
