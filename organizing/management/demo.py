"""The demo campaign: a petition in three languages, three accounts, slips of paper, and signatures by simulated
co-workers. Everything in it is invented. What they sign goes through the real addresses; what they signed in earlier
weeks (demo_earlier) through the services behind these."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.crypto import codes, keyfiles, words
from organizing.crypto.encoding import b64u
from organizing.eligibility import services as eligibility
from organizing.errors import Closed
from organizing.management import demo_units
from organizing.petitions import freezing, services
from organizing.petitions.days import end_of
from organizing.petitions.models import Petition, State
from organizing.petitions.selectors import OVER

TEXTS = Path(__file__).with_name("demo_texts.json")
EMPLOYER_DOMAIN = "example-employer.test"
EPOCH_SECONDS = 120
K = 10
OPEN_FOR = timedelta(days=60)
PAPER_CODES = 3
PASSPHRASE_WORDS = 6
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Account:
    """How to sign in as somebody of the demo."""

    username: str
    password: str
    totp_secret: str


def find() -> Petition | None:
    """The demo petition, once it is open; not the one before it."""
    return Petition.objects.filter(demo=True, state=State.OPEN).order_by("-opens_at").first()


def left() -> dict[str, Any] | None:
    """The facts of a start that was interrupted once its petition was frozen."""
    if not unfinished_file().exists():
        return None
    facts = read(unfinished_file())
    rows = Petition.objects.filter(state__in=(State.FROZEN, State.OPEN))
    return facts if rows.filter(public_id=facts["petition_id"]).exists() else None


def facts_file() -> Path:
    """Where scripts find what was seeded. It appears last."""
    return Path(settings.DATA_DIR) / "demo.json"


def unfinished_file() -> Path:
    """The same facts until everybody has signed, so that an interrupted start is taken up again."""
    return _folder() / "unfinished.json"


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def forget_unopened() -> None:
    """Frees the names of a start that was interrupted before its petition was frozen. What it drafted
    stays behind, where nobody can reach it."""
    User.objects.filter(memberships__campaign__demo=True).delete()


def build(say: Callable[[str], None]) -> dict[str, Any]:
    """Create campaign, accounts and petition, freeze it, and return the facts. Its first signers open it."""
    campaign = Campaign.objects.create(
        name="Our screens are ours",
        employer_domains=[EMPLOYER_DOMAIN],
        k=K,
        first_signers=K,
        epoch_seconds=EPOCH_SECONDS,
        demo=True,
    )
    accounts = {
        "organizer": _account(campaign, "robin", Role.ORGANIZER),
        "representative": _account(campaign, "morgan", Role.REPRESENTATIVE),
        "lead": _account(campaign, "sasha", Role.LEAD),
    }
    organizer, today = User.objects.get(username="robin"), datetime.now(UTC).date()
    demo_units.plant(campaign, organizer, today)
    demo_units.give(campaign, User.objects.get(username="morgan"))
    petition = _draft(campaign)
    demo_units.offer(petition, organizer, today)
    key_facts = _make_key(petition)
    _freeze(petition, say)
    petition.refresh_from_db()
    facts = {**_facts(petition, accounts), **key_facts}
    # From now on a second start finds everything.
    write(unfinished_file(), facts)
    return facts


def _account(campaign: Campaign, username: str, role: Role) -> Account:
    account = Account(username, secrets.token_urlsafe(12), generate_totp_secret())
    user = User.objects.create_user(username, account.password)
    TOTP.activate(user, account.totp_secret)
    RecoveryCodes.activate(user)
    Membership.objects.create(campaign=campaign, user=user, role=role)
    return account


def _draft(campaign: Campaign) -> Petition:
    proofs = services.Proofs(mailbox=True, mail_domains=[EMPLOYER_DOMAIN])
    petition = services.create_petition(campaign=campaign, proofs=proofs)
    for language, text in json.loads(TEXTS.read_text(encoding="utf-8")).items():
        content = services.TextContent(**text)
        services.save_text(petition_id=petition.id, language=language, content=content)
    return petition


def _make_key(petition: Petition) -> dict[str, str]:
    """The organizers' key as their browser makes it: here it is on the machine, which a real one never is."""
    key = keyfiles.new_audience_key(services.ORGANIZERS)
    passphrase = " ".join(
        words.words_of(secrets.token_bytes(words.SECRET_BYTES))[:PASSPHRASE_WORDS]
    )
    services.set_audience_key(
        petition_id=petition.id, slug=services.ORGANIZERS, public_key=key.public_key
    )
    _write_private(_key_file(), keyfiles.write_key_file(key, passphrase))
    return {"key_passphrase": passphrase}


def _key_file() -> Path:
    return _folder() / "organizers-key.json"


def _freeze(petition: Petition, say: Callable[[str], None]) -> None:
    """Through the queue, as on a real site; by ourselves if no worker takes it."""
    services.approve(petition_id=petition.id)
    now = datetime.now(UTC)
    closes = end_of((now + OPEN_FOR).date(), petition.campaign.time_zone)
    services.start_freezing(petition_id=petition.id, now=now, closes=closes)
    say("Making the petition's keys …")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not Petition.objects.filter(id=petition.id, state=State.FROZEN).exists():
        if time.monotonic() > deadline:
            freezing.freeze(petition_id=petition.id)
        time.sleep(0.2)


def _facts(petition: Petition, accounts: dict[str, Account]) -> dict[str, Any]:
    manifest_hash = b64u(bytes(petition.manifest_hash or b""))
    return {
        "petition_id": petition.public_id,
        "manifest_hash": manifest_hash,
        "paper_codes": _slips(petition, PAPER_CODES),
        "mail_domain": EMPLOYER_DOMAIN,
        **{
            role: {
                "username": account.username,
                "password": account.password,
                "totp_secret": account.totp_secret,
            }
            for role, account in accounts.items()
        },
    }


def with_fresh_codes(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with three slips that nobody has used: what was used since is replaced. None once it is over."""
    petition = Petition.objects.get(public_id=facts["petition_id"])
    if petition.state in OVER:
        return {**facts, "paper_codes": []}
    left = [code for code in facts["paper_codes"] if eligibility.is_unspent(petition.id, code)]
    missing = PAPER_CODES - len(left)
    try:
        made = _slips(petition, missing) if missing else []
    except Closed:
        made = []
    return {**facts, "paper_codes": [*left, *made]}


def _slips(petition: Petition, size: int) -> list[str]:
    made = eligibility.create_code_batch(
        petition_id=petition.id,
        label="Slips for you",
        size=size,
        today=datetime.now(UTC).date(),
    )
    return [codes.print_code(code) for code in made]


def placed(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with their places, which change with the port and the data folder of this start."""
    site = settings.SITE_ORIGIN
    places = {
        "site": site,
        "petition_url": f"{site}/p/{facts['petition_id']}/en/#m={facts['manifest_hash']}",
        "mail_dir": str(Path(settings.DATA_DIR) / "mail"),
        "key_file": str(_key_file()),
    }
    return {**places, **{name: fact for name, fact in facts.items() if name not in places}}


def write(path: Path, facts: dict[str, Any]) -> None:
    """Keep facts, for this user alone."""
    _write_private(path, json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def finish(facts: dict[str, Any]) -> None:
    """Everybody has signed: the facts stand where scripts find them."""
    write(facts_file(), placed(facts))
    unfinished_file().unlink(missing_ok=True)


def read(path: Path) -> dict[str, Any]:
    """Facts that were kept."""
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts
