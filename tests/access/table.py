"""Who may reach which address. An address that is not here fails the test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tests.access.cast import DRAFTER, ELSEWHERE, LEAD, NOWHERE, ORGANIZER, REPRESENTATIVE
from tests.access.holders import HOLDERS, LEAD_HOLDER, TOTAL_HOLDER, UNITS_HOLDER


class Side(Enum):
    """Which door an address lies behind."""

    PUBLIC = "the same for everybody, without session or cookie"
    ENTRANCE = "for whoever is not signed in yet, or does not need to be"
    ACCOUNT = "for whoever is signed in, with a second factor or on the way to one"
    WORKSPACE = "behind the second factor"
    TOKENS = "for whoever holds an access token, without session or cookie"
    DRAFTS = "for whoever is signed in, with a second factor or none"


@dataclass(frozen=True)
class Rule:
    """`may` names the actors for whom an address of the workspace exists and opens."""

    side: Side
    may: frozenset[str] = frozenset()
    only: str = ""
    draft: bool = False


PUBLIC, ENTRANCE, ACCOUNT = Rule(Side.PUBLIC), Rule(Side.ENTRANCE), Rule(Side.ACCOUNT)


def workspace(*may: str, only: str = "", draft: bool = False) -> Rule:
    """A page of the workspace. `only` one method; `draft` where the draft shows it, not the frozen petition."""
    return Rule(Side.WORKSPACE, frozenset(may), only, draft)


def drafting(only: str = "") -> Rule:
    """A page of a draft, for members who write; who came by a link is tried in tests/drafting."""
    return workspace(ORGANIZER, DRAFTER, only=only, draft=True)


ANYBODY = (ORGANIZER, REPRESENTATIVE, LEAD, DRAFTER, ELSEWHERE, NOWHERE)
MEMBERS = (ORGANIZER, REPRESENTATIVE, LEAD, DRAFTER)
COUNTERS = (ORGANIZER, REPRESENTATIVE, LEAD)
COMMITTEE = (ORGANIZER, LEAD)

TABLE: dict[str, Rule] = {
    "home": PUBLIC,
    "home-es": PUBLIC,
    "home-ar": PUBLIC,
    "opener": PUBLIC,
    "petition-languages": PUBLIC,
    "petition-manifest": PUBLIC,
    "petition": PUBLIC,
    "petition-text": PUBLIC,
    "petition-receipt": PUBLIC,
    "petition-updates": PUBLIC,
    "petition-update": PUBLIC,
    "petition-feed": PUBLIC,
    "petition-plain": PUBLIC,
    "petition-plain-sign": PUBLIC,
    "petition-plain-code": PUBLIC,
    "petition-plain-done": PUBLIC,
    "petition-plain-receipt": PUBLIC,
    "petition-plain-held": PUBLIC,
    "petition-plain-withdrawn": PUBLIC,
    "petition-plain-unknown": PUBLIC,
    "protocol-code": PUBLIC,
    "protocol-issue": PUBLIC,
    "protocol-send": PUBLIC,
    "protocol-status": PUBLIC,
    "protocol-withdraw": PUBLIC,
    "account_login": ENTRANCE,
    "account_logout": ENTRANCE,
    "account_signup": ENTRANCE,
    "account_inactive": ENTRANCE,
    "account_recover": ENTRANCE,
    "account_reset_password": ENTRANCE,
    "account_reset_password_done": ENTRANCE,
    "account_reset_password_from_key": ENTRANCE,
    "account_reset_password_from_key_done": ENTRANCE,
    "mfa_authenticate": ENTRANCE,
    "mfa_login_webauthn": ENTRANCE,
    "account_reauthenticate": ACCOUNT,
    "account_email": ACCOUNT,
    "account_protect": Rule(Side.ACCOUNT, only="GET"),
    "account_change_password": ACCOUNT,
    "mfa_index": ACCOUNT,
    "mfa_reauthenticate": ACCOUNT,
    "mfa_activate_totp": ACCOUNT,
    "mfa_deactivate_totp": ACCOUNT,
    "mfa_view_recovery_codes": ACCOUNT,
    "mfa_generate_recovery_codes": ACCOUNT,
    "mfa_download_recovery_codes": ACCOUNT,
    "mfa_list_webauthn": ACCOUNT,
    "mfa_add_webauthn": ACCOUNT,
    "mfa_reauthenticate_webauthn": ACCOUNT,
    "mfa_remove_webauthn": ACCOUNT,
    "mfa_edit_webauthn": ACCOUNT,
    "workspace": workspace(*ANYBODY, only="GET"),
    "workspace-new": workspace(*ANYBODY),
    "workspace-join": workspace(*ANYBODY),
    "workspace-campaign": workspace(*MEMBERS, only="GET"),
    "workspace-settings": workspace(ORGANIZER),
    "workspace-members": workspace(ORGANIZER, only="GET"),
    "workspace-invite": workspace(ORGANIZER, only="POST"),
    "workspace-withdraw-invitations": workspace(ORGANIZER, only="POST"),
    "workspace-remove": workspace(ORGANIZER),
    "workspace-vouch": workspace(ORGANIZER),
    "workspace-petition-new": workspace(ORGANIZER, DRAFTER, only="POST"),
    "workspace-petition": workspace(*MEMBERS, only="GET"),
    "workspace-text": workspace(ORGANIZER, DRAFTER, only="GET", draft=True),
    "workspace-preview": workspace(*MEMBERS, only="GET"),
    "workspace-proofs": workspace(ORGANIZER, draft=True),
    "workspace-key": workspace(ORGANIZER, draft=True),
    "workspace-approve": workspace(ORGANIZER, only="GET", draft=True),
    "workspace-send-back": workspace(ORGANIZER, only="GET"),
    "workspace-freeze": workspace(ORGANIZER, draft=True),
    "workspace-freezing": workspace(*MEMBERS, only="GET"),
    "workspace-first-signers": workspace(ORGANIZER),
    "workspace-open": workspace(ORGANIZER),
    "workspace-close": workspace(ORGANIZER),
    "workspace-withdraw": workspace(ORGANIZER),
    "workspace-archive": workspace(ORGANIZER),
    "workspace-new-version": workspace(ORGANIZER),
    "workspace-news": workspace(ORGANIZER, DRAFTER, only="GET"),
    "workspace-news-new": workspace(ORGANIZER, DRAFTER),
    "workspace-news-write": workspace(ORGANIZER, DRAFTER),
    "workspace-news-post": workspace(ORGANIZER, DRAFTER, only="GET"),
    "workspace-news-publish": workspace(ORGANIZER, only="POST"),
    "workspace-news-discard": workspace(ORGANIZER, DRAFTER, only="POST"),
    "workspace-news-release": workspace(ORGANIZER),
    "workspace-codes": workspace(ORGANIZER),
    "workspace-revoke": workspace(ORGANIZER),
    "workspace-counts": workspace(*COUNTERS, only="GET"),
    "workspace-export": workspace(ORGANIZER),
    "units": workspace(*COUNTERS, only="GET"),
    "units-history": workspace(*COUNTERS, only="GET"),
    "units-unit": workspace(*COUNTERS, only="GET"),
    "units-file": workspace(*COUNTERS, only="GET"),
    "units-example": workspace(*COUNTERS, only="GET"),
    "units-new": workspace(*COMMITTEE, only="POST"),
    "units-total": workspace(*COMMITTEE, only="POST"),
    "units-count": workspace(*COMMITTEE, only="POST"),
    "units-rename": workspace(*COMMITTEE, only="POST"),
    "units-move": workspace(*COMMITTEE, only="POST"),
    "units-merge": workspace(*COMMITTEE),
    "units-take-away": workspace(*COMMITTEE),
    "units-split": workspace(*COMMITTEE, only="POST"),
    "units-import": workspace(*COMMITTEE),
    "units-dry-run": workspace(*COMMITTEE),
    "units-throw-away": workspace(*COMMITTEE, only="POST"),
    "units-offer": workspace(ORGANIZER, draft=True),
    "tracking-acts": workspace(*COUNTERS, only="GET"),
    "tracking-act-new": workspace(*COMMITTEE),
    "tracking-act": workspace(*COMMITTEE),
    "tracking-act-remove": workspace(*COMMITTEE, only="POST"),
    "tracking-paper": workspace(*COUNTERS),
    "tracking-paper-confirm": workspace(*COUNTERS),
    "tracking-paper-discard": workspace(*COUNTERS, only="POST"),
    "tracking-lines": workspace(*COMMITTEE),
    "tracking-line-preset": workspace(*COMMITTEE, only="POST"),
    "tracking-line": workspace(*COMMITTEE),
    "tracking-line-remove": workspace(*COMMITTEE, only="POST"),
    "api-start": Rule(Side.TOKENS, frozenset(HOLDERS)),
    "api-acts": Rule(Side.TOKENS, frozenset(HOLDERS)),
    "api-description": Rule(Side.TOKENS, frozenset(HOLDERS)),
    "api-total": Rule(Side.TOKENS, frozenset({TOTAL_HOLDER, LEAD_HOLDER})),
    "api-units": Rule(Side.TOKENS, frozenset({UNITS_HOLDER, LEAD_HOLDER})),
    "api-unknown": Rule(Side.TOKENS),
    "api-tokens": workspace(*COUNTERS, only="GET"),
    "api-make": workspace(*COUNTERS),
    # One's own, too: tried in tests/api.
    "api-revoke": workspace(ORGANIZER, only="POST"),
    "outreach-contacts": workspace(*COUNTERS, only="GET"),
    "outreach-note": workspace(*COUNTERS, only="POST"),
    "outreach-change": workspace(*COUNTERS, only="POST"),
    "outreach-mail": workspace(*COUNTERS),
    "support": workspace(*COUNTERS, only="GET"),
    "support-act": workspace(*COUNTERS, only="GET"),
    "support-sites": workspace(*COUNTERS, only="GET"),
    "support-rings": workspace(*COUNTERS, only="GET"),
    "support-weeks": workspace(*COUNTERS, only="GET"),
    "support-stalls": workspace(*COUNTERS, only="GET"),
    "support-unit": workspace(*COUNTERS, only="GET"),
    "oversight-reads": workspace(*COMMITTEE, only="GET"),
    "oversight-settle": workspace(*COMMITTEE, only="POST"),
    "oversight-mine": workspace(*COUNTERS, only="GET"),
    "oversight-scope": workspace(ORGANIZER),
    "drafting": Rule(Side.DRAFTS),
    "drafting-join": Rule(Side.DRAFTS),
    "drafting-home": drafting("GET"),
    "drafting-first-signers": drafting("GET"),
    "drafting-people": drafting("GET"),
    "drafting-invite": drafting("POST"),
    "drafting-change-part": drafting("POST"),
    "drafting-revoke": drafting("POST"),
    "drafting-review": drafting("GET"),
    "drafting-decide": workspace(ORGANIZER, only="POST", draft=True),
    "drafting-rule": workspace(ORGANIZER, only="POST", draft=True),
    "drafting-answer": drafting("POST"),
    "drafting-resolve": drafting("POST"),
    "drafting-accept": drafting("POST"),
    # Whoever made the suggestion, and nobody else.
    "drafting-withdraw": workspace(only="POST", draft=True),
    "drafting-write": drafting(),
    "drafting-start": drafting(),
    "drafting-read": drafting("GET"),
    "drafting-keep": drafting("POST"),
    "drafting-forget": drafting("POST"),
    "drafting-merge": drafting(),
    "drafting-comment": drafting("POST"),
    "drafting-vouch": drafting("POST"),
    "drafting-history": drafting("GET"),
    "drafting-compare": drafting("GET"),
    "drafting-restore": drafting("POST"),
    "drafting-erase": workspace(ORGANIZER, draft=True),
    "drafting-export": drafting("GET"),
    "drafting-import": drafting(),
}
