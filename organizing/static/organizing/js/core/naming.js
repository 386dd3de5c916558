// Who says so: what stands behind a name in an envelope (docs/protocol.md sections 7 and 9).
import { normalizeAddress } from "./codes.js";
import { equal, hex } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { CLASS_OF_METHOD } from "./manifest.js";
import { readAttestation } from "./messages.js";
import { commitment } from "./secret.js";

/** Outcomes: an address was proven, employment was proven, or nothing was. The name is always self-typed. */
export const ADDRESS = "address";
export const EMPLOYMENT = "employment";
export const NOT_VERIFIED = "none";

/**
 * @typedef {object} NamedRow
 * @property {string} record 32 hexadecimal digits
 * @property {"A"|"B"} issuerClass
 * @property {number} version
 * @property {string} name
 * @property {string} jobTitle
 * @property {string} site
 * @property {string} language
 * @property {string} day
 * @property {string} text hexadecimal SHA-256 of the text that was shown
 * @property {string} consent hexadecimal SHA-256 of the consent sentence
 * @property {"address"|"employment"|"none"} verified
 * @property {string} reason why nothing was proven, or ""
 * @property {string} address that was proven, or ""
 * @property {boolean} repeated whether the address stands in another row too
 */

/**
 * @param {import("./manifest.js").Manifest} manifest
 * @param {import("./record.js").VerifiedRecord} record
 * @param {import("./envelope.js").NamedSlot} slot
 * @returns {Promise<NamedRow>}
 */
export async function namedRow(manifest, record, slot) {
  const { name, jobTitle, site, language, day } = slot;
  return {
    ...{ record: record.nullifier.slice(0, 32), issuerClass: record.issuerClass, version: record.version },
    ...{ name, jobTitle, site, language, day, text: hex(slot.textHash), consent: hex(slot.consentHash) },
    ...(await outcome(manifest, record, slot)),
    repeated: false,
  };
}

async function outcome(manifest, record, slot) {
  try {
    const address = await provenSubject(manifest, record, slot);
    return { verified: address ? ADDRESS : EMPLOYMENT, reason: "", address };
  } catch (error) {
    if (error instanceof ProtocolError) return { verified: NOT_VERIFIED, reason: error.code, address: "" };
    throw error;
  }
}

/** @returns {Promise<string>} the proven address, or "" where employment alone was proven */
async function provenSubject(manifest, record, slot) {
  const attestation = await readAttestation(manifest, slot.attestation);
  // Without this anybody could put a colleague's attestation into an envelope of their own.
  if (!equal(await commitment(slot.opening, record.publicKey), attestation.commitment))
    throw new ProtocolError("attestation-foreign");
  if (CLASS_OF_METHOD[attestation.method] !== record.issuerClass) throw new ProtocolError("attestation-class");
  const text = manifest.texts.find((entry) => entry.language === slot.language);
  if (!text || !equal(text.hash, slot.textHash)) throw new ProtocolError("text-foreign");
  return checkedSubject(manifest, attestation);
}

function checkedSubject(manifest, { method, subject }) {
  const expected = method === 2 ? addressOrNull(subject, manifest.mailDomains) : "";
  if (expected !== subject) throw new ProtocolError("attestation-malformed");
  return subject;
}

function addressOrNull(subject, domains) {
  try {
    return normalizeAddress(subject, domains);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/**
 * Marks every row whose address stands in another row too: both are shown, and people decide.
 * @param {NamedRow[]} rows changed in place
 * @returns {NamedRow[]} the same rows
 */
export function markRepeated(rows) {
  const seen = new Map();
  for (const { address } of rows) seen.set(address, (seen.get(address) ?? 0) + 1);
  for (const row of rows) row.repeated = row.address !== "" && seen.get(row.address) > 1;
  return rows;
}
