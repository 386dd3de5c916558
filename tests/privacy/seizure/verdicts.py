"""What every seized site must stand, whatever its database."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from organizing.crypto import envelopes, sealing
from organizing.crypto.encoding import unb64u
from tests.privacy.seizure import algebra, linking, traces
from tests.privacy.seizure.chance import Finding
from tests.privacy.seizure.evidence import Evidence
from tests.privacy.signers import AUDIENCE
from tests.privacy.story import (
    ADDRESS_MARK,
    DRAFT_MARK,
    FORWARDED,
    NAME_MARK,
    NETWORK_MARK,
    SUPPORT_MARK,
    UNIT_MARK,
    Story,
)

MARKS = (NAME_MARK, ADDRESS_MARK, NETWORK_MARK, FORWARDED, DRAFT_MARK, SUPPORT_MARK)
# Everything in which drafters' words are kept, and in how many rows of the story at least.
WRITTEN = {
    "PetitionText": 16,
    "DraftInvitation": 2,
    "WorkingCopy": 2,
    "Suggestion": 2,
    "Comment": 4,
    "Verdict": 2,
    "PostVersion": 2,
}
# The same of what is noted where support is tracked.
NOTED = {
    "Source": 6,
    "UnitChange": 2,
    "ImportDraft": 2,
    "Act": 2,
    "TargetLine": 2,
    "Contact": 2,
    "MailWish": 2,
}
MOST_FILES = 60


@dataclass
class Seized:
    """One site as it was carried away."""

    name: str
    story: Story
    evidence: Evidence
    site: Path
    folders: list[Path] = field(default_factory=list)


class Verdicts:
    """Subclassed for each database, with a fixture `seized`."""

    def test_nobody_is_linked_better_than_by_guessing_within_a_batch(self, seized: Seized) -> None:
        findings = [
            *linking.by_order(seized.evidence, seized.story),
            linking.by_locator(seized.evidence, seized.story, {}),
            linking.by_touch(seized.evidence, seized.story),
            algebra.by_request_mac(seized.evidence, seized.story),
        ]
        show(seized, findings)
        assert [str(finding) for finding in findings if finding.is_alarm] == []

    def test_the_same_attack_links_nearly_all_of_them_when_the_epoch_keys_are_kept(
        self, seized: Seized
    ) -> None:
        kept = seized.story.kept_epoch_keys
        finding = linking.by_locator(seized.evidence, seized.story, kept)
        show(seized, [finding])
        assert len(kept) == 2 * len(seized.story.rounds)
        assert finding.hits > 0.9 * finding.tried
        assert finding.is_alarm

    def test_no_planted_name_address_network_draft_or_note_is_anywhere(
        self, seized: Seized
    ) -> None:
        assert len(seized.story.access_tokens) == 2
        assert traces.search((*MARKS, *seized.story.access_tokens), seized.folders) == []

    def test_drafts_their_history_and_talk_were_there_and_the_key_reads_them(
        self, seized: Seized
    ) -> None:
        found = seized.story.written
        assert {kind: found[kind] >= least for kind, least in WRITTEN.items()} == dict.fromkeys(
            WRITTEN, True
        )

    def test_notes_sources_and_wishes_were_there_and_the_key_reads_them(
        self, seized: Seized
    ) -> None:
        assert seized.story.noted == NOTED

    def test_names_of_units_lie_in_clear_as_the_threat_model_says(self, seized: Seized) -> None:
        assert any(UNIT_MARK.encode() in path.read_bytes() for path in traces.files(seized.folders))

    def test_no_session_keeps_what_was_typed(self, seized: Seized) -> None:
        assert '"_auth_user_id"' in seized.story.sessions
        assert traces.search_bytes(MARKS, seized.story.sessions.encode()) == []

    def test_names_were_given_and_only_the_organizers_key_reads_them(self, seized: Seized) -> None:
        private = sealing.private_key(unb64u(seized.story.organizers_seed))
        manifest, names = seized.story.manifest, set()
        for row in (r for r in seized.evidence.counted if r.record):
            info = envelopes.slot_info(manifest.hash, AUDIENCE, row.record[38:70])
            opened = envelopes.read_slot(
                sealing.open_slot(private, row.record[518 : 518 + manifest.envelope_bytes], info)
            )
            names |= {opened["name"]} if opened else set()
        everyone = [worker for told in seized.story.rounds for worker in told.signed]
        gone = {row.nullifier for row in seized.evidence.counted if not row.record}
        assert names == {w.name for w in everyone if w.name and w.nullifier not in gone}
        assert len(names) >= 0.17 * len(everyone)

    def test_no_key_of_an_epoch_that_was_flushed_survives_anywhere(self, seized: Seized) -> None:
        keys = list(seized.story.kept_epoch_keys.values())
        shapes = [shape for key in keys for shape in (key, key.hex().encode())]
        found = [
            path.name
            for path in traces.files(seized.folders)
            for data in [path.read_bytes()]
            if any(shape in data for shape in shapes)
        ]
        assert found == []

    def test_every_signature_has_one_size_and_shares_nothing_with_another(
        self, seized: Seized
    ) -> None:
        sizes = {len(row.record) for row in seized.evidence.counted if row.record}
        assert sizes == {582 + seized.story.manifest.envelope_bytes}
        assert algebra.repeated_stretches(seized.evidence) == 0

    def test_a_proof_shares_no_bytes_with_a_signature(self, seized: Seized) -> None:
        assert algebra.shared_stretches(seized.evidence, seized.story) == []

    def test_a_blinded_message_fits_every_signature_of_its_batch_alike(
        self, seized: Seized
    ) -> None:
        pool = linking.pools(seized.story)[0]
        factors = algebra.fitting_factors(seized.evidence, seized.story, pool.workers[0], pool)
        assert len(factors) >= len(pool.workers) - 10
        assert len({factor.bit_length() // 16 for factor in factors}) <= 3

    def test_no_file_is_made_for_a_signer(self, seized: Seized) -> None:
        assert len(list(traces.files([seized.site]))) < MOST_FILES


def show(seized: Seized, findings: list[Finding]) -> None:
    """The table that docs/attacks.md speaks of; `pytest -s` shows it."""
    for finding in findings:
        sys.stdout.write(f"{seized.name}: {finding}\n")
