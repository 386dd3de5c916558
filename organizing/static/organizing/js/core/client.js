// The signing client for the pages: everything between "bytes typed" and "bytes to POST".
//
// For the author of a page. Nothing here fetches, stores or draws; sizes and labels are the core's business.
//
//   const manifest = await parseManifest(bytes)              bytes: body of GET /p/{petition}/manifest
//   const link = readFragment(location.hash)                 link.code, link.manifestHash
//   linkWarning(manifest, link)                              null | "missing" | "damaged" | "different": warn first
//   const text = await readText(manifest, language, bytes)   checks the hash; text.consent[audience]
//   endpoint(manifest, petition, "issue", location.origin)   URL to POST to, the right side's origin
//
//   const secret = newSecret()                               16 bytes; STORE before the first request
//   prepareCode({ manifest, language, address })             -> body (512 bytes)
//   await prepareIssue({ secret, manifest, method, proof })  -> { body, state }; method 1: proof { code };
//                                                               method 2: proof { address, code }
//   await finishIssue({ state, answer })                     -> { token, attestation, issuerClass }
//   await prepareSend({ secret, manifest, token, issuerClass, version, unit, named })  -> { body, recordId }
//       unit: 16 bytes or null. named: {} for nobody (then attestation is not needed), or
//       { organizers: { name, jobTitle, site, language, day, consentSentence, attestation } }
//   await prepareStatus({ secret, manifest })                -> { body }
//   await prepareWithdraw({ secret, manifest, version })     -> { body }
//   readAnswer(status, bytes)                                -> object, or throws AnswerError (.code, .retryable)
//   readStanding(object)                                     -> { status, version } of send/status/withdraw
//
// Resuming: prepareIssue is deterministic, so store (secret, method, proof) before POSTing and after a
// killed tab call it again: the same bytes, and the site gives the same answer. After finishIssue store
// (token, issuerClass, and attestation only if somebody will be named), then the body of prepareSend before
// POSTing it, since sealing is randomized: repeat exactly those bytes until they are answered. `utcDay(now)`
// gives `day`. On "stale" ask for the status and send version + 1. POST bodies as application/octet-stream
// with credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store".
//
// Errors are ProtocolError with a `code` for a sentence of the page: code-length {found, expected},
// code-character, address-form, address-domain {domains}, address-length, field-length {field, length, limit},
// too-long, method, manifest-invalid {key}, text-hash, answer-malformed, wrong-answer (the site signed or
// attested something else: stop), and of words.js words-count, words-unknown, words-checksum.
import { blind, finalize } from "./blind.js";
import { mailboxProof, normalizeAddress, paperProof } from "./codes.js";
import { equal, utf8, zeros } from "./encoding.js";
import { sealEnvelope } from "./envelope.js";
import { ProtocolError } from "./errors.js";
import { sha256 } from "./hashing.js";
import { issuerFor, textHash } from "./manifest.js";
import {
  codeRequest,
  issueRequest,
  readAttestation,
  readIssueAnswer,
  sendRequest,
  statusRequest,
  withdrawRequest,
} from "./messages.js";
import { blindingFor, commitment, signerKeys, unitCommitment } from "./secret.js";
import { nullifierOf, preparedMessage, recordId, tokenMessage } from "./token.js";

export { AnswerError, ProtocolError } from "./errors.js";
export { linkWarning, parseManifest, readFragment, readText } from "./manifest.js";
export { readAnswer, readStanding } from "./messages.js";
export { newSecret } from "./secret.js";
export { secretToWords, wordsToSecret } from "./words.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */

const ISSUING = new Set(["code", "issue"]);

/**
 * @param {Manifest} manifest
 * @param {string} petition public or private id, as in the page's own address
 * @param {"code"|"issue"|"send"|"status"|"withdraw"} operation
 * @param {string} ownOrigin origin that served the manifest
 * @returns {string}
 */
export function endpoint(manifest, petition, operation, ownOrigin) {
  const origin = (ISSUING.has(operation) ? manifest.issuingOrigin : manifest.sendingOrigin) || ownOrigin;
  return `${origin}/p/${petition}/${operation}`;
}

/** @param {Date} now @returns {string} YYYY-MM-DD in UTC */
export const utcDay = (now) => now.toISOString().slice(0, 10);

/**
 * @param {{manifest: Manifest, language: string, address: string}} request address as typed
 * @returns {Uint8Array} 512 bytes for POST …/code
 */
export const prepareCode = ({ manifest, language, address }) =>
  codeRequest(manifest, language, normalizeAddress(address, manifest.mailDomains));

/**
 * @typedef {object} IssueState what finishIssue needs; lives in memory only
 * @property {Manifest} manifest
 * @property {"A"|"B"} issuerClass
 * @property {Uint8Array} modulus
 * @property {Uint8Array} input
 * @property {bigint} inverse
 * @property {number} method
 * @property {string} subject
 * @property {Uint8Array} commitment
 */

