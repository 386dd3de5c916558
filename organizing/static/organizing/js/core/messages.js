// Every request and answer of the protocol, byte for byte (docs/protocol.md sections 6, 7 and 10 to 13).
import { concat, equal, exactly, isZero, padded, toNumber, u16, u32, u8, unb64u, utf8, utf8Text } from "./encoding.js";
import { sign, verify } from "./ed25519.js";
import { AnswerError, ProtocolError } from "./errors.js";
import { label } from "./hashing.js";
import { CLASS_NUMBER } from "./manifest.js";

const VERSION = u8(1);
const ANSWER_BYTES = 1536;
const ATTESTATION_BYTES = 386;
const ERROR_CODES = new Set(["malformed", "refused", "unknown", "manifest", "stale", "closed", "busy", "unavailable"]);

/** @typedef {import("./manifest.js").Manifest} Manifest */

/**
 * @param {Manifest} manifest
 * @param {string} language of the mail
 * @param {string} address normalized
 * @returns {Uint8Array} 512 bytes
 */
export function codeRequest(manifest, language, address) {
  const bytes = utf8(address);
  const fields = [VERSION, manifest.hash, padded(utf8(language), 16), u16(bytes.length), padded(bytes, 254)];
  return padded(concat(...fields), manifest.sizes.code);
}

/**
 * @param {Manifest} manifest
 * @param {{method: number, proof: Uint8Array}} proof
 * @param {Uint8Array} commitment 32 bytes, `C`
 * @param {Uint8Array} blinded 384 bytes
 * @returns {Uint8Array} 1024 bytes
 */
export function issueRequest(manifest, { method, proof }, commitment, blinded) {
  const fields = [VERSION, manifest.hash, u8(method), u16(proof.length), padded(proof, 318)];
  fields.push(exactly(commitment, 32, "commitment"), exactly(blinded, 384, "blinded message"));
  return padded(concat(...fields), manifest.sizes.issue);
}

/**
 * @typedef {object} SendFields
 * @property {"A"|"B"} issuerClass
 * @property {number} version 1 or more
 * @property {Uint8Array} publicKey 32 bytes, `pk_w`
 * @property {Uint8Array} prefix 32 bytes
 * @property {Uint8Array} token 384 bytes
 * @property {Uint8Array} unitCommitment 32 bytes, `U`
 * @property {Uint8Array} envelope 2672 bytes for each audience
 * @property {Uint8Array} unit 16 bytes
 * @property {Uint8Array} unitRandomness 32 bytes, `ru`
 */

/**
 * @param {Manifest} manifest
 * @param {Uint8Array} seed 32 bytes
 * @param {SendFields} fields
 * @returns {Promise<Uint8Array>} `sizes.send` bytes
 */
export async function sendRequest(manifest, seed, fields) {
  const signed = concat(
    VERSION,
    manifest.hash,
    u8(CLASS_NUMBER[fields.issuerClass]),
    u32(fields.version),
    exactly(fields.publicKey, 32, "public key"),
    exactly(fields.prefix, 32, "prefix"),
    exactly(fields.token, 384, "token"),
    exactly(fields.unitCommitment, 32, "unit commitment"),
    exactly(fields.envelope, manifest.sizes.slot * manifest.audiences.length, "envelope"),
  );
  const signature = await sign(seed, concat(label("send"), signed));
  const opening = [exactly(fields.unit, 16, "unit"), exactly(fields.unitRandomness, 32, "unit randomness")];
  return padded(concat(signed, signature, ...opening), manifest.sizes.send);
}

/**
 * @param {Manifest} manifest
 * @param {{seed: Uint8Array, publicKey: Uint8Array}} keys
 * @returns {Promise<Uint8Array>} `sizes.send` bytes
 */
export async function statusRequest(manifest, { seed, publicKey }) {
  const signed = concat(VERSION, manifest.hash, publicKey);
  return padded(concat(signed, await sign(seed, concat(label("status"), signed))), manifest.sizes.send);
}

/**
 * @param {Manifest} manifest
 * @param {import("./secret.js").SignerKeys} keys
 * @param {number} version higher than the one held
 * @returns {Promise<Uint8Array>} `sizes.send` bytes
 */
export async function withdrawRequest(manifest, { seed, publicKey, unitRandomness }, version) {
  const signed = concat(VERSION, manifest.hash, u32(version), publicKey);
  const signature = await sign(seed, concat(label("withdraw"), signed));
  return padded(concat(signed, signature, unitRandomness), manifest.sizes.send);
}

/**
 * @param {number} status HTTP status
 * @param {Uint8Array} bytes body
 * @returns {Record<string, unknown>} the JSON object of a 2xx answer
 * @throws {AnswerError} the site's own error
 * @throws {ProtocolError} "answer-malformed" for anything that the protocol does not know
 */
export function readAnswer(status, bytes) {
  const json = answerJson(bytes);
  if (ERROR_CODES.has(json.error)) throw new AnswerError(json.error, status);
  if (status !== 200 && status !== 202) throw new ProtocolError("answer-malformed", { status });
  return json;
}

function answerJson(bytes) {
  try {
    const json = JSON.parse(utf8Text(exactly(bytes, ANSWER_BYTES, "answer")));
    if (json !== null && typeof json === "object") return json;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ProtocolError)) throw error;
  }
  throw new ProtocolError("answer-malformed");
}

/**
 * @param {Record<string, unknown>} json of an issue answer
 * @returns {{attestation: Uint8Array, blindSignature: Uint8Array}} 386 and 384 bytes
 */
export const readIssueAnswer = (json) => ({
  attestation: unb64u(json.attestation, ATTESTATION_BYTES),
  blindSignature: unb64u(json.blind_signature, 384),
});

/**
 * @param {Record<string, unknown>} json of a send, status or withdraw answer
 * @returns {{status: "held"|"withdrawn"|"unknown", version: number}} version: 0 for "unknown"
 * @throws {ProtocolError} "answer-malformed"
 */
export function readStanding(json) {
  const known = json.status === "held" || json.status === "withdrawn";
  if (known && Number.isSafeInteger(json.version) && json.version > 0)
    return { status: json.status, version: json.version };
  if (json.status === "unknown") return { status: "unknown", version: 0 };
  throw new ProtocolError("answer-malformed");
}

/**
 * @typedef {object} Attestation
 * @property {number} method
 * @property {string} subject the address for method 2, "" for method 1
 * @property {Uint8Array} commitment 32 bytes, `C`
 */

/**
 * Checks the site's signature and the manifest, not yet whose signature it belongs to.
 * @param {Manifest} manifest
 * @param {Uint8Array} bytes 386 bytes
 * @returns {Promise<Attestation>}
 * @throws {ProtocolError} "attestation-signature", "attestation-manifest" or "attestation-malformed"
 */
export async function readAttestation(manifest, bytes) {
  exactly(bytes, ATTESTATION_BYTES, "attestation");
  const signed = bytes.subarray(0, 322);
  if (!(await verify(manifest.attestationKey, concat(label("attestation"), signed), bytes.subarray(322)))) {
    throw new ProtocolError("attestation-signature");
  }
  if (!equal(bytes.subarray(1, 33), manifest.hash)) throw new ProtocolError("attestation-manifest");
  const end = 36 + toNumber(bytes.subarray(34, 36));
  if (bytes[0] !== 1 || end > 290 || !isZero(bytes.subarray(end, 290)))
    throw new ProtocolError("attestation-malformed");
  return { method: bytes[33], subject: utf8Text(bytes.subarray(36, end)), commitment: bytes.slice(290, 322) };
}
