// One record of an export (docs/protocol.md section 17), verified with nothing but the manifest.
import { importModulus, verifyToken } from "./blind.js";
import { concat, equal, hex, isZero, toNumber } from "./encoding.js";
import { verify } from "./ed25519.js";
import { ProtocolError } from "./errors.js";
import { label } from "./hashing.js";
import { CLASS_NUMBER, SLOT_BYTES } from "./manifest.js";
import { nullifierOf, preparedMessage, tokenMessage } from "./token.js";

export const SIGNATURE = 1;
export const WITHDRAWAL = 2;
export const TRAILER = 255;

const ENVELOPE_AT = 518;

/** @param {import("./manifest.js").Manifest} manifest @returns {number} `R` */
export const recordSize = (manifest) => 583 + SLOT_BYTES * manifest.audiences.length;

/**
 * @typedef {object} VerifiedRecord
 * @property {number} kind SIGNATURE or WITHDRAWAL
 * @property {string} nullifier 64 hexadecimal digits
 * @property {number} version
 * @property {"A"|"B"} [issuerClass] of a signature
 * @property {Uint8Array} [publicKey] 32 bytes, of a signature
 * @property {Uint8Array} [envelope] 2672 bytes for each audience, of a signature
 */

/**
 * @param {import("./manifest.js").Manifest} manifest
 * @returns {Promise<(bytes: Uint8Array) => Promise<VerifiedRecord>>} throws ProtocolError "record-kind",
 *   "record-malformed", "record-foreign", "record-class", "record-signature" or "record-token"
 */
export async function recordVerifier(manifest) {
  const keys = new Map();
  for (const issuer of manifest.issuers)
    keys.set(CLASS_NUMBER[issuer.class], { ...issuer, key: await importModulus(issuer.modulus) });
  return (bytes) => {
    if (bytes[0] === SIGNATURE) return verifySignature(manifest, keys, bytes.subarray(1));
    if (bytes[0] === WITHDRAWAL) return readWithdrawal(bytes);
    throw new ProtocolError("record-kind");
  };
}

async function verifySignature(manifest, keys, request) {
  if (request[0] !== 1) throw new ProtocolError("record-malformed");
  if (!equal(request.subarray(1, 33), manifest.hash)) throw new ProtocolError("record-foreign");
  const issuer = keys.get(request[33]);
  const version = toNumber(request.subarray(34, 38));
  if (!issuer || version < 1) throw new ProtocolError(issuer ? "record-malformed" : "record-class");
  const publicKey = request.subarray(38, 70);
  const end = request.length - 64;
  const signed = concat(label("send"), request.subarray(0, end));
  if (!(await verify(publicKey, signed, request.subarray(end)))) throw new ProtocolError("record-signature");
  const input = preparedMessage(request.subarray(70, 102), tokenMessage(manifest.hash, publicKey));
  if (!(await verifyToken(issuer.key, input, request.subarray(102, 486)))) throw new ProtocolError("record-token");
  const nullifier = hex(await nullifierOf(manifest.hash, publicKey));
  return {
    kind: SIGNATURE,
    nullifier,
    version,
    issuerClass: issuer.class,
    publicKey,
    envelope: request.subarray(ENVELOPE_AT, end),
  };
}

async function readWithdrawal(bytes) {
  const version = toNumber(bytes.subarray(33, 37));
  if (version < 1 || !isZero(bytes.subarray(37))) throw new ProtocolError("record-malformed");
  return { kind: WITHDRAWAL, nullifier: hex(bytes.subarray(1, 33)), version };
}

/**
 * The id by which a record that failed is reported; for one whose kind is damaged, as if it were a signature.
 * @param {import("./manifest.js").Manifest} manifest
 * @param {Uint8Array} bytes
 * @returns {Promise<string>} 32 hexadecimal digits
 */
export async function reportedId(manifest, bytes) {
  const nullifier =
    bytes[0] === WITHDRAWAL ? bytes.subarray(1, 33) : await nullifierOf(manifest.hash, bytes.subarray(39, 71));
  return hex(nullifier).slice(0, 32);
}