/**
 * @param {{secret: Uint8Array, manifest: Manifest, method: number, proof: {code: string, address?: string}}} request
 * @returns {Promise<{body: Uint8Array, state: IssueState}>} body: 1024 bytes, the same at every call
 */
export async function prepareIssue({ secret, manifest, method, proof }) {
  const issuer = issuerFor(manifest, method);
  const proven = method === 1 ? paperProof(proof) : mailboxProof({ ...proof, domains: manifest.mailDomains });
  const keys = await signerKeys(secret, manifest.hash);
  const input = preparedMessage(keys.prefix, tokenMessage(manifest.hash, keys.publicKey));
  const { blindingFactor, salt } = await blindingFor(secret, manifest.hash, issuer.modulus);
  const { blinded, inverse } = await blind(issuer.modulus, input, salt, blindingFactor);
  const c = await commitment(keys.commitmentRandomness, keys.publicKey);
  const state = { manifest, issuerClass: issuer.class, modulus: issuer.modulus, input, inverse, method };
  return {
    body: issueRequest(manifest, proven, c, blinded),
    state: { ...state, subject: proven.subject, commitment: c },
  };
}

/**
 * @param {{state: IssueState, answer: Record<string, unknown>}} given answer: from readAnswer
 * @returns {Promise<{token: Uint8Array, attestation: Uint8Array, issuerClass: "A"|"B"}>} 384 and 386 bytes
 * @throws {ProtocolError} "wrong-answer": what came is not a signature on what was asked
 */
export async function finishIssue({ state, answer }) {
  try {
    const { attestation, blindSignature } = readIssueAnswer(answer);
    await checkAttestation(state, attestation);
    const token = await finalize(state.modulus, state.input, blindSignature, state.inverse);
    return { token, attestation, issuerClass: state.issuerClass };
  } catch (error) {
    if (error instanceof ProtocolError) throw new ProtocolError("wrong-answer", { reason: error.code });
    throw error;
  }
}

async function checkAttestation(state, bytes) {
  const { method, subject, commitment: c } = await readAttestation(state.manifest, bytes);
  if (method !== state.method || subject !== state.subject || !equal(c, state.commitment)) {
    throw new ProtocolError("attestation-foreign");
  }
}

/**
 * @typedef {object} Naming what one audience is told
 * @property {string} name
 * @property {string} [jobTitle]
 * @property {string} [site]
 * @property {string} language of the text that was shown
 * @property {string} day utcDay(now)
 * @property {string} consentSentence exactly as shown, from the text
 * @property {Uint8Array} attestation 386 bytes
 */

/**
 * @param {{secret: Uint8Array, manifest: Manifest, token: Uint8Array, issuerClass: "A"|"B", version: number,
 *   unit?: Uint8Array|null, named?: Record<string, Naming>}} request
 * @returns {Promise<{body: Uint8Array, recordId: string}>} body: `sizes.send` bytes, other bytes at every call
 */
export async function prepareSend({ secret, manifest, token, issuerClass, version, unit = null, named = {} }) {
  const keys = await signerKeys(secret, manifest.hash);
  const { publicKey, prefix, unitRandomness } = keys;
  const unitId = unit ?? zeros(16);
  const body = await sendRequest(manifest, keys.seed, {
    ...{ issuerClass, version, publicKey, prefix, token, unitRandomness, unit: unitId },
    unitCommitment: await unitCommitment(unitRandomness, unitId),
    envelope: await sealEnvelope(manifest, publicKey, await slots(manifest, keys, named)),
  });
  return { body, recordId: recordId(await nullifierOf(manifest.hash, publicKey)) };
}

async function slots(manifest, keys, named) {
  const entries = Object.entries(named).map(async ([audience, naming]) => [
    audience,
    await slot(manifest, keys, naming),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function slot(manifest, keys, { consentSentence, ...naming }) {
  const hashes = { textHash: textHash(manifest, naming.language), consentHash: await sha256(utf8(consentSentence)) };
  return { ...naming, ...hashes, opening: keys.commitmentRandomness };
}

/**
 * @param {{secret: Uint8Array, manifest: Manifest}} request
 * @returns {Promise<{body: Uint8Array}>}
 */
export async function prepareStatus({ secret, manifest }) {
  return { body: await statusRequest(manifest, await signerKeys(secret, manifest.hash)) };
}

/**
 * @param {{secret: Uint8Array, manifest: Manifest, version: number}} request version: higher than the one held
 * @returns {Promise<{body: Uint8Array}>}
 */
export async function prepareWithdraw({ secret, manifest, version }) {
  return { body: await withdrawRequest(manifest, await signerKeys(secret, manifest.hash), version) };
}
